"""The pages of three reports look as they did when somebody last looked at them.

A newer library that sets a line elsewhere is seen here, and nowhere else: every word would still be there. Dots may
differ a little, because letters are smoothed by what turns pages into pictures.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.reports.pictures import PICTURES, REPORTS, taken

pytestmark = pytest.mark.slow

NOTICED = 40
"""Of 255, after the smoothing: less is a letter drawn a shade lighter."""
MOST_DIFFERENT = 0.0002
"""Of all dots of a sheet. A line of text that moves by half its height changes more."""
LINE_OF_TEXT = (440, 78, 800, 98)
"""Where the first line of the summary stands on the sheet of the report with nothing in it."""


def different(one: Image.Image, other: Image.Image) -> float:
    """The share of dots in which two sheets differ so much that one would notice."""
    soft = [sheet.convert("L").filter(ImageFilter.BoxBlur(1)) for sheet in (one, other)]
    counts = ImageChops.difference(*soft).histogram()
    return sum(counts[NOTICED:]) / sum(counts)


@pytest.mark.parametrize("name", REPORTS)
def test_the_pages_of_a_report_look_as_they_did(name: str, tmp_path: Path) -> None:
    now = taken(name)
    now.save(tmp_path / f"{name}.png")
    with Image.open(PICTURES / f"{name}.png") as file:
        kept = file.copy()
    look = f"Look at {tmp_path / name}.png beside {PICTURES / name}.png; see tests/reports/pictures.py."
    assert now.size == kept.size, f"It has more or fewer pages. {look}"
    assert different(now, kept) <= MOST_DIFFERENT, f"Something stands elsewhere. {look}"


def test_a_line_that_moves_is_seen() -> None:
    sheet = taken("nothing")
    moved = sheet.copy()
    moved.paste(sheet.crop(LINE_OF_TEXT), (LINE_OF_TEXT[0], LINE_OF_TEXT[1] + 6))
    assert different(sheet, moved) > MOST_DIFFERENT
