"""Each rule, and each scope, on a market small enough to count by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quality.core.errors import Invalid
from quality.market.areas.finding import find_area
from quality.market.figures.basis import Basis
from quality.market.figures.counting import Fate
from quality.market.figures.gathering import market
from quality.market.figures.rules import RULES, find_rule
from quality.market.figures.scopes import Kind, Scope, find_kind
from quality.market.figures.share import Share
from quality.scoring.proportions import wilson
from quality.services.queries import find_service
from tests.builders.cqc_files import Cell
from tests.builders.cqc_files_headings import DUAL, PRIMARY
from tests.builders.people import a_council
from tests.builders.register import contracted
from tests.builders.registers import LARKFIELD, load_deactivated, load_register, load_rows
from tests.databases import Database

DAY = date(2026, 3, 14)
Line = dict[str, Cell]


def home(number: int, **facts: Cell) -> Line:
    """A home in Northmere with these facts of a register, or of a list of ratings, by heading."""
    return {
        "Location ID": f"1-9{number:08}",
        "Location Name": f"Invented House {number}",
        **{name.replace("_", " "): value for name, value in facts.items()},
    }


def registered(number: int, **facts: Cell) -> Line:
    """The same as a register has it."""
    return {**LARKFIELD, **home(number, **facts)}


def share(rule: str = "rated", kind: Kind = Kind.ALL, day: date = DAY, **scope: object) -> Share:
    """Northmere's share."""
    basis = Basis(day, Scope(kind, **scope), find_rule(rule))  # type: ignore[arg-type]
    return market().share(find_area("Northmere", day), basis)


def test_a_service_is_left_out_for_the_first_reason_that_holds(session: Database) -> None:
    dual: Line = {DUAL: "Dual Registration", PRIMARY: "1-900000001"}
    load_register(
        DAY,
        registered(1),
        registered(2, **{"Dormant (Y/N)": "Y"}) | dual,
        registered(3) | dual,
        registered(4),
    )
    load_rows([home(1), home(2, Latest_Rating="Not Rated"), home(3, Latest_Rating="Not Rated")], as_at=DAY)
    found = share()
    assert found.left_out == {Fate.DORMANT: 1, Fate.SECOND_REGISTRATION: 1, Fate.NOT_RATED: 1}
    assert (found.k, found.n, found.registered) == (1, 1, 4)


def test_a_second_registration_counts_once_the_first_has_closed(session: Database) -> None:
    dual: Line = {DUAL: "Dual Registration", PRIMARY: "1-900000001"}
    load_register(DAY, registered(1), registered(2) | dual)
    load_rows([home(1), home(2, Latest_Rating="Inadequate")], as_at=DAY)
    later = date(2026, 6, 30)
    load_deactivated(later, registered(1), ended="30/06/2026")
    assert [(one.k, one.n) for one in (share(), share(day=later))] == [(1, 1), (0, 1)]
    assert share().left_out == {Fate.SECOND_REGISTRATION: 1}
    assert share(day=later).left_out == {}


def test_a_second_registration_counts_while_the_first_is_dormant(session: Database) -> None:
    dual: Line = {DUAL: "Dual Registration", PRIMARY: "1-900000001"}
    later = date(2026, 6, 30)
    load_register(DAY, registered(1, **{"Dormant (Y/N)": "Y"}), registered(2) | dual)
    load_register(later, registered(1), registered(2) | dual)
    load_rows([home(1), home(2, Latest_Rating="Inadequate")], as_at=DAY)
    assert [(one.k, one.n) for one in (share(), share(day=later))] == [(0, 1), (1, 1)]
    assert share().left_out == {Fate.DORMANT: 1}
    assert share(day=later).left_out == {Fate.SECOND_REGISTRATION: 1}


def test_the_unrated_count_as_not_good_by_their_rule_and_never_make_n_smaller(session: Database) -> None:
    load_register(DAY, *(registered(number) for number in range(1, 5)))
    load_rows([home(1), home(2, Latest_Rating="Not Rated", Publication_Date="")], as_at=DAY)
    assert (share().k, share().n) == (1, 2 - 1)
    assert (share("unrated-counted").k, share("unrated-counted").n) == (1, 4)


@pytest.mark.parametrize(
    ("published", "fate"),
    [
        ("14/03/2023", None),
        ("13/03/2023", Fate.OLDER_THAN_THREE_YEARS),
        ("", Fate.NO_DATE),
    ],
)
def test_a_rating_is_fresh_up_to_and_with_its_third_birthday(
    session: Database, published: str, fate: Fate | None
) -> None:
    load_rows([home(1, Publication_Date=published)], as_at=DAY)
    found = share("fresh")
    assert found.left_out == ({fate: 1} if fate else {})
    assert found.n == (0 if fate else 1)
    assert share().n == 1


