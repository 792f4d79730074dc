"""Whatever somebody typed, the document is made and says it."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.printing.characters import spelt_out, without_controls
from tests.printing.documents import a_pdf, text_of

pytestmark = pytest.mark.slow


def test_a_character_no_font_can_draw_is_named() -> None:
    pdf = a_pdf("<p>The sign was \ue123, and she smiled.</p>")
    assert text_of(pdf) == "Thesignwas[U+E123],andshesmiled."


def test_a_private_character_is_named_even_when_a_font_could_draw_it() -> None:
    assert text_of(a_pdf("<p style='font-family: DejaVu Sans'>Private: \uf6c5</p>")) == "Private:[U+F6C5]"


def test_names_are_unicode_names_in_small_letters() -> None:
    assert spelt_out("All well 👍 here", "👍") == "All well [thumbs up sign] here"


def test_control_characters_are_left_out_and_line_ends_kept() -> None:
    assert without_controls("a\x00b\x0b\x1b\x7f\x9fc\td\r\ne") == "abc\td\r\ne"
    assert without_controls("half \ud83d of a pair") == "half � of a pair"


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_any_text_at_all_can_be_printed(text: str) -> None:
    assert a_pdf(f"<p>{html.escape(text)}</p>").startswith(b"%PDF-1.7")
