"""Who was concerned first, told from plain data."""

from __future__ import annotations

from datetime import date

from quality.cqc import RatingWord
from quality.market.council.concerns import First, concerns_of
from quality.market.council.issued import IssuedAudit
from quality.market.council.spells import spans
from quality.market.council.told import History, Published
from tests.market.council.builders import a_plain_audit

GOOD, LOW = RatingWord.GOOD, RatingWord.REQUIRES_IMPROVEMENT


def _history(*told: tuple[RatingWord, date], service_id: int = 1) -> History:
    return {(service_id, "Overall"): [Published(word, on, True) for word, on in told]}


def _firsts(audits: tuple[IssuedAudit, ...], history: History) -> list[tuple[First, int | None]]:
    return [(one.first, one.days) for one in concerns_of(audits, history).found]


def test_the_council_is_first_where_its_report_came_before_cqcs_rating() -> None:
    audits = (a_plain_audit(date(2025, 3, 1), "Needs work"),)
    history = _history((GOOD, date(2020, 1, 1)), (LOW, date(2025, 6, 9)))
    assert _firsts(audits, history) == [(First.COUNCIL, 100)]


def test_cqc_is_first_where_its_rating_stood_when_the_report_came() -> None:
    audits = (a_plain_audit(date(2025, 3, 1), "Serious concern"),)
    assert _firsts(audits, _history((LOW, date(2025, 2, 19)))) == [(First.CQC, 10)]


def test_the_same_day_is_nobodys_lead() -> None:
    audits = (a_plain_audit(date(2025, 3, 1), "Needs work"),)
    assert _firsts(audits, _history((LOW, date(2025, 3, 1)))) == [(First.SAME_DAY, 0)]


def test_a_concern_that_a_later_audit_ended_before_cqc_rated_is_only_the_councils() -> None:
    audits = (a_plain_audit(date(2025, 1, 1), "Needs work"), a_plain_audit(date(2025, 5, 1), "Sound"))
    assert _firsts(audits, _history((LOW, date(2025, 6, 1)))) == [
        (First.CQC_ONLY, None),
        (First.COUNCIL_ONLY, None),
    ]


def test_a_concern_of_cqcs_that_was_over_before_the_first_report_is_left_out() -> None:
    audits = (a_plain_audit(date(2025, 1, 1), "Strong"),)
    assert _firsts(audits, _history((LOW, date(2020, 1, 1)), (GOOD, date(2021, 1, 1)))) == []


def test_two_reports_within_one_time_of_cqcs_are_one_concern() -> None:
    audits = (
        a_plain_audit(date(2025, 2, 1), "Needs work"),
        a_plain_audit(date(2025, 4, 1), "Sound"),
        a_plain_audit(date(2025, 8, 1), "Needs work"),
    )
    assert _firsts(audits, _history((LOW, date(2025, 1, 2)))) == [(First.CQC, 30)]


def test_cqc_ceases_to_be_concerned_where_it_no_longer_rates_the_whole() -> None:
    audits = (a_plain_audit(date(2025, 3, 1), "Needs work"),)
    history = _history((LOW, date(2024, 1, 1)), (RatingWord.NOT_RATED, date(2025, 2, 1)))
    assert _firsts(audits, history) == [(First.COUNCIL_ONLY, None)]


def test_an_audit_without_a_judgement_changes_nothing() -> None:
    audits = (a_plain_audit(date(2025, 1, 1), "Needs work"), a_plain_audit(date(2025, 3, 1), None))
    assert _firsts(audits, _history((LOW, date(2025, 1, 31)))) == [(First.COUNCIL, 30)]


def test_the_days_are_told_by_the_middle_one_and_the_range() -> None:
    audits = tuple(a_plain_audit(date(2025, 1, 1), "Needs work", service_id=number) for number in (1, 2, 3))
    history: History = {}
    for number, day in ((1, 11), (2, 21), (3, 31)):
        history |= _history((LOW, date(2025, 1, day)), service_id=number)
    found = concerns_of(audits, history)
    assert (len(found.of("council")), found.of_both) == (3, 3)
    assert found.days_words("council") == "by 20 days in the middle, 10 to 30"
    assert found.days_words("cqc") == ""


def test_a_spell_goes_on_until_something_says_otherwise() -> None:
    steps = [(date(2025, 1, 1), True, "a"), (date(2025, 2, 1), None, "b"), (date(2025, 3, 1), True, "c")]
    [one] = spans(steps)
    assert (one.begin, one.end, one.began_with) == (date(2025, 1, 1), None, "a")
