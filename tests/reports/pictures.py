"""`python -m tests.reports.pictures` takes the kept pictures of pages anew: look at each before it is committed."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from pathlib import Path

import pymupdf
from PIL import Image

from quality.reports.parts import Action, Correction, Person, Response
from quality.reports.render import report_pdf
from quality.reports.snapshot import Snapshot
from tests.builders.report_snapshots import a_snapshot, a_tiny_snapshot
from tests.builders.reports import a_photograph, a_picture

PICTURES = Path(__file__).parent / "pictures"
DOTS_TO_THE_INCH = 50
"""Enough to see a line move, few enough to keep."""
_ACROSS = 4


def _everything() -> Snapshot:
    """A corrected report that holds all a report can hold."""
    return a_snapshot(
        number="PQ-2026-0004-2",
        issue=2,
        photographs=(a_photograph(a_picture()),) * 3,
        responses=(
            Response(
                finding=1,
                said_by="Helen Marsh, registered manager",
                said_on=date(2026, 6, 20),
                said="We have asked the pharmacy for new charts.",
                changed="Nothing: the charts of May are as we saw them.",
            ),
        ),
        plan=(
            Action(
                finding=1,
                what="Two people sign each chart",
                who="Helen Marsh",
                by_when=date(2026, 7, 10),
                state="Begun",
            ),
        ),
        corrects=Correction(
            replaces=1,
            what_changed="The number of charts that we read was 14, not 41.",
            decided_by=Person(name="Marian Okafor", role="Provider quality manager"),
        ),
    )


def _draft() -> Snapshot:
    return a_snapshot(approved_by=None, approved_at=None)


REPORTS = {"everything": _everything, "nothing": a_tiny_snapshot, "draft": _draft}


@cache
def taken(name: str) -> Image.Image:
    """The pages of a report on one sheet, in grey."""
    files = {one.sha256: a_picture() for one in REPORTS[name]().photographs}
    with pymupdf.open(stream=report_pdf(REPORTS[name](), files)) as document:
        pages = [
            Image.open(io.BytesIO(page.get_pixmap(dpi=DOTS_TO_THE_INCH, colorspace="gray").tobytes("png")))
            for page in document
        ]
    width, height = pages[0].size
    sheet = Image.new("L", (width * _ACROSS, height * -(-len(pages) // _ACROSS)), 128)
    for number, page in enumerate(pages):
        sheet.paste(page, (number % _ACROSS * width, number // _ACROSS * height))
    # Sixteen greys are enough, and take a third of the room.
    return sheet.point([grey // 16 * 17 for grey in range(256)])


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for report in REPORTS:
        taken(report).save(PICTURES / f"{report}.png", optimize=True)
