"""Photographs and other pictures keep the standards: words, a place, no smoothing, and colours that are described."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from quality.printing.errors import PrintingError
from quality.printing.fetcher import ASSET_FOLDERS
from tests.printing.documents import a_pdf, opened, tags_of
from tests.printing.standards.complaints import complaints

KINDS = {"photograph.jpg": "RGB", "grey.jpg": "L", "drawing.png": "RGBA", "few-colours.png": "P"}


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One picture of each kind, where a document may ask for them."""
    for name, mode in KINDS.items():
        Image.radial_gradient("L").convert(mode).save(tmp_path / name)
    monkeypatch.setitem(ASSET_FOLDERS, "images", tmp_path)


@pytest.mark.usefixtures("pictures")
@pytest.mark.parametrize("name", KINDS)
def test_a_picture_of_any_kind_keeps_every_rule(name: str) -> None:
    body = (
        f'<h1>A visit</h1><p><img src="asset:images/{name}" alt="The lounge, with a ramp to the garden"></p>'
    )
    pdf = a_pdf(body, css=f"@page {{ background: url('asset:images/{name}') }} img {{ width: 40mm }}")
    assert complaints(pdf) == []
    found = opened(pdf)
    (figure,) = tags_of(found, "/Figure")
    assert figure.Alt == "The lounge, with a ramp to the garden"
    drawn = [
        one for one in found.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
    ]
    assert drawn
    assert not any(one.get("/Interpolate", False) for one in drawn)


@pytest.mark.usefixtures("pictures")
def test_a_picture_in_the_colours_of_printing_ink_is_refused(tmp_path: Path) -> None:
    Image.radial_gradient("L").convert("CMYK").save(tmp_path / "ink.jpg")
    with pytest.raises(PrintingError, match="colours of printing ink"):
        a_pdf('<p><img src="asset:images/ink.jpg" alt="The lounge"></p>')


@pytest.mark.usefixtures("pictures")
@pytest.mark.parametrize("words", ["", 'alt=""'])
def test_a_picture_without_words_is_refused(words: str) -> None:
    with pytest.raises(PrintingError, match="The document was not made"):
        a_pdf(f'<p><img src="asset:images/drawing.png" {words}></p>')
