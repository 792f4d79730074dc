"""Rules of what is painted and of what the document says of itself: ISO 14289-1, sections 5 to 7.2 and 7.8."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

from tests.printing.standards.tree import Document, Element, Mark

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def itself(document: Document) -> Iterator[str]:
    """It is marked as tagged, has a language and a title, and the title is shown: sections 7.1 and 7.2."""
    root: Any = document.pdf.Root
    marked: Any = root.get("/MarkInfo", {})
    if not marked.get("/Marked", False) or marked.get("/Suspects", False):
        yield "the document does not say that it is tagged"
    if not LANGUAGE.fullmatch(str(root.get("/Lang", ""))):
        yield "the document does not say its language"
    for one in document.elements():
        if not LANGUAGE.fullmatch(str(one.source.get("/Lang", "en"))):
            yield f"{one.source.Lang} is no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the title of the document is not shown"
    metadata = document.pdf.open_metadata()  # As a context it would write what it reads.
    if not str(metadata.get("dc:title", "")).strip():
        yield "the document has no title"
    if metadata.get("{http://www.aiim.org/pdfua/ns/id/}part") != "1":
        yield "the document does not say that it is PDF/UA-1"
    if len(document.pages) > 3 and "/Outlines" not in root:
        yield "the document has no bookmarks"


def painted(document: Document) -> Iterator[str]:
    """All that is painted belongs to an element that is read, or is furniture: section 7.1."""
    read = Counter((mark.page, mark.number) for _, mark in _marks(document))
    for number, pieces in enumerate(document.painted):
        for piece in pieces:
            if piece.painted and not piece.is_marked:
                yield f"page {number + 1} paints something that is neither read nor furniture"
            elif piece.mark is not None and read[number, piece.mark] != 1:
                yield f"mark {piece.mark} of page {number + 1} is read {read[number, piece.mark]} times"
            elif piece.artifact is not None and piece.glyphs and piece.artifact != "/Pagination":
                yield f"page {number + 1} shows words that are not read and no running head"


def named(document: Document) -> Iterator[str]:
    """Each mark an element names is on its page, and leads back to the element: ISO 32000-1, section 14.7.4.4."""
    there = {(page, piece.mark) for page, pieces in enumerate(document.painted) for piece in pieces}
    owners = _owners(document)
    for element, mark in _marks(document):
        if (mark.page, mark.number) not in there:
            yield f"a {element.kind} names mark {mark.number} of page {mark.page + 1}, which is not there"
        elif owners.get((mark.page, mark.number)) != element.source.objgen:
            yield f"mark {mark.number} of page {mark.page + 1} does not lead back to its {element.kind}"


def _marks(document: Document) -> Iterator[tuple[Element, Mark]]:
    for element in document.elements():
        yield from ((element, kid) for kid in element.kids if isinstance(kid, Mark))


def _owners(document: Document) -> dict[tuple[int, int], object]:
    """The element each mark leads back to by the tree of parents."""
    numbers = list(document.root.source.ParentTree.Nums)
    tree = dict(zip((int(number) for number in numbers[::2]), numbers[1::2], strict=True))
    return {
        (page, mark): owner.objgen
        for page, source in enumerate(document.pages)
        for mark, owner in enumerate(tree.get(int(source.get("/StructParents", -1)), []))
        if isinstance(owner, pikepdf.Object) and owner.is_indirect
    }
