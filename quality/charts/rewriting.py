"""matplotlib's SVG made fit for our pages: named, described, without style sheets, with ids of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from quality.charts.style import FONT_STACK
from quality.charts.words import clean

Told = Mapping[str, Sequence[str] | str]
"""By the gid of an artist: a title for each of its marks, or one description of the whole."""

_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_LEFT_OUT = {"metadata", "style"}
_NOT_KEPT = {"font-family", "id", "style", "version"}


def rewrite(drawn: str, *, title: str, description: str, prefix: str, told: Told) -> str:
    """What `canvas.to_svg` promises, from the text that matplotlib wrote."""
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(
            "The prefix of a chart's ids has letters, digits and hyphens and begins with a letter."
        )
    root = ET.fromstring(drawn)  # noqa: S314 - it reads only what matplotlib has just written
    names = {old: f"{prefix}-{number}" for number, old in enumerate(_referred_to(root), start=1)}
    svg = _copied(root, names, told)
    svg.attrib = {**_of_the_root(svg.attrib["viewBox"], prefix)}
    svg.text = None
    svg.insert(0, _described("title", title, f"{prefix}-title"))
    svg.insert(1, _described("desc", description, f"{prefix}-desc"))
    return ET.tostring(svg, encoding="unicode")


def _of_the_root(view: str, prefix: str) -> dict[str, str]:
    _, _, width, height = view.split()
    return {
        "xmlns": "http://www.w3.org/2000/svg",
        "role": "img",
        "aria-labelledby": f"{prefix}-title",
        "aria-describedby": f"{prefix}-desc",
        "viewBox": view,
        "width": width,
        "height": height,
        "font-family": FONT_STACK,
        "stroke-linejoin": "round",
    }


def _described(tag: str, words: str, name: str = "") -> ET.Element:
    element = ET.Element(tag, {"id": name} if name else {})
    element.text = clean(words)
    return element


def _referred_to(root: ET.Element) -> list[str]:
    """The ids that something points at, in the order in which they are first pointed at."""
    found: dict[str, None] = {}
    for element in root.iter():
        for name, value in element.attrib.items():
            if _bare(name) == "href":
                found[value.removeprefix("#")] = None
            else:
                found.update(dict.fromkeys(_REFERENCE.findall(value)))
    return list(found)


def _copied(element: ET.Element, names: Mapping[str, str], told: Told) -> ET.Element:
    """The element and all in it, without namespaces, style attributes and ids that nothing points at."""
    copy = ET.Element(_bare(element.tag), _attributes(element, names))
    if element.text and element.text.strip():
        copy.text = element.text
    for child in element:
        if _bare(child.tag) in _LEFT_OUT:
            continue
        made = _copied(child, names, told)
        if made.tag not in ("defs", "g") or len(made):
            copy.append(made)
    own = told.get(element.attrib.get("id", ""))
    if isinstance(own, str):
        copy.insert(0, _described("desc", own))
    elif own is not None:
        for mark, words in zip(copy.iter("use"), own, strict=True):
            ET.SubElement(mark, "title").text = clean(words)
    return copy


def _attributes(element: ET.Element, names: Mapping[str, str]) -> dict[str, str]:
    kept = {_bare(name): value for name, value in element.attrib.items()}
    for declaration in kept.get("style", "").split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            kept[name.strip()] = value.strip()
    found = {name: _pointing(name, value, names) for name, value in kept.items() if name not in _NOT_KEPT}
    if kept.get("id") in names:
        found["id"] = names[kept["id"]]
    if found.get("transform", "").startswith("rotate(-0 "):
        del found["transform"]
    return found


def _pointing(name: str, value: str, names: Mapping[str, str]) -> str:
    if name == "href":
        return "#" + names[value.removeprefix("#")]
    return _REFERENCE.sub(lambda match: f"url(#{names[match[1]]})", value)


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
