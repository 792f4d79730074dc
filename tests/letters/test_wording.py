"""What the letters say, from plain facts."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.core.calendar import is_working_day
from quality.frameworks.definition import ServiceType
from quality.letters.after import MOST_FINDINGS
from quality.letters.building import letter_of, usual_day
from quality.letters.documents import documents_for
from quality.letters.kinds import LetterKind
from quality.reports.snapshot import FindingKind, count
from tests.builders.report_snapshots import a_large_snapshot, a_snapshot, a_tiny_snapshot
from tests.letters.letters import BY, ON, a_case, a_letter, an_outcome, words_of


def test_a_notification_says_when_who_and_what() -> None:
    said = words_of(a_letter(LetterKind.NOTIFICATION))
    for words in (
        "between Monday 13 July 2026 and Wednesday 15 July 2026",
        "Amara Okafor (Quality officer)",
        "Ruth Bellamy (Quality manager)",
        "People and their choices",
        "quality@northmere.example",
        "Larkfield Care Limited",
    ):
        assert words in said


def test_a_visit_of_one_day_is_no_span() -> None:
    case = a_case(planned_to=date(2026, 7, 13), others=())
    said = words_of(a_letter(LetterKind.NOTIFICATION, case))
    assert "planned for Monday 13 July 2026" in said
    assert "Also taking part" not in said


def test_without_a_contact_the_letter_names_who_signs() -> None:
    council = dataclasses.replace(a_case().council, contact="")
    assert "Amara Okafor, amara@northmere.example" in words_of(
        a_letter(LetterKind.NOTIFICATION, a_case(council=council))
    )


@pytest.mark.parametrize("kind", list(ServiceType))
def test_every_kind_of_service_is_asked_for_what_it_has(kind: ServiceType) -> None:
    wanted = {words for _, documents in documents_for(kind) for words in documents}
    assert all(documents for _, documents in documents_for(kind))
    assert any("nurses" in words for words in wanted) is (kind is ServiceType.CARE_HOME_NURSING)
    assert any("Calls" in words for words in wanted) is (
        kind in {ServiceType.HOMECARE, ServiceType.EXTRA_CARE}
    )
    assert sum("last four weeks" in words for words in wanted) == 1


def test_a_request_after_the_visit_thanks_for_it() -> None:
    case = a_case(visited_on=(date(2026, 6, 15), date(2026, 6, 16)))
    said = words_of(a_letter(LetterKind.DOCUMENT_REQUEST, case))
    assert "Thank you for your help on 15 and 16 June 2026" in said
    assert "6 July 2026" in said


def test_a_draft_goes_out_with_a_day_and_the_way_to_answer() -> None:
    letter = a_letter(LetterKind.DRAFT_COVER)
    assert "answer by 6 July 2026" in words_of(letter)
    assert letter.enclosed == ("Draft of the report of audit NMR-2026-0004",)


def test_an_outcome_tells_the_judgement_and_the_most_important_findings() -> None:
    report = a_snapshot()
    said = words_of(a_letter(LetterKind.OUTCOME))
    assert f"“{report.judgement.level.words}”" in said
    assert report.number in said
    for finding in report.findings_of(FindingKind.MUST_IMPROVE):
        assert finding.title in said
    for finding in report.findings_of(FindingKind.GOOD_PRACTICE):
        assert finding.title not in said
    for words in (*report.next_steps, *report.complaints):
        assert words in said


def test_an_outcome_without_findings_asks_for_nothing() -> None:
    said = words_of(a_letter(LetterKind.OUTCOME, found=an_outcome(a_tiny_snapshot())))
    assert "It records no separate findings." in said
    assert "The report asks for no improvement." in said
    assert "did not see enough" in said


def test_the_outcome_of_a_low_judgement_never_asks_for_nothing() -> None:
    said = words_of(a_letter(LetterKind.OUTCOME, found=an_outcome(a_snapshot(findings=()))))
    assert "asks for no improvement" not in said
    assert "It says what led to our judgement; please act on that." in said


def test_a_long_report_sends_the_reader_to_it() -> None:
    report = a_large_snapshot()
    must = report.findings_of(FindingKind.MUST_IMPROVE)
    letter = a_letter(LetterKind.OUTCOME, found=an_outcome(report))
    (table,) = [part.table for part in letter.parts if part.table]
    assert len(must) > MOST_FINDINGS == len(table.rows)
    assert f"The report names {len(must) - MOST_FINDINGS} more such finding" in words_of(letter)


@given(st.lists(st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)), min_size=1, max_size=6))
def test_a_reminder_lists_every_day_once_in_order_and_says_which_passed(days: list[date | None]) -> None:
    report = a_snapshot()
    first = report.findings[0]
    findings = tuple(
        dataclasses.replace(first, title=f"Number {i}", by_when=day) for i, day in enumerate(days)
    )
    changed = dataclasses.replace(
        report,
        findings=findings,
        manifest=count(
            audit=report.audit,
            cqc=report.cqc,
            domains=report.domains,
            findings=findings,
            photographs=report.photographs,
            responses=report.responses,
            plan=report.plan,
        ),
    )
    letter = a_letter(LetterKind.PLAN_REMINDER, found=an_outcome(changed))
    (table,) = [part.table for part in letter.parts if part.table]
    dated = sorted((day, i) for i, day in enumerate(days) if day)
    assert [row[0] for row in table.rows] == [f"Finding {i + 1}" for _, i in dated]
    assert [row[2].endswith("has passed") for row in table.rows] == [day < ON for day, _ in dated]


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(list(LetterKind)))
def test_the_usual_day_to_answer_by_never_lies_in_the_past(today: date, kind: LetterKind) -> None:
    day = usual_day(kind, a_case(), an_outcome(), today)
    assert day >= today
    if kind is LetterKind.DRAFT_COVER:
        assert day > today
        assert is_working_day(day)


def test_documents_are_wanted_before_the_visit() -> None:
    assert usual_day(LetterKind.DOCUMENT_REQUEST, a_case(), None, ON) == date(2026, 7, 10)


def test_nothing_is_told_of_a_report_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no issued report"):
        letter_of(LetterKind.OUTCOME, a_case(), None, on=ON, by=BY)
