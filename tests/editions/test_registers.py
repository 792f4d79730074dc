"""Registers, directories and lists of ended registrations: what each says of a service, and for how long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from quality.cqc import CqcFileError
from quality.editions.models import NamedPerson
from quality.editions.names import decide
from quality.services.facts import is_left_out
from quality.services.known import former_names, known_service
from quality.services.models import (
    Edition,
    Provider,
    ProviderVersion,
    Service,
    ServiceVersion,
    Trait,
    TraitSet,
)
from quality.services.placing import STANDS_FOR
from quality.services.queries import find_service
from tests.builders.cqc_files_headings import DUAL, PRIMARY
from tests.builders.registers import (
    BROOK,
    BROOK_END,
    HOUSE,
    LARKFIELD,
    Home,
    load_deactivated,
    load_directory,
    load_register,
)
from tests.databases import Database

FIRST = date(2025, 1, 31)
MONTHS = [FIRST + timedelta(days=31 * number) for number in range(4)]
JANUARY, FEBRUARY, MARCH, APRIL = MONTHS
LODGE = {**LARKFIELD, "Location Name": "Larkfield Lodge"}


def service(cqc_id: str = HOUSE) -> Service:
    """A service as it is held now."""
    found = find_service(cqc_id)
    assert found is not None
    return found


def names_on(session: Database, day: date, cqc_id: str = HOUSE) -> list[str]:
    """What the service was called on a day; nothing while no edition had it, or when it was gone."""
    number = select(Service.id).where(Service.cqc_id == cqc_id).scalar_subquery()
    now = select(Service.name).where(Service.id == number, Service.holds(day))
    then = select(ServiceVersion.name).where(ServiceVersion.service_id == number, ServiceVersion.holds(day))
    return [*session.scalars(now), *session.scalars(then)]


def traits_of(session: Database, one: Service) -> set[str]:
    """What the service does, and for whom."""
    return set(session.scalars(select(Trait.name).where(Trait.trait_set_id == one.trait_set_id)))


def test_a_register_tells_what_ratings_do_not(session: Database) -> None:
    result = load_register(JANUARY, LARKFIELD, BROOK_END)
    assert (result.kind, result.rows_read, result.stored) == ("register", 2, 2)
    one = service()
    assert (one.beds, one.is_dormant, one.registered_on, one.county, one.phone) == (
        34,
        False,
        date(2011, 2, 14),
        "Mereshire",
        "01632960001",
    )
    assert (one.provider.ownership, one.provider.companies_house_number) == ("Organisation", "01234567")
    assert "Dementia" in traits_of(session, one)
    assert one.is_registered


def test_a_newer_register_tells_what_is_new_changed_and_gone(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    result = load_register(FEBRUARY, LODGE, {**LARKFIELD, "Location ID": "1-900000003"})
    told = ("services_new", "services_changed", "services_gone")
    assert [result.effects[name] for name in told] == [1, 1, 1]
    assert [names_on(session, day) for day in (JANUARY, FEBRUARY)] == [
        ["Larkfield House"],
        ["Larkfield Lodge"],
    ]
    assert (service(BROOK).held_to, service(BROOK).is_registered) == (FEBRUARY, False)
    assert names_on(session, FEBRUARY - timedelta(days=1), BROOK) == ["Brook End Homecare"]
    assert names_on(session, FEBRUARY, BROOK) == []


def test_a_register_that_says_the_same_changes_nothing(session: Database) -> None:
    first = load_register(JANUARY, LARKFIELD, BROOK_END)
    again = load_register(FEBRUARY, LARKFIELD, BROOK_END)
    assert [again.effects[name] for name in ("services_new", "services_changed", "services_gone")] == [
        0,
        0,
        0,
    ]
    assert first.edition is not None
    assert service().from_edition_id == first.edition.id
    assert session.scalar(select(func.count(ServiceVersion.id))) == 0


def test_a_service_that_was_gone_can_come_back(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    load_register(FEBRUARY, BROOK_END)
    load_register(MARCH, LARKFIELD, BROOK_END)
    assert service().is_registered
    assert [names_on(session, day) for day in MONTHS] == [["Larkfield House"], [], *[["Larkfield House"]] * 2]


def test_a_service_only_an_older_register_has_ended_in_the_newer_one(session: Database) -> None:
    load_register(FEBRUARY, BROOK_END)
    load_register(JANUARY, LARKFIELD, BROOK_END)
    assert (service().held_from, service().held_to) == (JANUARY, FEBRUARY)
    assert not service().is_registered
    assert names_on(session, JANUARY, BROOK) == ["Brook End Homecare"]


def test_an_older_register_says_what_held_before_and_leaves_the_newest_facts(session: Database) -> None:
    load_register(MARCH, LODGE, BROOK_END)
    load_register(JANUARY, LARKFIELD, BROOK_END)
    load_register(FEBRUARY, BROOK_END)
    assert service().name == "Larkfield Lodge"
    assert [names_on(session, day) for day in MONTHS[:3]] == [["Larkfield House"], [], ["Larkfield Lodge"]]


Called = tuple[str | None, ...]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(called=st.tuples(*[st.sampled_from([None, "A", "B"])] * 4), order=st.permutations(MONTHS))
@example(called=("A", None, "B", None), order=[JANUARY, MARCH, FEBRUARY, APRIL])
@example(called=("A", "A", None, "A"), order=[APRIL, MARCH, FEBRUARY, JANUARY])
def test_what_registers_say_of_a_day_does_not_depend_on_the_order_of_loading(
    session: Database, called: Called, order: list[date]
) -> None:
    savepoint = session.begin_nested()
    try:
        _load_in_order(session, dict(zip(MONTHS, called, strict=True)), order)
    finally:
        savepoint.rollback()
        session.expire_all()


def _load_in_order(session: Database, called: dict[date, str | None], order: list[date]) -> None:
    """Each month's register says what a home is called, or does not list it; another home is in all."""
    for month in order:
        name = called[month]
        load_register(month, BROOK_END, *([{**LARKFIELD, "Location Name": name}] if name else []))
    for month, name in called.items():
        for day in (month, month + timedelta(days=20)):
            assert names_on(session, day) == ([name] if name else []), day
            assert names_on(session, day, BROOK) == ["Brook End Homecare"]
    assert service(BROOK).is_registered


