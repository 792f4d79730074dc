"""The PDF of a report: accessible, the same each time, and made from whatever was typed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from quality.reports.render import report_pdf
from quality.reports.snapshot import Snapshot
from tests.builders.report_snapshots import a_large_snapshot, a_snapshot, a_tiny_snapshot
from tests.printing.documents import opened, tags_of, text_edges, text_of
from tests.reports.hostile import HOSTILE, with_text_everywhere

pytestmark = pytest.mark.slow

PAGE_WIDTH, MARGIN = 595.3, 62.3
"""Of an A4 page, in points."""


@pytest.fixture(scope="module")
def written() -> bytes:
    return report_pdf(a_snapshot())


@pytest.fixture
def pdf(written: bytes) -> pikepdf.Pdf:
    return opened(written)


def test_the_report_carries_the_marks_of_an_accessible_document(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    assert pdf.Root.Lang == "en-GB"
    assert pdf.docinfo["/Title"] == "Larkfield House: quality audit report PQ-2026-0004"
    assert pdf.docinfo["/CreationDate"] == "D:20260612140500Z"
    with pdf.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert {str(page.Tabs) for page in pdf.pages} == {"/S"}


def test_its_heading_cells_links_and_headings_can_be_followed_by_ear(pdf: pikepdf.Pdf) -> None:
    cells = tags_of(pdf, "/TH")
    assert {str(cell.A.Scope) for cell in cells} == {"/Column", "/Row"}
    assert len(list(pdf.Root.StructTreeRoot.IDTree.Names)) == 2 * len(cells)
    links = [str(note.Contents) for page in pdf.pages for note in page.get("/Annots", [])]
    assert links[0] == "Summary"
    assert "“Medicines are not always written down”. By 26 June 2026." in links
    assert "Larkfield House on CQC’s website" in links
    assert len(tags_of(pdf, "/H1")) == 1
    assert len(tags_of(pdf, "/H2")) == 8


def test_every_section_has_a_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root[0].children]
    assert titles[0] == "Summary"
    assert titles[-1] == "Appendix: every question and answer"
    assert len(titles) == 8


def test_the_same_report_has_the_same_bytes(written: bytes) -> None:
    assert report_pdf(Snapshot.from_json(a_snapshot().as_json())) == written


def test_pages_are_numbered_through_and_carry_the_reference(written: bytes, pdf: pikepdf.Pdf) -> None:
    text, pages = text_of(written), len(pdf.pages)
    assert all(text.count(f"Page{number}of{pages}") == 1 for number in range(2, pages + 1))
    assert text.count("PQ-2026-0004,issue1") >= pages


def test_findings_come_most_important_first_and_keep_their_numbers(written: bytes) -> None:
    text = text_of(written)
    told = re.findall(r"Finding(\d):.*?(Mustimprove|Improvementneeded|Goodpractice)\.", text)
    kinds = ["Mustimprove"] * 2 + ["Improvementneeded"] * 2 + ["Goodpractice"] * 2
    assert told == [(str(number), kind) for number, kind in enumerate(kinds, 1)]


def test_cqc_and_council_words_never_share_a_table(written: bytes) -> None:
    text = text_of(written)
    ratings = text[text.rindex("CQC’sratingsTheCare") : text.rindex("Whotookpartandwhatwelookedat")]
    assert "Requiresimprovement" in ratings
    assert not any(
        words in ratings for words in ("Sound", "Needswork", "Strong", "Seriousconcern", "Notjudged")
    )


def test_a_report_with_nothing_in_it_says_so() -> None:
    text = text_of(report_pdf(a_tiny_snapshot()))
    for sentence in (
        "Wedidnotseeenoughtomakeanoveralljudgement.",
        "Werecordednoseparatefindings.",
        "ThecouncilheldnoCQCratingofthisservice.",
        "Novisitwasmade",
        "Noquestionwasanswered.",
    ):
        assert sentence in text


def test_a_long_report_keeps_every_finding_and_answer() -> None:
    report = a_large_snapshot()
    long = report_pdf(report)
    text, pages = text_of(long), len(opened(long).pages)
    assert pages >= 35
    assert text.count("Seenonround") == len(report.findings) == 36
    assert f"{report.manifest.answers}answers,36findings,0photographs" in text


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_in_any_field_makes_a_report(text: str) -> None:
    pdf = report_pdf(with_text_everywhere(text))
    assert pdf.startswith(b"%PDF-1.7")


def test_markup_somebody_typed_is_shown_as_they_typed_it() -> None:
    text = text_of(report_pdf(with_text_everywhere(HOSTILE["markup"])))
    assert text.count("<script>alert(1)</script><imgsrc=xonerror=alert(1)>{{7*7}}") > 20


def test_a_word_of_ten_thousand_letters_stays_on_the_page(tmp_path: Path) -> None:
    word = "x" * 10_000
    usual = a_snapshot()
    finding = replace(usual.findings[2], found=word, standard_title=word[:500])
    long = report_pdf(a_snapshot(findings=(finding,), service=replace(usual.service, name=word[:500])))
    assert text_of(long).count("x") >= 10_000
    assert text_edges(long, tmp_path) <= PAGE_WIDTH - MARGIN


def test_paragraphs_somebody_typed_stay_paragraphs() -> None:
    report = a_snapshot()
    found = "First paragraph.\nSame paragraph.\n\nSecond paragraph.\r\n\r\nThird paragraph."
    one = opened(report_pdf(a_snapshot(findings=(replace(report.findings[2], found=found, required=None),))))
    none = opened(report_pdf(a_snapshot(findings=(replace(report.findings[2], found="", required=None),))))
    assert len(tags_of(one, "/P")) - len(tags_of(none, "/P")) == 3
