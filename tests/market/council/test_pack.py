"""The evidence pack and the committee's figures: counted from audits that were really planned, visited and issued."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from quality.audits.lifecycle import MoveName, State
from quality.core.clock import supposing, today
from quality.market.council.committee import committee_paper
from quality.market.council.pack import EvidencePack, evidence_pack
from quality.scoring import AnswerValue
from quality.services.models import Edition, LocalAuthority
from tests.builders.audits import an_audit, go
from tests.builders.editions import an_edition_that_says, days_ago, noon
from tests.builders.people import a_council
from tests.builders.register import an_edition, change
from tests.builders.services import a_service
from tests.databases import Database
from tests.market.council.builders import an_issued_audit

LOW: dict[str, Any] = {"everything": AnswerValue.PARTLY, "findings": ({"code": "3.3.1"},)}


@pytest.fixture
def council(session: Database) -> LocalAuthority:
    return a_council(session)


@pytest.fixture
def edition(session: Database) -> Edition:
    """CQC's first file, of three years ago."""
    return an_edition(session, days_ago(1100))


def _parts(pack: EvidencePack, key: str) -> dict[str, str]:
    return {part.words: part.value_words for part in pack.figure(key).parts}


def _value(pack: EvidencePack, key: str) -> tuple[int | None, int | None]:
    return pack.figure(key).k, pack.figure(key).n


def test_coverage_counts_each_registered_service_once(
    session: Database, council: LocalAuthority, edition: Edition
) -> None:
    services = [a_service(session, council, edition=edition) for _ in range(5)]
    change(session, services[3], is_dormant=True)
    change(session, services[4], ended_on=days_ago(1))
    an_issued_audit(session, council, services[0], days_ago(300))
    an_issued_audit(session, council, services[0], days_ago(10))
    an_issued_audit(session, council, services[1], days_ago(500))
    an_issued_audit(session, council, services[4], days_ago(20))
    pack = evidence_pack(council.id, today())
    assert _value(pack, "covered-12-months") == (1, 3)
    assert _value(pack, "covered-24-months") == (2, 3)
    assert [row.cells[0] for row in pack.figure("not-audited").rows] == [services[2].name]
    assert "1 audited service is no longer registered" in pack.figure("covered-12-months").rule
    assert _parts(pack, "coverage-by-kind") == {"Residential social care": "2 of 3 (66.7%)"}


def test_done_against_plan_is_told_as_it_was_on_the_day(
    session: Database, council: LocalAuthority, edition: Edition
) -> None:
    with supposing(noon(days_ago(60))):
        in_time = an_audit(session, at=State.PLANNED, council=council)
        late = an_audit(session, at=State.PLANNED, council=council)
        an_audit(session, at=State.ABANDONED, council=council)
        an_audit(session, at=State.PLANNED, council=council)
    for audit, ago in ((in_time, 58), (late, 40)):
        with supposing(noon(days_ago(ago))):
            go(audit, MoveName.START_VISIT, audit.lead)
    then = evidence_pack(council.id, days_ago(59))
    assert _value(then, "against-plan") == (0, 4)
    pack = evidence_pack(council.id, today())
    assert _value(pack, "against-plan") == (2, 4)
    assert _parts(pack, "against-plan") == {
        "Begun by the last planned day": "1 of 4 (25%)",
        "Begun later than planned": "1 of 4 (25%)",
        "Abandoned before a visit": "1 of 4 (25%)",
        "Not begun yet": "1 of 4 (25%)",
        "Routine programme: begun": "2 of 4 (50%)",
    }
    plan = pack.figure("against-plan")
    assert plan.chosen.startswith("Of 4 audits, 4 were chosen by the routine programme; 0 were announced.")