def test_a_place_that_two_providers_register_counts_once(session: Database) -> None:
    house = {**LARKFIELD, DUAL: "Dual Registration", PRIMARY: HOUSE}
    load_register(JANUARY, house, {**BROOK_END, DUAL: "Dual Registration", PRIMARY: HOUSE})
    counted = select(Service.cqc_id).where(~is_left_out(Service, None))
    assert list(session.scalars(counted)) == [HOUSE]


def test_two_services_with_one_id_and_different_facts_are_refused_naming_both_rows(session: Database) -> None:
    with pytest.raises(CqcFileError) as error:
        load_register(JANUARY, LARKFIELD, BROOK_END, LODGE)
    assert error.value.sentence == (
        'Rows 2 and 4 give the service 1-900000001 different facts: name is "Larkfield House" in one and '
        '"Larkfield Lodge" in the other.'
    )
    assert session.scalar(select(func.count(Edition.id))) == 0


def test_a_row_that_stands_twice_is_merged(session: Database) -> None:
    result = load_register(JANUARY, LARKFIELD, LARKFIELD)
    assert (result.rows_read, result.stored, result.merged) == (2, 1, 1)


def test_a_list_of_ended_registrations_ends_services_and_keeps_what_was_known(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    load_deactivated(MARCH, LARKFIELD, ended="28/02/2025")
    one = service()
    assert (one.ended_on, one.is_registered, one.held_from) == (date(2025, 2, 28), False, MARCH)
    assert (one.phone, service(BROOK).is_registered) == ("01632960001", True)
    before = known_service(one, FEBRUARY)
    assert before is not None
    assert before.facts.ended_on is None


def test_a_register_reopens_a_service_that_had_ended(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    load_deactivated(FEBRUARY, LARKFIELD, ended="28/02/2025")
    load_register(MARCH, LARKFIELD, BROOK_END)
    assert (service().ended_on, service().is_registered) == (None, True)
    ended = known_service(service(), FEBRUARY)
    assert ended is not None
    assert ended.facts.ended_on == date(2025, 2, 28)


def test_the_directory_does_not_overrule_a_register_of_the_last_92_days(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    load_directory(JANUARY + STANDS_FOR, changes={"Name": "Larkfield"})
    assert service().name == "Larkfield House"
    assert service(BROOK).is_registered


def test_the_directory_counts_once_the_register_is_older(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    then = JANUARY + STANDS_FOR + timedelta(days=1)
    load_directory(then, changes={"Name": "Larkfield"})
    assert (service().name, service().beds) == ("Larkfield", 34)
    assert (service(BROOK).held_to, service(BROOK).is_registered) == (then, False)


def test_services_that_do_the_same_share_their_traits_and_a_change_is_kept(session: Database) -> None:
    other = {**LARKFIELD, "Location ID": "1-900000003"}
    load_register(JANUARY, LARKFIELD, other)
    assert session.scalar(select(func.count(TraitSet.id))) == 1
    load_register(FEBRUARY, {**LARKFIELD, "Service user band - Dementia": ""}, other)
    assert session.scalar(select(func.count(TraitSet.id))) == 2
    assert "Dementia" not in traits_of(session, service())
    before = known_service(service(), JANUARY)
    assert before is not None
    assert "Dementia" in before.traits["specialism"]


def test_no_name_of_a_person_is_stored_unless_the_council_decided_so(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    assert session.scalar(select(func.count(NamedPerson.id))) == 0
    decide(keep=True, reason="Assessed on 3 June")
    load_register(FEBRUARY, LARKFIELD, BROOK_END)
    people = select(NamedPerson.name).where(NamedPerson.service_id == service().id).order_by(NamedPerson.name)
    assert session.scalars(people).all() == ["Example, Sam", "Invented, Robin"]
    load_register(MARCH, {**LARKFIELD, "Registered manager": "Invented, Alex"}, BROOK_END)
    assert session.scalars(people).all() == ["Example, Sam", "Invented, Alex"]
    decide(keep=False, reason="No longer needed")
    assert session.scalar(select(func.count(NamedPerson.id))) == 0


def test_a_provider_keeps_its_former_names(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    load_register(FEBRUARY, {**LARKFIELD, "Provider Name": "Larkfield Group Limited"}, BROOK_END)
    provider = session.scalars(select(Provider).where(Provider.cqc_id == "1-800000001")).one()
    assert provider.name == "Larkfield Group Limited"
    assert former_names(provider) == [("Larkfield Care Limited", FEBRUARY)]
    load_register(JANUARY - timedelta(days=31), {**LARKFIELD, "Provider Name": "Old Larkfield Limited"})
    assert former_names(provider) == [
        ("Larkfield Care Limited", FEBRUARY),
        ("Old Larkfield Limited", JANUARY),
    ]
    assert session.scalar(select(func.count(ProviderVersion.id))) == 2


def test_what_one_file_does_not_tell_of_a_provider_stays(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    load_deactivated(FEBRUARY, LARKFIELD, ended="15/02/2025")
    provider = session.scalars(select(Provider).where(Provider.cqc_id == "1-800000001")).one()
    assert (provider.ownership, provider.companies_house_number) == ("Organisation", "01234567")


WESTMARSH: Home = {**BROOK_END, "Location Local Authority": "Westmarsh"}


def test_a_register_of_one_area_ends_nothing_elsewhere(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, WESTMARSH)
    load_register(FEBRUARY, {**LARKFIELD, "Location ID": "1-900000003"})
    assert (service().is_registered, service(BROOK).is_registered) == (False, True)


def test_a_part_of_a_register_ends_nothing(session: Database) -> None:
    load_register(JANUARY, LARKFIELD, BROOK_END)
    load_register(FEBRUARY, LODGE, part=True)
    assert (service().name, service(BROOK).is_registered) == ("Larkfield Lodge", True)
