"""The web page of a report says what the PDF says, in GOV.UK Frontend's markup."""

from __future__ import annotations

import itertools

import html5lib
import pytest
from bs4 import BeautifulSoup

from quality.reports.render import report_body
from quality.reports.snapshot import Snapshot
from tests.builders.report_snapshots import a_snapshot, a_tiny_snapshot
from tests.reports.hostile import HOSTILE, with_text_everywhere


def _page(report: Snapshot) -> BeautifulSoup:
    return BeautifulSoup(report_body(report), "html.parser")


@pytest.mark.parametrize("report", [a_snapshot(), a_tiny_snapshot(), with_text_everywhere(HOSTILE["markup"])])
def test_the_page_is_valid_html(report: Snapshot) -> None:
    html5lib.HTMLParser(strict=True).parse(
        f"<!DOCTYPE html><html><head><title>R</title></head><body>{report_body(report)}"
    )


def test_headings_never_skip_a_level() -> None:
    levels = [
        int(str(heading.name)[1]) for heading in _page(a_snapshot()).find_all(["h1", "h2", "h3", "h4", "h5"])
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_level_is_a_tag_with_its_words() -> None:
    tags = _page(a_snapshot()).select(".govuk-tag")
    shown = {(tag.get_text(), next(name for name in tag["class"] if "--" in name)) for tag in tags}
    assert shown == {
        ("Serious concern", "govuk-tag--red"),
        ("Needs work", "govuk-tag--orange"),
        ("Sound", "govuk-tag--blue"),
        ("Strong", "govuk-tag--green"),
        ("Not judged", "govuk-tag--grey"),
    }


def test_cqc_ratings_are_in_tables_of_their_own_without_tags() -> None:
    tables = [
        table for table in _page(a_snapshot()).find_all("table") if "CQC’s rating" in str(table.find("thead"))
    ]
    assert [caption.get_text() for table in tables for caption in table.find_all("caption")] == [
        "Residential social care",
        "Urgent response",
        "Residential social care: newer ratings",
    ]
    assert not any(table.select(".govuk-tag") for table in tables)
    cells = [row.get_text(" ", strip=True) for row in tables[0].find_all("tr")]
    assert cells[2] == "Safe Requires improvement 21 March 2024"
    assert cells[3] == "Effective Good 21 March 2024 Inherited from an earlier registration of this service"
    assert "Overall No published rating No date given Not yet inspected" in tables[1].get_text(
        " ", strip=True
    )


def test_the_link_to_cqc_says_where_it_leads() -> None:
    links = {str(link["href"]): link.get_text() for link in _page(a_snapshot()).find_all("a")}
    assert links["https://www.cqc.org.uk/location/1-0000000042"] == "Larkfield House on CQC’s website"


def test_every_link_within_the_page_leads_to_a_section() -> None:
    page = _page(a_snapshot())
    inside = [str(link["href"]).removeprefix("#") for link in page.select('a[href^="#"]')]
    assert len(inside) == 8 + 4, "Eight sections, and four findings that the summary names."
    assert all(page.find(id=name) for name in inside)


def test_whether_the_visit_was_announced_is_said() -> None:
    assert "Routine audit, unannounced" in _page(a_snapshot()).get_text()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_somebody_typed_becomes_markup(text: str) -> None:
    usual, hostile = _page(a_snapshot()), _page(with_text_everywhere(text))
    allowed = {tag.name for tag in usual.find_all(True)}
    assert {tag.name for tag in hostile.find_all(True)} <= allowed
    assert not [tag for tag in hostile.find_all(True) if any(name.startswith("on") for name in tag.attrs)]


def test_right_to_left_paragraphs_run_from_the_right() -> None:
    paragraphs = _page(with_text_everywhere(HOSTILE["right to left"])).select("p[dir=rtl]")
    assert "زرنا المنزل مرتين." in {paragraph.get_text() for paragraph in paragraphs}
