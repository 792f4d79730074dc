"""Rules of pictures, states, annotations and numbers: ISO 19005-3, sections 6.1, 6.2.5 to 6.2.10, 6.3 to 6.5."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from tests.printing.standards.content import instructions
from tests.printing.standards.tree import Document

_BLENDS = frozenset(
    f"/{name}"
    for name in (
        *(
            "Normal",
            "Compatible",
            "Multiply",
            "Screen",
            "Overlay",
            "Darken",
            "Lighten",
            "ColorDodge",
            "ColorBurn",
        ),
        *("HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"),
    )
)
_PRINTED, _UNSEEN = 4, 1 | 2 | 32
"""Flags of an annotation: ISO 32000-1, table 165."""
_LONGEST_STRING, _LONGEST_NAME, _DEEPEST, _LARGEST = 32_767, 127, 28, 2_147_483_647


def pictures(document: Document) -> Iterator[str]:
    """No picture is smoothed by the viewer, has another beside it, or is in the colours of printing ink."""
    for one in _streams(document):
        if one.get("/Subtype") == "/Image":
            if one.get("/Interpolate", False):
                yield "a picture is to be smoothed"
            if {"/Alternates", "/OPI"} & set(one.keys()):
                yield "a picture has another beside it"
            if one.get("/ColorSpace") == "/DeviceCMYK":
                yield "a picture is in the colours of printing ink"


def streams(document: Document) -> Iterator[str]:
    """No form is a program, and every stream lies in the file, packed as every reader can unpack it."""
    for one in _streams(document):
        if one.get("/Subtype") == "/PS" or {"/OPI", "/PS", "/Ref"} & set(one.keys()):
            yield "a form is a program"
        if {"/F", "/FFilter", "/FDecodeParms"} & set(one.keys()):
            yield "a stream lies outside the file"
        if {"/LZWDecode", "/Crypt"} & {str(name) for name in _listed(one.get("/Filter", []))}:
            yield "a stream is packed in a way that is not allowed"


def states(document: Document) -> Iterator[str]:
    """No state of painting turns colours round or blends in a way of its own. To be seen through is allowed."""
    for one in document.pdf.objects:
        if isinstance(one, pikepdf.Dictionary):
            if {"/TR", "/HTP"} & set(one.keys()) or one.get("/TR2", "/Default") != "/Default":
                yield "a state turns colours round"
            if not {str(name) for name in _listed(one.get("/BM", "/Normal"))} <= _BLENDS:
                yield "a state blends in an unknown way"


def _streams(document: Document) -> Iterator[Any]:
    yield from (one for one in document.pdf.objects if isinstance(one, pikepdf.Stream))


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array | list) else [value]


def actions(document: Document) -> Iterator[str]:
    """Nothing happens by itself, links lead to pages and addresses only, and all that is on a page is printed."""
    root = document.pdf.Root
    for name in ("/AA", "/OCProperties", "/Requirements", "/Collection", "/OpenAction"):
        if name in root:
            yield f"the document has {name}"
    if {"/JavaScript", "/AlternatePresentations"} & set(root.get("/Names", {}).keys()):
        yield "the document holds programs"
    if "/AcroForm" in root and (
        {"/XFA"} & set(root.AcroForm.keys()) or root.AcroForm.get("/NeedAppearances", False)
    ):
        yield "the document has a form that changes"
    for page in document.pages:
        if {"/AA", "/PresSteps"} & set(page.keys()):
            yield "a page does something by itself"
        for note in page.get("/Annots", []):
            yield from _note(note)


def _note(note: Any) -> Iterator[str]:
    flags = int(note.get("/F", 0))
    if note.Subtype not in ("/Link", "/Widget"):
        yield f"a page has an annotation of the kind {note.Subtype}"
    if not flags & _PRINTED or flags & _UNSEEN:
        yield "an annotation is not printed, or hidden"
    if "/AA" in note or "/Action" in note:
        yield "an annotation does something by itself"
    if note.Subtype == "/Link":
        action = note.get("/A", {})
        if ("/A" in note or "/Dest" not in note) and action.get("/S") not in ("/URI", "/GoTo"):
            yield f"a link does {action.get('/S')}"
        address = str(action.get("/URI", "https:"))
        if not address.startswith(("https:", "http:", "mailto:")):
            yield f"a link leads to {address[:40]}"


def limits(document: Document) -> Iterator[str]:
    """Nothing is longer, larger or deeper than every reader can take: section 6.1.13."""
    for one in document.pdf.objects:
        yield from _too_much("it", one)
    for page in document.pages:
        width, height = float(page.MediaBox[2]), float(page.MediaBox[3])
        if not (3 <= width <= 14_400 and 3 <= height <= 14_400):
            yield "a page is too small or too large"
        if _depth(page) > _DEEPEST:
            yield "the states of a page are nested too deep"


def _too_much(name: str, value: Any) -> Iterator[str]:
    """What is too long or too large in a value and in all that lies in it, but for what is an object of its own."""
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, below in value.items():
            if len(key.encode()) > _LONGEST_NAME:
                yield "a name is too long"
            if not getattr(below, "is_indirect", False):
                yield from _too_much(key, below)
    elif isinstance(value, pikepdf.Array):
        for below in value:
            if not getattr(below, "is_indirect", False):
                yield from _too_much(name, below)
    elif isinstance(value, pikepdf.String) and len(bytes(value)) > _LONGEST_STRING:
        yield f"{name} is longer than {_LONGEST_STRING} bytes"
    elif isinstance(value, int) and abs(value) > _LARGEST:
        yield f"{name} is larger than {_LARGEST}"


def _depth(page: Any) -> int:
    depth = deepest = 0
    for name, _ in instructions(page, "q Q"):
        depth += 1 if name == "q" else -1
        deepest = max(deepest, depth)
    return deepest
