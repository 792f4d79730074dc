"""What may not be compared between two days is refused with the reason, and what may be is still told."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from quality.market.areas.finding import find_area
from quality.market.figures.away import Away
from quality.market.figures.basis import Basis
from quality.market.figures.gathering import market
from quality.market.figures.movements import Change, Moved, Movements, movements
from quality.market.figures.rules import find_rule
from quality.market.figures.scopes import Kind, Scope
from quality.market.figures.trend import breaks_between, series_of
from quality.ratings.comparability import CQC_2014, CQC_SAF
from quality.ratings.framework_models import Comparability, ComparabilityStatus, RatingElement
from quality.services.models import Service
from tests.builders.registers import load_deactivated, load_register, load_rows
from tests.databases import Database
from tests.market.figures.test_rules import Line, home, registered

FIRST, LAST = date(2025, 6, 30), date(2026, 6, 30)
GROUP = "Service / Population Group"


def changed(
    since: date = FIRST, *, area: str = "Northmere", rule: str = "rated", kind: Kind = Kind.ALL
) -> Movements:
    """What changed in an area up to the last day."""
    return movements(market(), find_area(area, LAST), since, Basis(LAST, Scope(kind), find_rule(rule)))


def moved(session: Database, found: Movements) -> dict[int, Moved]:
    """Those that moved, by the last figure of their id."""
    ids = dict(session.execute(select(Service.id, Service.cqc_id)).all())
    return {int(ids[one.service_id][-1]): one for one in found.moved}


def test_a_rating_of_the_whole_is_not_compared_with_one_of_a_service_group(session: Database) -> None:
    groups = [
        home(1, Latest_Rating="Not Rated", Publication_Date=""),
        {**home(1, Latest_Rating="Requires improvement", Publication_Date="01/03/2026"), GROUP: "Homecare"},
    ]
    load_rows([home(1), home(2), home(3, Latest_Rating="Inadequate")], as_at=FIRST)
    load_rows([*groups, home(2), home(3, Publication_Date="02/03/2026")], as_at=LAST)
    found = changed(rule="worst-service")
    told = moved(session, found)
    assert told[1].change is Change.NOT_COMPARED
    assert told[1].verdict is not None
    assert "of a single kind of service" in told[1].verdict.reason
    assert told[3].change is Change.UP
    assert not found.refused
    assert found.same_services is not None
    assert (found.same_services.n, found.same_services.before, found.same_services.after) == (2, 1, 2)
    assert found.contributions is not None
    parts = {part.group.value: (part.services, part.good) for part in found.contributions.parts}
    assert (parts["went down"][0], parts["came in"], parts["went out"]) == (0, (1, 0), (1, 1))
    assert sum(part.points for part in found.contributions.parts) == found.contributions.change


def test_ratings_on_both_sides_of_a_new_framework_are_compared_with_caution(session: Database) -> None:
    since = date(2023, 6, 30)
    load_rows([home(1, Publication_Date="01/03/2022"), home(2, Publication_Date="01/03/2022")], as_at=since)
    load_rows(
        [
            home(1, Latest_Rating="Inadequate", Publication_Date="01/05/2025"),
            home(2, Publication_Date="01/03/2022"),
        ],
        as_at=LAST,
    )
    found = changed(since)
    told = moved(session, found)
    assert list(told) == [1], "One that has the same rating still has nothing to be compared."
    assert told[1].change is Change.DOWN
    assert told[1].verdict is not None
    assert told[1].verdict.status is ComparabilityStatus.WITH_CAUTION
    assert list(found.said.values()) == [1]


def test_a_rating_without_a_date_is_not_compared_with_another(session: Database) -> None:
    load_rows([home(1), home(2, Publication_Date="")], as_at=FIRST)
    worse = {"Latest_Rating": "Inadequate", "Publication_Date": ""}
    load_rows([home(1, **worse), home(2, Publication_Date="")], as_at=LAST)
    told = moved(session, changed())
    assert list(told) == [1]
    assert told[1].change is Change.NOT_COMPARED
    assert told[1].verdict is not None
    assert "no date of publication" in told[1].verdict.reason


def test_an_older_rating_that_came_back_is_compared_in_the_order_of_publication(session: Database) -> None:
    load_rows([home(1, Publication_Date="01/05/2025")], as_at=FIRST)
    load_rows([home(1, Latest_Rating="Inadequate", Publication_Date="01/03/2022")], as_at=LAST)
    told = moved(session, changed())
    assert told[1].change is Change.DOWN
    assert told[1].verdict is not None
    assert told[1].verdict.status is ComparabilityStatus.WITH_CAUTION


def test_where_frameworks_are_not_comparable_the_shares_are_refused_and_the_same_ratings_stay(
    session: Database,
) -> None:
    since = date(2023, 6, 30)
    load_rows([home(1, Publication_Date="01/03/2022"), home(2, Publication_Date="01/03/2022")], as_at=since)
    load_rows([home(1, Publication_Date="01/05/2025"), home(2, Publication_Date="01/03/2022")], as_at=LAST)
    assert not changed(since).refused

    def overall(framework: str) -> int:
        element = RatingElement.framework_code == framework, RatingElement.code == "overall"
        return session.scalars(select(RatingElement.id).where(*element)).one()

    session.execute(
        update(Comparability)
        .where(Comparability.earlier_id == overall(CQC_2014), Comparability.later_id == overall(CQC_SAF))
        .values(status=ComparabilityStatus.NOT_COMPARABLE, reason="Another thing is rated.")
    )
    found = changed(since)
    assert found.refused == "Another thing is rated."
    assert found.contributions is None
    assert {number: one.change for number, one in moved(session, found).items()} == {1: Change.NOT_COMPARED}
    assert found.same_services is not None
    assert found.same_services.n == 1


def test_shares_of_all_services_are_refused_across_the_first_register_and_of_rated_ones_not(
    session: Database,
) -> None:
    load_rows([home(1), home(2, Latest_Rating="Inadequate")], as_at=FIRST)
    load_register(date(2026, 1, 31), *(registered(number) for number in (1, 2, 3)))
    load_rows([home(1), home(2, Publication_Date="02/03/2026")], as_at=LAST)
    found = changed(rule="unrated-counted")
    assert "31 January 2026" in found.refused
    assert found.contributions is None
    assert Change.IN not in found.counts
    assert {number: one.change for number, one in moved(session, found).items()} == {2: Change.UP}
    assert found.same_services is not None
    assert not changed(rule="rated").refused
    assert not changed(date(2026, 1, 31), rule="unrated-counted").refused


def test_an_area_on_other_ground_is_refused_and_its_services_of_today_are_told_of(session: Database) -> None:
    """Dorset since April 2019 is not the county before it: Christchurch left."""
    since = date(2019, 3, 1)
    dorset: Line = {"Location Local Authority": "Dorset", "Location Region": "South West"}
    dated = {"Publication_Date": "01/03/2018"}
    load_rows([home(1, **dated) | dorset, home(2, Latest_Rating="Inadequate", **dated) | dorset], as_at=since)
    load_rows(
        [home(1, **dated) | dorset, home(2, Publication_Date="01/05/2025") | dorset, home(3) | dorset],
        as_at=LAST,
    )
    found = changed(since, area="Dorset")
    assert "not on the same ground" in found.refused
    assert found.contributions is None
    assert {number: one.change for number, one in moved(session, found).items()} == {2: Change.UP}
    assert found.same_services is not None
    assert (found.same_services.n, found.same_services.before, found.same_services.after) == (2, 1, 2)
    area = find_area("Dorset", LAST)
    assert [
        one.refused for one in breaks_between(area, since, LAST, find_rule("rated")) if one.day.year == 2019
    ] == [True]
    (series,) = series_of(market(), [area], [since, LAST], Basis(LAST))
    assert [bool(point.refused) for point in series.points] == [True, False]


def test_a_service_that_counts_under_another_category_says_from_which_to_which(session: Database) -> None:
    community: Line = {"Location Primary Inspection Category": "Community based adult social care services"}
    load_rows([home(1), home(2) | community, home(3)], as_at=FIRST)
    load_rows([home(1) | community, home(2), home(3)], as_at=LAST)
    told = moved(session, changed(kind=Kind.RESIDENTIAL))
    words = Kind.RESIDENTIAL.words, Kind.COMMUNITY.words
    assert [(one.change, one.fate, one.was, one.became) for one in (told[1], told[2])] == [
        (Change.OUT, Away.CATEGORY, *words),
        (Change.IN, Away.CATEGORY, *reversed(words)),
    ]
    assert told.keys() == {1, 2}


def test_a_home_that_gives_up_nursing_says_so(session: Database) -> None:
    nursing: Line = {
        "Service type - Care home service with nursing": "Y",
        "Service type - Care home service without nursing": "",
    }
    load_register(FIRST, registered(1) | nursing, registered(2) | nursing)
    load_register(LAST, registered(1), registered(2) | nursing)
    load_rows([home(1), home(2)], as_at=FIRST)
    (one,) = changed(kind=Kind.NURSING).moved
    assert (one.fate, one.was, one.became) == (Away.CATEGORY, Kind.NURSING.words, Kind.NO_NURSING.words)


@pytest.mark.parametrize(
    ("area", "fate"), [("Northmere", Away.UNREGISTERED), ("1-800000001", Away.UNREGISTERED)]
)
def test_a_service_that_closed_is_not_called_anything_else(session: Database, area: str, fate: Away) -> None:
    load_register(FIRST, registered(1), registered(2))
    load_rows([home(1), home(2)], as_at=FIRST)
    load_deactivated(LAST, registered(2), ended="30/06/2026")
    (one,) = changed(area=area).moved
    assert (one.change, one.fate, one.was) == (Change.OUT, fate, "")


def test_a_service_that_changed_hands_left_its_provider_and_not_its_area(session: Database) -> None:
    other: Line = {"Provider ID": "1-800000002", "Provider Name": "Other Care"}
    load_rows([home(1), home(2)], as_at=FIRST)
    load_rows([home(1) | other, home(2)], as_at=LAST)
    (one,) = changed(area="1-800000001").moved
    assert (one.change, one.fate) == (Change.OUT, Away.OWNER)
    assert not changed().moved
