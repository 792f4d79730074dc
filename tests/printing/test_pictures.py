"""Photographs and other pictures keep the standards: words, a place, no smoothing, and colours that are described."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest
from PIL import Image

from quality.printing.errors import PrintingError
from tests.printing.documents import a_pdf, opened, tags_of
from tests.printing.standards.complaints import complaints

KINDS = [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P")]


def a_picture(kind: str, mode: str) -> dict[str, bytes]:
    """A picture of this kind, as a document may be given it."""
    file = io.BytesIO()
    Image.radial_gradient("L").convert(mode).save(file, kind)
    return {hashlib.sha256(file.getvalue()).hexdigest(): file.getvalue()}


@pytest.mark.parametrize(("kind", "mode"), KINDS)
def test_a_picture_of_any_kind_keeps_every_rule(kind: str, mode: str) -> None:
    pictures = a_picture(kind, mode)
    (sha256,) = pictures
    body = f'<h1>A visit</h1><p><img src="evidence:{sha256}" alt="The lounge, with a ramp to the garden"></p>'
    pdf = a_pdf(
        body, css=f"@page {{ background: url('evidence:{sha256}') }} img {{ width: 40mm }}", pictures=pictures
    )
    assert complaints(pdf) == []
    found = opened(pdf)
    (figure,) = tags_of(found, "/Figure")
    assert figure.Alt == "The lounge, with a ramp to the garden"
    drawn = [
        one for one in found.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
    ]
    assert drawn
    assert not any(one.get("/Interpolate", False) for one in drawn)


def test_a_picture_in_the_colours_of_printing_ink_is_refused() -> None:
    pictures = a_picture("JPEG", "CMYK")
    (sha256,) = pictures
    with pytest.raises(PrintingError, match="colours of printing ink"):
        a_pdf(f'<p><img src="evidence:{sha256}" alt="The lounge"></p>', pictures=pictures)


@pytest.mark.parametrize("words", ["", 'alt=""'])
def test_a_picture_without_words_is_refused(words: str) -> None:
    pictures = a_picture("PNG", "RGB")
    (sha256,) = pictures
    with pytest.raises(PrintingError, match="The document was not made"):
        a_pdf(f'<p><img src="evidence:{sha256}" {words}></p>', pictures=pictures)
