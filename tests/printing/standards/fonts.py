"""Rules of fonts: ISO 19005-3, section 6.2.11, and ISO 14289-1, section 7.21."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # It comes without types.

from tests.printing.standards.content import letters_of, pieces
from tests.printing.standards.tree import Document

_NO_LETTERS = frozenset("\0\ufeff\ufffe")


def _fonts(document: Document) -> Iterator[Any]:
    for one in document.pdf.objects:
        if (
            isinstance(one, pikepdf.Dictionary)
            and one.get("/Type") == "/Font"
            and one.Subtype != "/CIDFontType2"
        ):
            yield one


def fonts(document: Document) -> Iterator[str]:
    """Every font is in the file, in the one form we make, and says what its shapes stand for."""
    for font in _fonts(document):
        name = str(font.get("/BaseFont"))
        if font.Subtype != "/Type0" or font.Encoding != "/Identity-H":
            yield f"{name} is of another form than ours"
            continue
        (below,) = font.DescendantFonts
        if below.Subtype != "/CIDFontType2" or "/FontFile2" not in below.FontDescriptor:
            yield f"{name} is not in the file"
        if below.get("/CIDToGIDMap") != "/Identity":
            yield f"{name} does not say which shape a code stands for"
        if "/CIDSet" in below.FontDescriptor:
            yield f"{name} lists its shapes, and the list may not be whole"
        if not re.fullmatch(r"/[A-Z]{6}\+.+", str(below.FontDescriptor.FontName)):
            yield f"{name} does not say that it is part of a font"
        if "/ToUnicode" not in font:
            yield f"{name} does not say what its shapes stand for"


def glyphs(document: Document) -> Iterator[str]:
    """Each shape shown is in its font, as wide as the document says, and stands for a letter that has a meaning."""
    used: dict[Any, tuple[Any, set[int]]] = {}
    for content in [*document.pages, *_forms(document)]:
        named = content.get("/Resources", {}).get("/Font", {})
        for piece in pieces(content):
            for font, code in piece.glyphs:
                used.setdefault(named[font].objgen, (named[font], set()))[1].add(code)
    for font, codes in used.values():
        if "/FontFile2" in font.get("/DescendantFonts", [{}])[0].get("/FontDescriptor", {}):
            yield from _shapes(font, codes)


def _forms(document: Document) -> Iterator[Any]:
    for one in document.pdf.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form":
            yield one


def _shapes(font: Any, codes: set[int]) -> Iterator[str]:
    (below,) = font.DescendantFonts
    name, letters, widths = str(font.BaseFont), letters_of(font), _widths(below)
    program = TTFont(io.BytesIO(below.FontDescriptor.FontFile2.read_bytes()))
    order = program.getGlyphOrder()
    for code in sorted(codes):
        text = letters.get(code, "")
        if code == 0 or code >= len(order):
            yield f"{name} shows a shape it does not have, {code}"
            continue
        true = program["hmtx"][order[code]][0] * 1000 / program["head"].unitsPerEm
        if abs(widths.get(code, 1000) - true) > 1:
            yield f"shape {code} of {name} is {true} wide, and the document says {widths.get(code)}"
        if not text or _NO_LETTERS & set(text):
            yield f"shape {code} of {name} stands for no letter"
        elif any("\ue000" <= letter <= "\uf8ff" or letter >= "\U000f0000" for letter in text):
            yield f"shape {code} of {name} stands for a private letter"


def _widths(below: Any) -> dict[int, float]:
    widths: dict[int, float] = {}
    parts = list(below.W)
    while parts:
        first, second, *parts = parts
        if isinstance(second, pikepdf.Array):
            widths.update({int(first) + place: float(width) for place, width in enumerate(second)})
        else:
            widths.update(dict.fromkeys(range(int(first), int(second) + 1), float(parts.pop(0))))
    return widths
