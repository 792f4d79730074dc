"""Joins, in the tag tree, what the end of a page parted: a section, a paragraph, a list or a table is one element.

WeasyPrint tags each page by itself, so a table of three pages would be heard as three tables, each with its headings.
What belongs together is read from its boxes: at the end of one page and at the beginning of the next stand boxes of the
same element of the HTML, one within the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure.boxes import LineBox, TextBox

_ALONE = ("/Link", "/Figure")
"""Each part of a link is pressed by itself, and a picture has no parts."""


def join_over_pages(document: Any, pdf: Any) -> None:
    """Make one element of the parts of each, from the last page to the first, so that a part takes in what follows it.

    The headings that a table has again on its next page are left out of the tree, and the cells below them name those
    of its first page instead.
    """
    joins = _Joins(pdf)
    whole = joins.at(joins.at(pdf.catalog["StructTreeRoot"])["K"][0])
    for above, below in reversed(list(pairwise(joins.pages(document, whole)))):
        if above and below and joins.goes_on(above[-1], below[0]):
            joins.join(above[-1], below[0])
            whole["K"].remove(below[0].reference)
    joins.settle()


@dataclass(frozen=True)
class _Part:
    """A box on a page and the element it is tagged as, with the reference by which the tree holds that."""

    box: Any
    element: Any
    reference: bytes
    is_wrapped: bool = False
    """Whether its element holds another for the same box: an item of a list without a mark is both LI and LBody."""

    @property
    def kind(self) -> str:
        return str(self.element["S"])


class _Joins:
    """The joining of one document: which elements took others in, and which headings are now named by others' names."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._grown: list[Any] = []
        self._named: dict[str, Any] = {}
        self._heads: dict[int, _Part] = {}

    def at(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]

    def pages(self, document: Any, whole: Any) -> Iterator[list[_Part]]:
        """The outermost parts of each page."""
        outermost: dict[bytes, list[bytes]] = defaultdict(list)
        for reference in whole["K"]:
            outermost[self.at(reference)["Pg"]].append(reference)
        for page, reference in zip(document.pages, self._pdf.page_references, strict=True):
            html = page._page_box.children[0]
            yield self._paired(_boxes(html.children[0]) if html.children else [], outermost[reference])

    def _paired(self, boxes: list[Any], references: list[bytes]) -> list[_Part]:
        """Boxes with their elements; none where they do not belong to each other one by one.

        An element may hold more than its boxes: what it took in from the next page comes after them.
        """
        if len(references) < len(boxes) or not all(isinstance(one, bytes) for one in references):
            return []
        return [self._part(box, one) for box, one in zip(boxes, references, strict=False)]

    def _part(self, box: Any, reference: bytes) -> _Part:
        element = self.at(reference)
        return _Part(box, element, reference, is_wrapped=element.get("S") == "/LI" and _has_no_mark(box))

    def _parts(self, part: _Part) -> list[_Part]:
        if part.is_wrapped:
            (body,) = part.element["K"][:1]
            return [_Part(part.box, self.at(body), body)]
        return self._paired(_boxes(part.box), part.element["K"])

    def goes_on(self, above: _Part, below: _Part) -> bool:
        """Whether two parts are of one element."""
        same = (
            above.box.element is not None
            and above.box.element is below.box.element
            and above.box.element_tag == below.box.element_tag
            and above.kind == below.kind
        )
        if not same or above.kind in _ALONE or isinstance(above.box, TextBox):
            return False
        return above.kind != "/TR" or len(self._parts(above)) == len(self._parts(below)) > 0

    def join(self, above: _Part, below: _Part) -> None:
        """Take the later part of an element into the earlier."""
        held, more = self._parts(above), self._parts(below)
        references = list(below.element["K"])
        if above.kind == "/TR":
            for earlier, later in zip(held, more, strict=True):
                self.join(earlier, later)
            references = references[len(more) :]
        else:
            if above.kind == "/Table":
                self._keep_one_head(above, held, below, more)
            if more and more[0].kind == "/THead":
                more, references = more[1:], references[1:]
            if held and more and self.goes_on(held[-1], more[0]):
                self.join(held[-1], more[0])
                references = references[1:]
        above.element["K"].extend(references)
        self._grown.append(above.element)
        self._name(below.element, above.element)
        below.element.clear()

    def _keep_one_head(self, above: _Part, held: list[_Part], below: _Part, more: list[_Part]) -> None:
        """A table has its headings again on its next page, or for the first time when its own page had no room."""
        again = next((part for part in more[:1] if part.kind == "/THead"), None)
        later = again or self._heads.pop(below.element.number, None)
        earlier = next((part for part in held if part.kind == "/THead"), None)
        if later is not None and earlier is None:
            self._heads[above.element.number] = later
        elif later is not None and earlier is not None:
            for its, own in zip(self._headings(later), self._headings(earlier), strict=True):
                self._name(its, own)

    def _headings(self, head: _Part) -> list[Any]:
        rows = [self.at(row) for row in head.element["K"]]
        return [self.at(cell) for row in rows for cell in row["K"]]

    def _name(self, later: Any, earlier: Any) -> None:
        if "ID" in later and "ID" in earlier:
            self._named[later["ID"].string] = earlier["ID"]

    def settle(self) -> None:
        """Let each element that was taken in say what it lies in, and each cell name the headings there are."""
        for number, head in self._heads.items():
            kids = self._pdf.objects[number]["K"]
            kids.insert(sum(self.at(kid)["S"] == "/Caption" for kid in kids), head.reference)
        for element in self._grown:
            for reference in element.get("K", ()):
                self.at(reference)["P"] = element.reference
        for cell in self._pdf.objects:
            if self._named and isinstance(cell, dict) and cell.get("S") == "/TD":
                headings = cell["A"].get("Headers", ())
                for place, heading in enumerate(headings):
                    headings[place] = self._first(heading)

    def _first(self, heading: Any) -> Any:
        while heading.string in self._named:
            heading = self._named[heading.string]
        return heading


def _boxes(box: Any) -> list[Any]:
    """What a box holds, as WeasyPrint tags it: lines are no elements, and the two boxes of a table are one."""
    held: list[Any] = []
    table: Any = box.get_wrapped_table() if getattr(box, "is_table_wrapper", False) else None
    for one in box.children:
        held += one.children if one is table or isinstance(one, LineBox) else [one]
    return held


def _has_no_mark(box: Any) -> bool:
    if box.element_tag == "li":
        return "list-item" not in box.style["display"] or box.style["list_style_type"] == "none"
    return box.element_tag in ("dt", "dd")
