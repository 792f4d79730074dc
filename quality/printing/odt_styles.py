"""The styles of the text documents we write: the word processor's own headings, our sizes, the language."""

from __future__ import annotations

from collections.abc import Mapping

import odfdo

BODY = "Text_20_body"
CAPTION = "Caption"
BOLD = "Strong"
HEADING_CELL = "Table_20_Heading"
CELL = "Ruled"

_FONT = "Atkinson Hyperlegible, Arial, Liberation Sans"
_SIZES = {1: "22pt", 2: "16pt", 3: "13pt", 4: "11pt"}


def add_styles(document: odfdo.Document, language: str) -> None:
    """Give the document the styles that are asked of it by name, and tell its language to who reads it aloud."""
    spoken, _, country = language.partition("-")
    text = {
        "fo:font-family": _FONT,
        "fo:font-size": "11pt",
        "fo:language": spoken,
        "fo:country": country or "none",
    }
    bold = {**text, "fo:font-weight": "bold"}
    document.insert_style(_paragraph(BODY, "Text body", text), automatic=False)
    document.insert_style(_paragraph(CAPTION, "Caption", {**text, "fo:font-size": "10pt"}), automatic=False)
    document.insert_style(_paragraph(HEADING_CELL, "Table Heading", bold), automatic=False)
    document.insert_style(odfdo.Style("text", name=BOLD, bold=True), automatic=False)
    cell = odfdo.Style("table-cell", name=CELL)
    ruled = {"fo:border-bottom": "0.5pt solid #c5ccd2", "fo:padding": "0.1cm"}
    cell.set_properties(ruled, area="table-cell")
    document.insert_style(cell, automatic=True)
    for level, size in _SIZES.items():
        style = _paragraph(f"Heading_20_{level}", f"Heading {level}", {**bold, "fo:font-size": size})
        document.insert_style(style, automatic=False)


def _paragraph(name: str, shown: str, text: Mapping[str, str]) -> odfdo.Style:
    style = odfdo.Style("paragraph", name=name, display_name=shown)
    style.set_properties({"fo:margin-top": "0.1cm", "fo:margin-bottom": "0.2cm"}, area="paragraph")
    style.set_properties(dict(text), area="text")
    return style
