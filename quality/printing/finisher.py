"""Mends, in the tag tree WeasyPrint has built, what it leaves out for people who hear a document or feel it in braille.

Called by WeasyPrint just before the bytes are written (`finisher` of `write_pdf`). The rules are those of ISO 14289-1
(PDF/UA-1) and of ISO 32000-1, sections 12.5, 14.7 and 14.8. What an archive asks for is in `archive`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pydyf

from quality.printing.archive import give_every_shape_a_letter, say_what_files_are, smooth_no_pictures
from quality.printing.attachments import Attachment
from quality.printing.errors import PrintingError
from quality.printing.joining import join_over_pages

_POINTS_PER_PIXEL = 0.75

_NOTHING_ALONE = {"/Div", "/LBody", "/LI", "/NonStruct", "/P", "/Span", "/Table", "/TBody", "/THead"}
"""Elements that say nothing by being there; a table that only begins at the foot of a page leaves such a one there.

A cell without words still keeps its place in the row."""


def finish(document: Any, pdf: Any, attachments: Sequence[Attachment] = ()) -> None:
    """Mend the finished document in place. Raises PrintingError for a picture that has no words."""
    join_over_pages(document, pdf)
    _leave_out_what_is_empty(pdf, _at(pdf, _root(pdf)["K"][0]))
    elements = list(_elements(pdf))
    _scope_header_cells(pdf, elements)
    _index_cells(pdf, elements)
    _turn_running_heads_into_artifacts(pdf, elements)
    _say_where_links_lead(document)
    _place_figures(pdf, elements)
    give_every_shape_a_letter(pdf)
    smooth_no_pictures(pdf)
    say_what_files_are(pdf, attachments)


def _at(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _root(pdf: Any) -> Any:
    return _at(pdf, pdf.catalog["StructTreeRoot"])


def _elements(pdf: Any) -> Iterator[Any]:
    """Every element that can be reached from the root of the tag tree, in reading order."""
    waiting = list(reversed(_root(pdf)["K"]))
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, bytes):
            element = _at(pdf, reference)
            if "S" in element:
                yield element
                waiting.extend(reversed(element["K"]))


def _leave_out_what_is_empty(pdf: Any, element: Any) -> bool:
    """Take out, below an element, those that hold nothing, such as a drawn block; whether it holds nothing itself."""
    element["K"] = pydyf.Array(
        kid
        for kid in element["K"]
        if not isinstance(kid, bytes)
        or "S" not in _at(pdf, kid)
        or not _leave_out_what_is_empty(pdf, _at(pdf, kid))
    )
    return element["S"] in _NOTHING_ALONE and not element["K"]


def _scope_header_cells(pdf: Any, elements: list[Any]) -> None:
    """A heading in the head of a table belongs to its column, any other to its row."""
    for element in elements:
        if element["S"] == "/TH":
            group = _at(pdf, _at(pdf, element["P"])["P"])
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _index_cells(pdf: Any, elements: list[Any]) -> None:
    """Cells name their headings by identifier; the index lets a reader find the heading by it."""
    named = sorted((element["ID"].string, element) for element in elements if "ID" in element)
    if named:
        names = pydyf.Array()
        for identifier, element in named:
            names.extend([pydyf.String(identifier), element.reference])
        index = pydyf.Dictionary({"Names": names})
        pdf.add_object(index)
        _root(pdf)["IDTree"] = index.reference


def _turn_running_heads_into_artifacts(pdf: Any, elements: list[Any]) -> None:
    """Running heads are marked as content of elements that the tree then leaves out: make them page furniture."""
    reachable = {element.number for element in elements}
    owners = _at(pdf, _root(pdf)["ParentTree"])["Nums"]
    pages = [_at(pdf, reference) for reference in pdf.page_references]
    for number, page in enumerate(pages):
        references = owners[2 * number + 1]
        loose = {mark for mark, owner in enumerate(references) if _at(pdf, owner).number not in reachable}
        _mark_as_furniture(_at(pdf, page["Contents"]).stream, loose)
        for mark in loose:
            _at(pdf, references[mark]).clear()
            references[mark] = b"null"


def _mark_as_furniture(stream: list[Any], marks: set[int]) -> None:
    for place, item in enumerate(stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in marks:
            stream[place - 1] = "/Artifact"
            stream[place] = pydyf.Dictionary({"Type": "/Pagination"})


def _say_where_links_lead(document: Any) -> None:
    """A link is announced by the words it is made of, not by the name of the anchor behind it."""
    for page in document.pages:
        for _, _, _, box in page.links:
            words = " ".join("".join(box.element.itertext()).split())
            if box.link_annotation and words:
                box.link_annotation["Contents"] = pydyf.String(words)


def _place_figures(pdf: Any, elements: list[Any]) -> None:
    """A figure has words, and a place in points from the foot of the page, not in pixels from its head."""
    for element in elements:
        if element["S"] == "/Figure":
            if "Alt" not in element:
                raise PrintingError(
                    "The document was not made: it has a picture without words that say what it shows."
                )
            left, top, right, bottom = (side * _POINTS_PER_PIXEL for side in element["A"]["BBox"])
            height = _at(pdf, element["Pg"])["MediaBox"][3]
            element["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])
