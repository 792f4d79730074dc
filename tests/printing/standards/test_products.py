"""What we truly print keeps the standards, by our own reading and by the programs of others."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from quality.reports.render import printed, report_pdf
from quality.reports.snapshot import Snapshot
from tests.builders.report_snapshots import a_large_snapshot, a_snapshot, a_tiny_snapshot
from tests.printing.standards.complaints import complaints
from tests.printing.standards.order import words_heard, words_of_page
from tests.printing.standards.outside import outloud_says, pdfua_says, qpdf_says
from tests.printing.standards.tree import Document
from tests.reports.hostile import HOSTILE, with_text_everywhere

pytestmark = pytest.mark.slow

REPORTS: dict[str, Callable[[], Snapshot]] = {
    "a usual report": a_snapshot,
    "a long report": a_large_snapshot,
    "a report with nothing in it": a_tiny_snapshot,
    "a draft": lambda: a_snapshot(approved_by=None, approved_at=None),
    "a report with markup in every field": lambda: with_text_everywhere(HOSTILE["markup"]),
    "a report with long words": lambda: with_text_everywhere(HOSTILE["long words"]),
}
SPELT_OUT = {"right to left", "signs", "quotation marks", "controls"}
"""What is typed here is drawn from right to left, or spelt out, so only the rules are asked."""


@cache
def written(name: str) -> bytes:
    """The bytes of one of the reports."""
    return report_pdf(REPORTS[name]())


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_keeps_every_rule_we_read(name: str) -> None:
    assert complaints(written(name)) == []


@pytest.mark.parametrize("name", list(REPORTS)[:4])
def test_other_peoples_programs_find_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(written(name))
    assert outloud_says(path) == []
    assert pdfua_says(path) == []
    assert qpdf_says(path) == ""


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_heard_in_the_order_of_its_page(name: str) -> None:
    html, _ = printed(REPORTS[name]())
    document = Document(written(name))
    assert words_heard(document) == words_of_page(html, document)


@pytest.mark.parametrize("text", sorted(SPELT_OUT))
def test_letters_of_any_kind_keep_every_rule(text: str) -> None:
    assert complaints(report_pdf(with_text_everywhere(HOSTILE[text]))) == []
