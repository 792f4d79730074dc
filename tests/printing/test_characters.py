"""Whatever somebody typed, the document is made and says it."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.printing.characters import drawn_as, spelt_out, with_places_to_break, without_controls
from tests.printing.documents import a_pdf, text_of

pytestmark = pytest.mark.slow


def test_a_character_no_font_can_draw_is_named() -> None:
    pdf = a_pdf("<p>The sign was \ue123, and she smiled.</p>")
    assert text_of(pdf) == "Thesignwas[U+E123],andshesmiled."


def test_a_private_character_is_named_even_when_a_font_could_draw_it() -> None:
    assert text_of(a_pdf("<p style='font-family: DejaVu Sans'>Private: \uf6c5</p>")) == "Private:[U+F6C5]"


def test_a_vowel_that_is_drawn_in_two_parts_is_named_whole() -> None:
    assert text_of(a_pdf("<p>Name: น\u0e33</p>")) in {
        "Name:น\u0e33",
        "Name:[thaicharacternonu][thaicharactersaraam]",
    }
    assert drawn_as("a\u0e33", {"\u0e4d", "\u0e32"}) == {"\u0e33"}
    assert drawn_as("a\u17be", {"\u17c1"}) == {"\u17be"}


def test_names_are_unicode_names_in_small_letters() -> None:
    assert spelt_out("All well 👍 here", "👍") == "All well [thumbs up sign] here"


def test_control_characters_are_left_out_and_line_ends_kept() -> None:
    assert without_controls("a\x00b\x0b\x1b\x7f\x9fc\td\r\ne") == "abc\td\r\ne"
    assert without_controls("half \ud83d of a pair") == "half � of a pair"


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_any_text_at_all_can_be_printed(text: str) -> None:
    assert a_pdf(f"<p>{html.escape(text)}</p>").startswith(b"%PDF-1.7")


def test_a_long_text_may_break_after_a_white_space_and_a_long_word_within() -> None:
    text = "word " * 1000
    page = f"<p>{text}</p><title>{text}</title><p class='{text}'>{'&lt;' * 2500} {'x' * 2000}</p>"
    broken = with_places_to_break(page)
    assert broken.replace("<wbr>", "") == page
    words, kept, letters = broken.split("</")[0], broken.split("</")[1], broken.split("'>")[1]
    assert [len(piece) for piece in words.removeprefix("<p>").split("<wbr>")] == [1995, 2000, 1005]
    assert "<wbr>" not in kept
    assert {piece.count("&lt;") for piece in letters.split("<wbr>")} == {1999, 501, 0}


@given(st.text(st.sampled_from("xé&;< \n>"), max_size=30), st.integers(0, 300))
def test_where_a_text_may_break_changes_nothing_else(text: str, times: int) -> None:
    page = f"<p>{html.escape(text * times)}</p>"
    broken = with_places_to_break(page)
    assert broken.replace("<wbr>", "") == page
    pieces = broken.removeprefix("<p>").removesuffix("</p>").split("<wbr>")
    assert "".join(html.unescape(piece) for piece in pieces) == text * times
