"""Rules of what may lie in what: ISO 32000-1, section 14.8.4, as ISO 14289-1 asks it of lists, tables and contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from tests.printing.standards.structure import table_part
from tests.printing.standards.tree import Document, Element

_PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
    "H": set[str](),
}
"""What each of these must lie in directly. `H` may lie in nothing: our headings have levels."""

_KIDS = {
    "Table": r"(Caption )?((THead )?(TBody )+(TFoot )?|(TR )+)(Caption )?",
    "THead": "(TR )+",
    "TBody": "(TR )+",
    "TFoot": "(TR )+",
    "TR": "((TH|TD) )+",
    "L": "(Caption )?((L|LI) )+",
    "LI": "((Lbl|LBody) )+",
    "TOC": "(Caption )?((TOC|TOCI) )+",
}
"""What each of these may hold directly, in which order, each kind with a space behind it."""


def nesting(document: Document) -> Iterator[str]:
    """Rows lie in tables, items in lists, heads before bodies; and each element says what it lies in."""
    for one in document.elements():
        within = one.parent.kind if one.parent is not None else ""
        if within not in _PARENTS.get(one.kind, {within}):
            yield f"a {one.kind} lies in a {within}"
        held = "".join(f"{kid.kind} " for kid in one.elements)
        if not re.fullmatch(_KIDS.get(one.kind, ".*"), held):
            yield f"a {one.kind} holds {held.strip() or 'nothing'}"
        above = one.source.get("/P")
        if above is None or (one.parent is not None and above.objgen != one.parent.source.objgen):
            yield f"a {one.kind} does not say what it lies in"


def grid(document: Document) -> Iterator[str]:
    """No cell lies over another or reaches below its table, and headings named are of the same table: section 7.5."""
    for table in document.elements("Table"):
        rows = table.below("TR")
        taken: set[tuple[int, int]] = set()
        for place, row in enumerate(rows):
            for cell in row.elements:
                covered = _covered(cell, place, taken)
                if covered & taken:
                    yield "a cell of a table lies over another"
                if any(below >= len(rows) for below, _ in covered):
                    yield "a cell reaches below its table"
                taken |= covered
        there = {str(cell.source.ID) for cell in table.below("TH") if "/ID" in cell.source}
        named = {str(one) for cell in table.below("TD") for one in table_part(cell, "/Headers") or []}
        if named - there:
            yield "a cell names a heading of another table"


def _covered(cell: Element, row: int, taken: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The places a cell takes, which begins at the first that is free in its row."""
    column = 0
    while (row, column) in taken:
        column += 1
    height, width = (int(table_part(cell, name) or 1) for name in ("/RowSpan", "/ColSpan"))
    return {(row + down, column + right) for down, right in product(range(height), range(width))}
