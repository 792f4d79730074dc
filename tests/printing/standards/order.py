"""The words of a page in the order of its HTML, to be compared with what is heard."""

from __future__ import annotations

import re
from typing import Any

from lxml import html as parser

from tests.printing.standards.tree import Document, heard

_UNHEARD = re.compile(r"[\s\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
"""White space, and characters that only steer how others are drawn."""


def words_of_page(html: str, document: Document) -> str:
    """All that the HTML says, without white space; where the contents leave a place, the page the link leads to."""
    return _squeezed(_words(parser.fromstring(html).find("body"), _pages(document)))


def words_heard(document: Document) -> str:
    """All that the tag tree says in order, without white space and the labels of lists."""
    return _squeezed(heard(document.root.elements[0], without=frozenset({"Lbl"})))


def _words(element: Any, pages: dict[str, int]) -> str:
    after: str = element.tail or ""
    if not isinstance(element.tag, str) or element.tag in ("style", "script"):
        return after
    if element.tag == "svg":
        return f"{element.findtext('title') or ''}{after}"
    if element.tag == "img":
        return f"{element.get('alt', '')}{after}"
    if "data-section" in element.attrib:
        return str(pages[element.get("data-section").removeprefix("#")]) + after
    said = (element.text or "") + "".join(_words(kid, pages) for kid in element) + after
    return str(said)


def _pages(document: Document) -> dict[str, int]:
    """The page, from 1, on which each named place lies."""
    root: Any = document.pdf.Root
    names = root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    places = list(names)
    return {
        str(name): document.numbers[place[0].objgen] + 1
        for name, place in zip(places[::2], places[1::2], strict=True)
    }


def _squeezed(text: str) -> str:
    return _UNHEARD.sub("", text)
