"""The council's own findings by what improvement needs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quality.audits.models import ChosenBecause
from quality.core.clock import today
from quality.core.errors import Refused
from quality.findings.models import FindingKind
from quality.market.council.improvement import Improvement, Places, improvement_of
from quality.market.council.lines import Line, find_line
from quality.scoring import AnswerValue
from quality.services.models import LocalAuthority
from tests.builders.editions import days_ago
from tests.builders.findings import an_audit_in_review
from tests.builders.people import a_council
from tests.builders.services import a_provider, a_service
from tests.databases import Database
from tests.market.council.builders import an_issued_audit

GOOD_PRACTICE = {"kind": FindingKind.GOOD_PRACTICE, "must_happen": "", "by_when": None}


@pytest.fixture
def council(session: Database) -> LocalAuthority:
    return a_council(session)


def _line(lines: tuple[Line, ...], key: str) -> tuple[int, int]:
    line = find_line(lines, key)
    return line.k, line.n


def test_a_finding_stands_where_its_question_does_and_counts_of_all_audits_that_asked(
    session: Database, council: LocalAuthority
) -> None:
    # Question 1.1.1 speaks to culture and to Caring, by the framework's crosswalk.
    first = an_issued_audit(
        session, council, a_service(session, council), days_ago(20), findings=({"code": "1.1.1"},)
    )
    an_issued_audit(session, council, a_service(session, council), days_ago(10))
    found = improvement_of(council.id, today())
    assert _line(found.elements, "culture") == (1, 2)
    assert _line(found.elements, "skills") == (0, 2)
    assert _line(found.key_questions, "caring") == (1, 2)
    [standard] = [line for line in found.standards if line.k]
    assert standard.title == "1.1 Dignity, respect and fairness"
    assert standard.audits == (first.id,)
    assert find_line(found.elements, "culture").share == "50%"


def test_a_finding_about_a_whole_standard_counts_by_standard_alone(
    session: Database, council: LocalAuthority
) -> None:
    an_issued_audit(session, council, a_service(session, council), days_ago(5), findings=({"code": "1.1"},))
    found = improvement_of(council.id, today())
    assert sum(line.k for line in found.standards) == 1
    assert sum(line.k for line in found.elements) == 0


def test_good_practice_is_told_and_is_no_finding_that_asks_for_improvement(
    session: Database, council: LocalAuthority
) -> None:
    an_issued_audit(
        session,
        council,
        a_service(session, council),
        days_ago(5),
        findings=({"code": "1.1.1", **GOOD_PRACTICE}, {"code": "3.3.1", "kind": FindingKind.SHOULD_IMPROVE}),
    )
    found = improvement_of(council.id, today())
    culture = find_line(found.elements, "culture")
    assert (culture.k, culture.number("good_practice"), culture.number("must_improve")) == (0, 1, 0)
    assert [(theme.title[:3], theme.kind, theme.k, theme.n) for theme in found.themes] == [
        ("3.3", FindingKind.SHOULD_IMPROVE, 1, 1),
        ("1.1", FindingKind.GOOD_PRACTICE, 1, 1),
    ]


def test_only_what_was_issued_by_the_day_counts_and_only_ones_own(
    session: Database, council: LocalAuthority
) -> None:
    an_issued_audit(session, council, a_service(session, council), days_ago(30), visited=days_ago(40))
    an_audit_in_review(session, council=council)
    other = a_council(session, "Southmere", "SMR")
    an_issued_audit(session, other, a_service(session, other), days_ago(30))
    assert [len(improvement_of(council.id, days_ago(ago)).held.audits) for ago in (31, 30, 0)] == [0, 1, 1]
    assert len(improvement_of(other.id, today()).held.audits) == 1


def test_how_audits_were_chosen_is_said_beside_the_figures(
    session: Database, council: LocalAuthority
) -> None:
    for reason, announced in (
        (ChosenBecause.PROGRAMME, True),
        (ChosenBecause.CONCERN, False),
        (ChosenBecause.CONCERN, False),
    ):
        service = a_service(session, council)
        an_issued_audit(session, council, service, days_ago(5), chosen_because=reason, announced=announced)
    found = improvement_of(council.id, today())
    assert found.selection.words == (
        "Of 3 audits, 2 were chosen because of a concern or safeguarding and 1 by the routine programme; 1 was "
        "announced. This is not a sample of the market: it tells of the services that were audited, and of no others."
    )
    first = found.held.audits[0]
    assert found.chosen((first.id,)).counts == "1 routine programme; 1 announced"


def test_critical_questions_partly_or_not_met_are_told_with_their_audits(
    session: Database, council: LocalAuthority
) -> None:
    audit = an_issued_audit(
        session,
        council,
        a_service(session, council),
        days_ago(5),
        answers={"q3_3_1": AnswerValue.NOT_MET},
        findings=({"code": "3.3.1"},),
    )
    an_issued_audit(session, council, a_service(session, council), days_ago(5))
    [one] = improvement_of(council.id, today()).critical
    assert (one.question.code, one.k, one.n, one.not_met, one.audits) == ("3.3.1", 1, 2, 1, (audit.id,))


def test_a_question_below_met_in_two_services_of_a_provider_recurs(
    session: Database, council: LocalAuthority
) -> None:
    provider = a_provider(session, name="Sister Care Limited")
    for value in (AnswerValue.MOSTLY, AnswerValue.NOT_MET, AnswerValue.MET):
        service = a_service(session, council, provider=provider)
        answers, findings = {"q3_3_1": value}, ({"code": "3.3.1"},)
        an_issued_audit(session, council, service, days_ago(5), answers=answers, findings=findings)
    an_issued_audit(
        session, council, a_service(session, council), days_ago(5), answers={"q3_3_1": AnswerValue.PARTLY}
    )
    [one] = improvement_of(council.id, today()).sisters
    assert (one.owner_kind, one.owner, one.question.code) == ("provider", "Sister Care Limited", "3.3.1")
    assert (one.k, one.n, one.low) == (2, 3, 1)
    assert [value for _, value in one.audits] == [AnswerValue.NOT_MET, AnswerValue.MOSTLY]


def test_a_brand_is_told_where_its_services_belong_to_several_providers(
    session: Database, council: LocalAuthority
) -> None:
    for _ in range(2):
        provider = a_provider(session)
        provider.brand_id, provider.brand_name = "BD1", "Northmere Homes"
        service = a_service(session, council, provider=provider)
        an_issued_audit(session, council, service, days_ago(5), answers={"q3_3_1": AnswerValue.PARTLY})
    [one] = improvement_of(council.id, today()).sisters
    assert (one.owner_kind, one.owner, one.k, one.n) == ("brand", "Northmere Homes", 2, 2)


def test_what_is_below_met_again_at_the_next_audit_is_a_repeat(
    session: Database, council: LocalAuthority
) -> None:
    service = a_service(session, council)
    low, mostly = AnswerValue.PARTLY, AnswerValue.MOSTLY
    an_issued_audit(session, council, service, days_ago(200), answers={"q3_3_1": low, "q1_1_1": low})
    an_issued_audit(session, council, service, days_ago(5), answers={"q3_3_1": mostly, "q2_2_1": low})
    repeats = improvement_of(council.id, today()).repeats
    assert (repeats.k, repeats.n) == (1, 2)
    assert (repeats.found[0].question.code, repeats.found[0].values) == ("3.3.1", (low, mostly))


def test_quarters_go_by_the_day_of_the_visit(session: Database, council: LocalAuthority) -> None:
    for visited in (date(2026, 3, 31), date(2026, 4, 1)):
        service = a_service(session, council)
        an_issued_audit(session, council, service, visited + timedelta(days=30), visited=visited)
    quarters = improvement_of(council.id, today()).quarters
    assert [(one.whole.title, one.whole.n) for one in quarters] == [
        ("January to March 2026", 1),
        ("April to June 2026", 1),
    ]


def test_places_are_told_where_they_are_known_and_left_out_where_nobody_knows(
    session: Database, council: LocalAuthority
) -> None:
    known, unknown = a_service(session, council), a_service(session, council)
    for service in (known, unknown):
        an_issued_audit(session, council, service, days_ago(5), findings=({"code": "1.1.1"},))
    found: Improvement = improvement_of(council.id, today(), Places(district={known.id: "Saltby"}))
    assert found.districts is not None
    assert [(line.title, line.k, line.n) for line in found.districts] == [
        ("Saltby", 1, 1),
        ("Not known", 1, 1),
    ]
    assert found.deprivation is None


def test_a_line_that_does_not_exist_is_refused_in_a_sentence(
    session: Database, council: LocalAuthority
) -> None:
    with pytest.raises(Refused, match="no such line"):
        find_line(improvement_of(council.id, today()).elements, "weather")
