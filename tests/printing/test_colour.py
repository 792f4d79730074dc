"""A council may have any colour; a reader must be able to read it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.printing.colour import READABLE, contrast_with_white, readable_on_white
from quality.printing.errors import PrintingError


def _channels(colour: str) -> list[int]:
    return list(bytes.fromhex(colour[1:]))


@given(st.binary(min_size=3, max_size=3))
def test_every_colour_becomes_readable_on_white(channels: bytes) -> None:
    assert contrast_with_white(_channels(readable_on_white(f"#{channels.hex()}"))) >= READABLE


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable_on_white("#1D5B7A") == "#1d5b7a"


def test_contrast_is_what_wcag_says_it_is() -> None:
    assert contrast_with_white([0, 0, 0]) == pytest.approx(21)
    assert contrast_with_white([255, 255, 255]) == pytest.approx(1)
    assert contrast_with_white(_channels("#767676")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "#12345g", "#fff;} @import 'x", ""])
def test_what_is_not_a_colour_never_reaches_a_style_sheet(colour: str) -> None:
    with pytest.raises(PrintingError, match="must be written like"):
        readable_on_white(colour)
