"""The questions of a report are counted so that its score can be reckoned again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bs4 import BeautifulSoup
from hypothesis import given, settings

from quality.reports.counting import answers_given, weights_in_words
from quality.reports.render import report_body
from quality.reports.snapshot import Answer, FindingKind, Snapshot
from quality.reports.wording import how_to_check, next_steps
from tests.builders.report_findings import findings
from tests.builders.report_snapshots import a_snapshot, a_tiny_snapshot
from tests.reports.test_snapshot import SNAPSHOTS


def _with(first: Answer) -> Snapshot:
    """The usual report with another first answer."""
    domain, *rest = a_snapshot().domains
    standard, *others = domain.standards
    standard = replace(standard, answers=(first, *standard.answers[1:]))
    return a_snapshot(domains=(replace(domain, standards=(standard, *others)), *rest))


def _first() -> Answer:
    return a_snapshot().domains[0].standards[0].answers[0]


def test_each_answer_of_the_scale_is_counted_with_its_weight() -> None:
    rows = [(row.words, row.number, row.weight) for row in answers_given(a_snapshot())]
    assert rows == [
        ("Met", 8, 16),
        ("Mostly met", 2, 4),
        ("Partly met", 3, 6),
        ("Not met", 1, 2),
        ("Not seen today", 2, 4),
        ("Does not apply", 1, 2),
        ("All questions", 17, 34),
    ]


def test_what_is_not_on_the_scale_is_counted_too() -> None:
    rows = {row.words: row.number for row in answers_given(_with(replace(_first(), answer="Not answered")))}
    assert (rows["Met"], rows["Not answered"], rows["All questions"]) == (7, 1, 17)


@settings(deadline=None)
@given(SNAPSHOTS)
def test_the_rows_of_any_report_add_up_to_its_answers(report: Snapshot) -> None:
    *rows, together = answers_given(report)
    assert sum(row.number for row in rows) == together.number == report.manifest.answers


def test_the_question_set_is_told_by_weight() -> None:
    assert weights_in_words(_with(replace(_first(), weight=3))) == (
        "The question set for this service has 16 questions of weight 2 and 1 question of weight 3.",
        "1 of them is critical. The weight of each stands beside its answer, at the end.",
    )


def test_a_report_that_does_not_say_each_weight_claims_none() -> None:
    report = _with(replace(_first(), weight=None))
    assert weights_in_words(report) == ()
    assert answers_given(report)[-1].weight is None
    assert weights_in_words(a_tiny_snapshot()) == ()


def test_how_to_check_a_report_is_said_and_that_a_draft_cannot_be() -> None:
    issued = BeautifulSoup(report_body(a_snapshot()), "html.parser").get_text()
    draft = BeautifulSoup(
        report_body(a_snapshot(approved_by=None, approved_at=None)), "html.parser"
    ).get_text()
    assert "Open the page “Check a report” on the council’s quality service" in issued
    assert "It was never issued, so checking it always answers “unknown”." in draft
    assert "give it the PDF" not in draft
    assert "http" not in " ".join(how_to_check(is_draft=False)), "No address is made up."


def test_the_overall_judgement_is_traced_from_its_parts() -> None:
    page = BeautifulSoup(report_body(a_snapshot()), "html.parser")
    (table,) = (table for table in page.find_all("table") if "What the parts came to" in table.get_text())
    rows = [row.get_text(" ", strip=True) for row in table.find_all("tr")]
    assert rows[1:] == [
        "Care around the person 12 of 12 by weight (100%) 86% Sound",
        "Safety 12 of 12 by weight (100%) 52% Needs work",
        "Running the service 12 of 12 by weight (100%) 81% Sound",
        "All together 33 of 36 by weight (92%) 74% Needs work",
    ]


def test_next_steps_name_a_date_only_where_there_is_one() -> None:
    must = [finding for finding in findings() if finding.required and finding.by_when]
    assert next_steps(must[:1])[0].endswith(", by 31 July 2026.")
    undated = next_steps([replace(must[1], by_when=None)])
    assert undated[0] in (
        "The provider puts right 1 thing that must improve.",
        "The provider improves 1 thing where improvement is needed.",
    )
    assert not any("date" in step or ", by " in step for step in undated)
    assert not any("finding" in step for step in next_steps(()))


def test_next_steps_say_which_dates_are_meant() -> None:
    one = next(finding for finding in findings() if finding.kind is FindingKind.MUST_IMPROVE)
    first, last = (replace(one, by_when=date(2026, 6, day)) for day in (1, 30))
    assert (
        next_steps([first, first])[0] == "The provider puts right 2 things that must improve, by 1 June 2026."
    )
    assert next_steps([last, first])[0].endswith(
        "each by its date: the first is 1 June 2026, the last 30 June 2026."
    )
    assert next_steps([first, replace(one, by_when=None)])[0].endswith(", those with a date by 1 June 2026.")
    should = replace(first, kind=FindingKind.IMPROVEMENT_NEEDED)
    assert (
        next_steps([should])[0]
        == "The provider improves 1 thing where improvement is needed, by 1 June 2026."
    )
