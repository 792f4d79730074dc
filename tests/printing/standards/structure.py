"""Rules of the tag tree: ISO 14289-1, section 7, and ISO 32000-1, section 14.8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.printing.standards.tree import Document, Element, heard

GROUPING = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "NonStruct"}
BLOCKS = {"H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody"}
TABLES = {"Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"}
INLINE = {"Span", "Quote", "Note", "Reference", "Code", "Link", "Annot", "Figure", "Formula", "Form"}
"""The kinds of elements of ISO 32000-1, section 14.8.4, without those that nothing of ours needs."""


def kinds(document: Document) -> Iterator[str]:
    """Every element is of a kind the standard knows; the root holds one document."""
    if [one.kind for one in document.root.elements] != ["Document"]:
        yield "the tree does not begin with one Document"
    for one in document.elements():
        if one.kind not in GROUPING | BLOCKS | TABLES | INLINE:
            yield f"{one.kind} is a kind of element the standard does not know"
        elif one.kind in ("P", "Span", "H1", "H2", "H3", "H4", "H5", "H6") and not one.kids:
            yield f"a {one.kind} holds nothing"


def headings(document: Document) -> Iterator[str]:
    """Headings begin with the first level, skip none, and have words: section 7.4.2."""
    last = 0
    for one in document.elements("H1", "H2", "H3", "H4", "H5", "H6"):
        level = int(one.kind[1])
        words = heard(one).strip()
        if level > last + 1:
            yield f"the heading {words[:40]!r} is of level {level} and follows level {last}"
        if not words:
            yield f"a heading of level {level} has no words"
        last = level
    if not last:
        yield "there is no heading"


def tables(document: Document) -> Iterator[str]:
    """Rows have the same number of cells, and each cell can be told by its headings: section 7.5."""
    named = {str(cell.source.ID): cell for cell in document.elements("TH") if "/ID" in cell.source}
    for table in document.elements("Table"):
        yield from _shape(table)
        for cell in table.below("TH"):
            if str(table_part(cell, "/Scope")) not in ("/Row", "/Column", "/Both"):
                yield f"the heading cell {heard(cell)[:40]!r} has no scope"
            if not heard(cell).strip():
                yield "a heading cell has no words"
        for cell in table.below("TD"):
            headers = [str(one) for one in table_part(cell, "/Headers") or []]
            if not headers:
                yield f"the cell {heard(cell)[:40]!r} has no heading"
            elif any(one not in named for one in headers):
                yield f"the cell {heard(cell)[:40]!r} names a heading that is not there"


def _shape(table: Element) -> Iterator[str]:
    rows = table.below("TR")
    widths = [0] * len(rows)
    for place, row in enumerate(rows):
        if any(cell.kind not in ("TH", "TD") for cell in row.elements):
            yield "a row of a table holds something that is not a cell"
        for cell in row.elements:
            for below in range(int(table_part(cell, "/RowSpan") or 1)):
                if place + below < len(rows):
                    widths[place + below] += int(table_part(cell, "/ColSpan") or 1)
    if len(set(widths)) != 1:
        yield f"the rows of a table have {sorted(set(widths))} cells"
    if not table.below("TH"):
        yield "a table has no heading cell"
    for kid in table.elements:
        if kid.kind not in ("THead", "TBody", "TFoot", "TR", "Caption"):
            yield f"a table holds a {kid.kind}"


def table_part(cell: Element, name: str) -> Any:
    """What a cell says of its place in the table, such as `/ColSpan`; nothing when it does not say it."""
    attributes = cell.source.get("/A")
    return attributes.get(name) if attributes is not None else None


def identifiers(document: Document) -> Iterator[str]:
    """Every identifier is given once and can be found by the index of the tree: ISO 32000-1, table 322."""
    used = [str(one.source.ID) for one in document.elements() if "/ID" in one.source]
    index = document.root.source.get("/IDTree")
    names = [str(name) for name in list(index.Names)[::2]] if index is not None else []
    if sorted(used) != names:
        yield "the index of identifiers does not hold every identifier once, in order"


def figures(document: Document) -> Iterator[str]:
    """A figure has words that are no name of a file, and a place on its page: section 7.3."""
    for one in document.elements("Figure"):
        words = str(one.source.get("/Alt", "")).strip()
        if not words:
            yield "a figure has no words"
        elif re.fullmatch(r"\S+\.(jpe?g|png|svg|gif)", words, re.IGNORECASE):
            yield f"the words of a figure are the name of a file, {words}"
        box = [float(side) for side in one.source.get("/A", {}).get("/BBox", [])]
        page = [float(side) for side in one.source.Pg.MediaBox]
        if not (
            len(box) == 4 and page[0] <= box[0] < box[2] <= page[2] and page[1] <= box[1] < box[3] <= page[3]
        ):
            yield f"the figure {words[:40]!r} has no place on its page: {box}"


def lists(document: Document) -> Iterator[str]:
    """A list holds items, and an item its label and its body: section 7.6."""
    for one in document.elements("L"):
        if not one.elements:
            yield "a list is empty"
        yield from (
            f"a list holds a {kid.kind}" for kid in one.elements if kid.kind not in ("LI", "L", "Caption")
        )
    for one in document.elements("LI"):
        if not one.below("LBody"):
            yield "an item of a list has no body"
        held = (kid.kind for kid in one.elements if kid.kind not in ("Lbl", "LBody", "L"))
        yield from (f"an item of a list holds a {kind}" for kind in held)
    for one in document.elements("LI", "LBody", "Lbl"):
        if one.parent is None or one.parent.kind not in ("L", "LI"):
            yield f"a {one.kind} stands outside a list"


def links(document: Document) -> Iterator[str]:
    """A link has words that are heard, its annotation has words too, and each leads to the other: section 7.18."""
    owners = {}
    for one in document.elements("Link"):
        notes: list[Any] = [kid for kid in one.kids if getattr(kid, "Subtype", None) == "/Link"]
        if not heard(one).strip():
            yield "a link has no words"
        if not notes:
            yield f"the link {heard(one)[:40]!r} leads nowhere"
        owners.update({note.objgen: one.source.objgen for note in notes})
    for page in document.pages:
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield "the links of a page are not in the order of the tree"
        for note in page.get("/Annots", []):
            if note.Subtype == "/Link":
                yield from _link(note, owners.get(note.objgen), _parents(document))


def _link(note: Any, owner: object, parents: dict[int, object]) -> Iterator[str]:
    if owner is None:
        yield "a link lies on a page and is not in the tree"
    elif parents.get(int(note.get("/StructParent", -1))) != owner:
        yield "a link does not lead back to its element"
    if not re.search(r"\w", str(note.get("/Contents", ""))):
        yield "a link has no words of its own"


def _parents(document: Document) -> dict[int, object]:
    numbers = list(document.root.source.ParentTree.Nums)
    return {int(number): owner.objgen for number, owner in zip(numbers[::2], numbers[1::2], strict=True)}