def test_on_the_last_of_february_a_rating_of_a_leap_year_is_three_years_old_and_fresh(
    session: Database,
) -> None:
    load_rows([home(1, Publication_Date="28/02/2021")], as_at=date(2024, 2, 1))
    assert share("fresh", day=date(2024, 2, 29)).n == 1
    assert share("fresh", day=date(2024, 3, 1)).n == 0


def test_a_place_rated_by_service_counts_by_the_worst_of_them(session: Database) -> None:
    group = "Service / Population Group"
    load_rows(
        [
            home(1, Latest_Rating="Not Rated", Publication_Date=""),
            home(1) | {group: "Homecare"},
            home(1, Latest_Rating="Inadequate") | {group: "Supported living"},
            home(2, Latest_Rating="Outstanding"),
            home(2, Latest_Rating="Inadequate") | {group: "Homecare"},
        ],
        as_at=DAY,
    )
    assert share().left_out == {Fate.RATED_BY_SERVICE: 1}
    assert (share("worst-service").k, share("worst-service").n) == (1, 2)


def test_an_inherited_rating_is_left_out_by_its_rule_and_told_of_by_the_others(session: Database) -> None:
    load_rows([home(1) | {"Inherited Rating (Y/N)": "Y"}, home(2)], as_at=DAY)
    assert share().among.inherited == 1
    assert share("not-inherited").left_out == {Fate.INHERITED: 1}
    assert share("not-inherited").n == 1


def test_beds_weigh_and_the_interval_is_that_of_the_services_they_are_in(session: Database) -> None:
    beds = "Care homes beds"
    load_register(
        DAY, registered(1, **{beds: "60"}), registered(2, **{beds: "20"}), registered(3) | {beds: ""}
    )
    load_rows([home(1), home(2, Latest_Rating="Inadequate"), home(3)], as_at=DAY)
    found = share("beds")
    assert (found.k, found.n, found.services, found.words) == (60, 80, 2, "75.0%")
    assert found.left_out == {Fate.NO_BEDS: 1}
    as_many = 80**2 / (60**2 + 20**2)
    assert found.interval == wilson(0.75 * as_many, as_many)


def test_only_what_the_council_contracts_counts_when_it_is_asked_for(session: Database) -> None:
    load_rows([home(1), home(2, Latest_Rating="Inadequate")], as_at=DAY)
    council = a_council(session)
    assert share(contracted_by=council.id).registered == 0
    service = find_service("1-900000002")
    assert service is not None
    contracted(session, service, council.id)
    assert (share(contracted_by=council.id).k, share(contracted_by=council.id).n) == (0, 1)
    assert share().n == 2


def test_what_is_contracted_counts_on_the_days_of_its_contract_alone(session: Database) -> None:
    load_rows([home(1)], as_at=DAY)
    council, service = a_council(session), find_service("1-900000001")
    assert service is not None
    contracted(
        session, service, council.id, starts_on=DAY + timedelta(days=1), ends_on=DAY + timedelta(days=2)
    )
    counted = [share(contracted_by=council.id, day=DAY + timedelta(days=days)).n for days in range(4)]
    assert counted == [0, 1, 1, 0]


def test_a_kind_or_specialism_that_nobody_told_is_left_out_with_that_reason(session: Database) -> None:
    load_register(DAY, registered(1), part=True)
    load_rows([home(1), home(2)], as_at=DAY)
    for found in (share(kind=Kind.NO_NURSING), share(specialism="Dementia")):
        assert (found.n, found.left_out) == (1, {Fate.TYPE_NOT_TOLD: 1})
    assert share(kind=Kind.HOMECARE).registered == 0
    assert share(specialism="Eating Disorder").left_out == {Fate.TYPE_NOT_TOLD: 1}


def test_a_care_home_that_cqc_files_elsewhere_counts_among_care_homes_only(session: Database) -> None:
    category = "Location Primary Inspection Category"
    load_rows([home(1), home(2) | {category: "Slimming Clinics"}], as_at=DAY)
    assert [share(kind=kind).n for kind in (Kind.ALL, Kind.RESIDENTIAL, Kind.CARE_HOME)] == [1, 1, 2]


@pytest.mark.parametrize("word", ["rated", "RATED", " rated/1 "])
def test_a_rule_is_found_by_its_name_or_with_its_version(word: str) -> None:
    assert find_rule(word) is RULES[0]


def test_an_unknown_rule_or_scope_is_refused_with_those_there_are() -> None:
    with pytest.raises(Invalid, match="There are: rated, unrated-counted") as refused:
        find_rule("rated/2")
    assert refused.value.field == "rule"
    with pytest.raises(Invalid, match="There are: all, residential") as refused:
        find_kind("hospitals")
    assert refused.value.field == "scope"
