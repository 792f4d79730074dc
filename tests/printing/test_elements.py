"""How elements look before our own rules: as WeasyPrint has it, without what no document of ours holds."""

from __future__ import annotations

import re

import pytest
from weasyprint import HTML
from weasyprint.css import get_all_computed_styles

from quality.printing.elements import Page
from quality.printing.fonts import ROOT
from quality.reports.render import printed
from tests.builders.report_snapshots import a_snapshot

pytestmark = pytest.mark.one_engine

LISTS = "<h1>A visit</h1><ul><li>One<ol><li>Two</li></ol></li></ul><p>A <b>third</b><br>and fourth</p>"


def _parts_with_styles(page: HTML) -> list[tuple[str, str | None]]:
    """The name and the pseudo-element of all that WeasyPrint has worked out a style for."""
    return [(element.tag, part) for element, part in get_all_computed_styles(page).get_computed_styles()]


def test_of_a_list_only_its_items_have_a_marker() -> None:
    parts = {(name, part) for name, part in _parts_with_styles(Page(string=LISTS)) if part}
    assert parts == {("li", "marker"), ("br", "before")}


def test_weasyprint_alone_works_out_six_parts_of_every_element() -> None:
    """When a new WeasyPrint no longer does, our own sheet has lost its reason."""
    parts = {part for name, part in _parts_with_styles(HTML(string=LISTS)) if name == "p"}
    assert len(parts - {None}) == 6


def test_our_documents_write_in_the_two_parts_of_the_margin_whose_looks_are_kept() -> None:
    sheets = [sheet.read_text() for sheet in (ROOT / "templates").glob("*/print/*.css")]
    parts = {part for sheet in sheets for part in re.findall(r"@((?:top|right|bottom|left)-[a-z-]+)", sheet)}
    assert parts == {"top-left", "bottom-right"}


def test_a_report_looks_the_same_as_with_all_of_weasyprints_rules() -> None:
    html, _ = printed(a_snapshot())
    ours, theirs = (kind(string=html).write_pdf(pdf_variant="pdf/ua-1") for kind in (Page, HTML))
    assert ours == theirs
