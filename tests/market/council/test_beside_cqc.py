"""The council beside CQC: two scales, each with its own day, and where they fall on the same side of their lines."""

from __future__ import annotations

import pytest

from quality.core.clock import today
from quality.cqc import RatingWord
from quality.market.council.beside_cqc import Verdict, beside_cqc
from quality.market.council.rule import AT_LEAST_GOOD
from quality.scoring import AnswerValue
from quality.services.models import LocalAuthority, Service
from tests.builders.editions import an_edition_that_says, days_ago
from tests.builders.people import a_council
from tests.builders.services import a_service
from tests.databases import Database
from tests.market.council.builders import LEVELS, an_issued_audit


@pytest.fixture
def council(session: Database) -> LocalAuthority:
    return a_council(session)


def _rated(session: Database, council: LocalAuthority, word: str, **domains: str) -> Service:
    service = a_service(session, council)
    said = {"Overall": (word, days_ago(500)), **{name: (one, days_ago(500)) for name, one in domains.items()}}
    an_edition_that_says(service, days_ago(400), said)
    return service


def test_the_lines_are_data_and_a_framework_without_one_is_not_compared() -> None:
    assert AT_LEAST_GOOD.good_rank("provider-quality", LEVELS) == 1
    assert AT_LEAST_GOOD.good_rank("another-framework", LEVELS) is None
    assert AT_LEAST_GOOD.is_good(RatingWord.REQUIRES_IMPROVEMENT) is False
    assert AT_LEAST_GOOD.is_good(RatingWord.NOT_RATED) is None


def test_two_sides_agree_or_differ_by_their_own_lines(session: Database, council: LocalAuthority) -> None:
    wanted = {
        ("Good", AnswerValue.MET): Verdict.BOTH_GOOD,
        ("Inadequate", AnswerValue.PARTLY): Verdict.BOTH_BELOW,
        ("Outstanding", AnswerValue.PARTLY): Verdict.COUNCIL_LOWER,
        ("Requires improvement", AnswerValue.MET): Verdict.CQC_LOWER,
    }
    services = {}
    for (word, answers), verdict in wanted.items():
        service = _rated(session, council, word)
        an_issued_audit(
            session, council, service, days_ago(9), everything=answers, findings=_all_critical(answers)
        )
        services[service.id] = verdict
    unrated = a_service(session, council)
    an_issued_audit(session, council, unrated, days_ago(9))
    services[unrated.id] = Verdict.NOT_COMPARED
    found = beside_cqc(council.id, today())
    assert {one.audit.service_id: one.overall.verdict for one in found.services} == services
    overall = found.elements[0]
    assert (overall.now.agreed, overall.now.n, overall.not_compared) == (2, 4, 1)
    assert overall.now.interval is not None
    assert 0.15 < overall.now.interval.low < 0.151  # Wilson's interval of 2 of 4.


def test_cqcs_rating_at_the_visit_is_the_pinned_one_and_the_later_one_stands_beside(
    session: Database, council: LocalAuthority
) -> None:
    service = _rated(session, council, "Good")
    an_issued_audit(session, council, service, days_ago(50), visited=days_ago(60))
    an_edition_that_says(service, days_ago(20), {"Overall": ("Inadequate", days_ago(30))})
    [before] = beside_cqc(council.id, days_ago(25)).services
    [now] = beside_cqc(council.id, today()).services
    assert (before.overall.then.word, before.overall.now.word) == (RatingWord.GOOD, RatingWord.GOOD)
    assert (now.overall.then.word, now.overall.now.word) == (RatingWord.GOOD, RatingWord.INADEQUATE)
    assert (now.overall.verdict_then, now.overall.verdict) == (Verdict.BOTH_GOOD, Verdict.CQC_LOWER)
    assert now.overall.now.on == days_ago(30)


def test_a_key_question_stands_beside_the_lowest_standard_that_speaks_to_it(
    session: Database, council: LocalAuthority
) -> None:
    service = _rated(session, council, "Good", Safe="Good", Caring="Good")
    low = {f"q3_4_{number}": AnswerValue.PARTLY for number in range(1, 9)}
    an_issued_audit(
        session, council, service, days_ago(9), answers=low, findings=({"code": "3.4"}, *_of("3.4"))
    )
    [one] = beside_cqc(council.id, today()).services
    sides = {side.element: side for side in one.sides}
    assert sides["Safe"].verdict is Verdict.COUNCIL_LOWER
    assert sides["Caring"].verdict is Verdict.BOTH_GOOD
    assert sides["Effective"].verdict is Verdict.NOT_COMPARED


def test_a_service_that_cqc_rates_by_service_is_not_compared_overall(
    session: Database, council: LocalAuthority
) -> None:
    service = a_service(session, council)
    an_edition_that_says(service, days_ago(400), {"Overall": ("Not Rated", None)})
    an_issued_audit(session, council, service, days_ago(9))
    [one] = beside_cqc(council.id, today()).services
    assert one.overall.verdict is Verdict.NOT_COMPARED
    assert one.overall.now.words == "Not rated"


def _all_critical(answers: AnswerValue) -> tuple[dict[str, str], ...]:
    return () if answers is AnswerValue.MET else ({"code": "3.3.1"},)


def _of(standard: str) -> tuple[dict[str, str], ...]:
    return tuple({"code": f"{standard}.{number}"} for number in (1, 2))