def test_days_of_each_stage_come_from_the_history(
    session: Database, council: LocalAuthority, edition: Edition
) -> None:
    for on, visited in ((20, 24), (10, 20)):
        an_issued_audit(
            session,
            council,
            a_service(session, council, edition=edition),
            days_ago(on),
            visited=days_ago(visited),
        )
    parts = _parts(evidence_pack(council.id, today()), "stages")
    assert parts["Review, with what was returned"] == "7 days, 4 to 10 (2 audits)"
    assert parts["Returned to the officer at least once"] == "0 of 2 (0%)"


def test_what_became_of_services_audited_below_the_line(
    session: Database, council: LocalAuthority, edition: Edition
) -> None:
    services = [a_service(session, council, edition=edition) for _ in range(4)]
    for service in services:
        an_issued_audit(session, council, service, days_ago(300), **LOW)
    an_issued_audit(session, council, services[0], days_ago(50))
    an_edition_that_says(services[1], days_ago(40), {"Overall": ("Good", days_ago(60))})
    an_edition_that_says(services[2], days_ago(40), {"Overall": ("Good", days_ago(600))})
    pack = evidence_pack(council.id, today())
    assert _value(pack, "supported") == (2, 4)
    assert _parts(pack, "supported") == {
        "Audited again, and at or above our line": "1 of 1 (100%)",
        "Rated by CQC since, and Good or Outstanding": "1 of 1 (100%)",
        "Neither audited nor rated since": "2 of 4 (50%)",
        "No longer registered in our area": "0 of 4 (0%)",
    }


def test_what_the_product_does_not_hold_is_left_out_and_said_so(
    session: Database, council: LocalAuthority, edition: Edition
) -> None:
    pack = evidence_pack(council.id, today())
    assert [one.title for one in pack.left_out][:2] == [
        "Action plans closed and validated",
        "Provider feedback",
    ]
    assert not [figure for figure in pack.figures if figure.key == "coverage-by-deprivation"]
    assert "Coverage by deprivation" in [one.title for one in pack.left_out]


def test_every_figure_has_a_rule_and_every_row_as_many_cells_as_headings(
    session: Database, council: LocalAuthority, edition: Edition
) -> None:
    service = a_service(session, council, edition=edition)
    an_issued_audit(session, council, service, days_ago(100), **LOW)
    an_edition_that_says(service, days_ago(40), {"Overall": ("Requires improvement", days_ago(60))})
    figures = evidence_pack(council.id, today()).figures
    assert len({figure.key for figure in figures}) == len(figures)
    for figure in figures:
        assert figure.rule
        assert figure.value_words or figure.parts
        assert all(len(row.cells) == len(figure.headings) for row in figure.rows), figure.key


def test_the_committee_sees_the_year_beside_the_year_before_and_the_same_services(
    session: Database, council: LocalAuthority, edition: Edition
) -> None:
    services = [a_service(session, council, edition=edition) for _ in range(4)]
    an_issued_audit(session, council, services[0], days_ago(500), **LOW)
    an_issued_audit(session, council, services[1], days_ago(500))
    an_issued_audit(session, council, services[2], days_ago(500))
    for service in services[:2]:
        an_issued_audit(session, council, service, days_ago(30))
    paper = committee_paper(council.id, today())
    assert (paper.before.good, paper.before.judged) == (2, 3)
    assert (paper.now.good, paper.now.judged) == (2, 2)
    assert dict(paper.now.levels) == {"Strong": 2, "Sound": 0, "Needs work": 0, "Serious concern": 0}
    assert paper.paired is not None
    assert (paper.paired.n, paper.paired.before, paper.paired.after, paper.paired.went_up) == (2, 1, 2, 1)
    assert [(one.after.service, one.is_up) for one in paper.movers] == [
        (services[0].name, True),
        (services[1].name, None),
    ]
    assert paper.not_audited == (("Residential social care", 1, 4),)
    assert paper.before.ends + timedelta(days=1) == paper.now.begins


def test_a_committee_without_audits_has_a_paper_all_the_same(
    session: Database, council: LocalAuthority, edition: Edition
) -> None:
    paper = committee_paper(council.id, today())
    assert (paper.now.judged, paper.now.interval, paper.paired, paper.movers) == (0, None, None, ())
