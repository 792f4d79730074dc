"""Easy read: short, large, in the words of the report, and never more than the report says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from quality.printing.fonts import ROOT
from quality.reports.easy_parts import Section
from quality.reports.easy_read import MOST, easy_read, easy_read_pdf, printed_easy
from quality.reports.snapshot import Correction, FindingKind, Person, Snapshot, Term
from quality.reports.wording import complaints as complaints_of
from quality.reports.wording import glossary
from tests.builders.report_snapshots import a_large_snapshot, a_snapshot, a_tiny_snapshot
from tests.printing.documents import opened, tags_of, text_of
from tests.printing.standards.complaints import complaints
from tests.printing.standards.order import words_heard, words_of_page
from tests.printing.standards.outside import outloud_says, pdfua_says, qpdf_says
from tests.printing.standards.tree import Document
from tests.reports.hostile import HOSTILE, with_text_everywhere
from tests.reports.letters import outside_the_margins, smallest_letters

QUESTIONS = (
    "Who visited?",
    "What did we find?",
    "What does CQC say?",
    "What is good?",
    "What must get better?",
    "What happens next?",
    "Who can I talk to?",
)


def _section(report: Snapshot, question: str) -> Section:
    return next(one for one in easy_read(report)[0] if one.question == question)


def _said(report: Snapshot, question: str) -> list[str]:
    return [sentence for group in _section(report, question).groups for sentence in group.said]


def _lines(report: Snapshot, question: str) -> list[str]:
    return [line.words for group in _section(report, question).groups for line in group.lines]


def test_it_answers_the_questions_a_reader_has_in_their_order() -> None:
    assert tuple(one.question for one in easy_read(a_snapshot())[0]) == QUESTIONS


def test_the_judgement_is_told_in_words_and_by_its_place() -> None:
    report = a_snapshot()
    assert _said(report, "What did we find?")[:2] == [
        "Our judgement is: Needs work.",
        "This is level 2 of 4. Level 4 is the best.",
    ]
    own = [
        line.words
        for group in _section(report, "What did we find?").groups
        for line in group.lines
        if line.here
    ]
    assert own == ["Needs work"]


def test_titles_of_findings_are_quoted_as_they_are() -> None:
    report = a_snapshot()
    good = [one.title for one in report.findings_of(FindingKind.GOOD_PRACTICE)]
    asked = [one.title for one in report.findings if one.kind is not FindingKind.GOOD_PRACTICE]
    assert _lines(report, "What is good?") == good
    assert sorted(_lines(report, "What must get better?")) == sorted(asked)


def test_of_a_long_list_five_are_told_and_how_many_more_there_are() -> None:
    report = a_large_snapshot()
    must = len(report.findings_of(FindingKind.MUST_IMPROVE))
    group = _section(report, "What must get better?").groups[0]
    assert len(group.lines) == MOST
    assert group.more == must - MOST == 7
    assert "And7moreinthefullreport." in text_of(easy_read_pdf(report))


def test_each_sentence_of_the_report_stands_on_a_line_of_its_own() -> None:
    report = a_snapshot(next_steps=("We wait. We visit again at www.example.org. Then we say so.",))
    assert _said(report, "What happens next?") == [
        "We wait.",
        "We visit again at www.example.org.",
        "Then we say so.",
    ]


def test_only_words_that_are_used_are_explained_and_marked_where_they_stand() -> None:
    report = a_snapshot(
        next_steps=("They answer both findings. See www.finding.example.org.",),
        glossary=(Term(word="Finding", meaning="What we saw."), Term(word="Weight", meaning="How much.")),
    )
    sections, terms = easy_read(report)
    pieces = [
        (piece.words, piece.hard)
        for section in sections
        for group in section.groups
        for sentence in group.pieces
        for piece in sentence
    ]
    assert [term.word for term in terms] == ["Finding"]
    assert ("findings", True) in pieces
    assert [words for words, is_hard in pieces if is_hard] == ["findings"]


def test_a_report_with_nothing_in_it_says_so() -> None:
    text = text_of(easy_read_pdf(a_tiny_snapshot()))
    for sentence in (
        "We did not visit.",
        "We did not see enough to make an overall judgement.",
        "We wrote down no example of good practice.",
        "We wrote down nothing that must get better.",
        "We had no overall rating from CQC for this service.",
        "You can ask Northmere County Council.",
    ):
        assert sentence.replace(" ", "") in text


def test_no_part_begins_with_an_empty_group_beside_its_drawing() -> None:
    for report in (a_snapshot(), a_tiny_snapshot(), a_snapshot(findings=())):
        for section in easy_read(report)[0]:
            assert section.groups[0].said or section.groups[0].lines, section.question


def test_it_says_that_it_is_short_and_made_automatically_from_the_full_report() -> None:
    text = text_of(easy_read_pdf(a_snapshot()))
    assert "ThisisaboutreportPQ-2026-0004,issue1." in text
    assert "Itwasmadeautomaticallyfromthefullreport." in text
    assert "Itisshort.Thefullreportholdseverything." in text


def test_every_drawing_is_our_own_and_told_in_words() -> None:
    html, _ = printed_easy(a_snapshot())
    drawings = re.findall(r'src="asset:images/([a-z-]+\.svg)" alt="([^"]+)"', html)
    assert len(drawings) == len(QUESTIONS) + 1
    assert all((ROOT / "static" / "print-assets" / name).is_file() for name, _ in drawings)
    document = opened(easy_read_pdf(a_snapshot()))
    assert [str(one.Alt) for one in tags_of(document, "/Figure")] == [shows for _, shows in drawings]


def _usual_words(report: Snapshot) -> Snapshot:
    """The report with the glossary and the complaints that are the same in every report."""
    return replace(report, glossary=glossary(), complaints=complaints_of("quality@northmere.example"))


@pytest.mark.parametrize(
    "report", [a_snapshot(), a_tiny_snapshot(), a_large_snapshot(), _usual_words(a_large_snapshot())]
)
def test_it_is_short_and_its_letters_are_large(report: Snapshot) -> None:
    pdf = easy_read_pdf(report)
    assert 2 <= len(opened(pdf).pages) <= 6
    assert smallest_letters(pdf) >= 16
    assert outside_the_margins(pdf) == []


def test_the_same_report_has_the_same_easy_read() -> None:
    assert easy_read_pdf(Snapshot.from_json(a_snapshot().as_json())) == easy_read_pdf(a_snapshot())


def test_a_new_version_says_that_it_replaces_the_one_before() -> None:
    corrected = a_snapshot(
        issue=2,
        corrects=Correction(
            replaces=1, what_changed="A date.", decided_by=Person(name="Marian Okafor", role="Manager")
        ),
    )
    assert "Itreplacesissue1.Thefullreportsayswhatchanged." in text_of(easy_read_pdf(corrected))


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_in_any_field_makes_an_easy_read_that_keeps_every_rule(text: str) -> None:
    pdf = easy_read_pdf(with_text_everywhere(text))
    # Where even the service has no name, the heading that is its name is empty.
    assert not text.strip() or complaints(pdf) == []
    assert smallest_letters(pdf) >= 16
    assert outside_the_margins(pdf) == []


@pytest.mark.slow
@pytest.mark.parametrize("report", [a_snapshot(), a_tiny_snapshot(), a_large_snapshot()])
def test_it_keeps_the_standards(report: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "easy.pdf"
    path.write_bytes(easy_read_pdf(report))
    assert complaints(path.read_bytes()) == []
    assert outloud_says(path) == []
    assert pdfua_says(path) == []
    assert qpdf_says(path) == ""


@pytest.mark.slow
def test_it_is_heard_in_the_order_of_its_page() -> None:
    report = replace(a_snapshot(), issue=1)
    document = Document(easy_read_pdf(report))
    assert words_heard(document) == words_of_page(printed_easy(report)[0], document)
