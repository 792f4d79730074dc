"""Which services a council contracts: noting, ending, undoing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from quality.core.clock import today
from quality.core.errors import Invalid, Refused
from quality.history.queries import timeline
from quality.people.models import Person
from quality.people.permissions import Role
from quality.services.contracts import (
    Counts,
    Days,
    Line,
    change_days,
    check_lines,
    contracted_services,
    count_contracts,
    end_contract,
    is_contracted,
    note_contracts,
    put_back,
    read_lines,
    remove_contract,
)
from tests.builders.people import a_council, a_person
from tests.builders.register import contracted
from tests.builders.services import a_service
from tests.databases import Database


def test_ids_are_read_one_a_line_or_however_people_paste_them() -> None:
    read = read_lines("1-101\r\n rx99 ;1-101,1-102\t1-103|\0")
    assert read == [Line("1-101"), Line("RX99"), Line("1-102"), Line("1-103")]


@pytest.mark.parametrize("text", ["", " \n ", ", ;"])
def test_a_list_needs_an_id(text: str) -> None:
    with pytest.raises(Invalid, match="Enter at least one CQC location ID"):
        read_lines(text)


def test_a_list_has_a_limit() -> None:
    with pytest.raises(Invalid, match="500 CQC location IDs or fewer at once; you entered 501"):
        read_lines(" ".join(f"1-{number}" for number in range(501)))


def test_ids_are_told_apart_into_known_noted_and_unknown(session: Database, manager: Person) -> None:
    new, noted = a_service(session), a_service(session)
    note_contracts([Line(noted.cqc_id)], by=manager)
    lines = [Line(one) for one in (new.cqc_id, "1-404", noted.cqc_id, "9" * 400)]
    checked = check_lines(lines, manager.local_authority_id)
    assert [one.service for one in checked.new] == [new]
    assert [one.service for one in checked.noted] == [noted]
    assert checked.unknown == ["1-404", "9" * 40]


def test_a_contract_is_noted_once_with_its_event(session: Database, manager: Person) -> None:
    service = a_service(session, name="Orchard House")
    assert note_contracts([Line(service.cqc_id)], by=manager) == [service]
    assert note_contracts([Line(service.cqc_id)], by=manager) == []
    (page,) = [contracted_services(manager.local_authority_id)]
    assert [(row.service, row.noted_by) for row in page.rows] == [(service, "Ruth Bellamy")]
    assert count_contracts(manager.local_authority_id) == Counts(going_on=1, ended=0, undated=1)
    sentences = [entry.sentence for entry in timeline("service", service.id)]
    assert sentences.count("Ruth Bellamy noted that the council contracts Orchard House.") == 1


def test_a_list_may_have_the_first_and_the_last_day_in_the_forms_that_spreadsheets_have() -> None:
    lines = read_lines(
        "Location ID\tFrom\tTo\n"
        "1-101\t01/04/2024\t31/03/2026\n"
        "1-102\t\t31-Mar-2026 00:00\n"
        "1-103\t1 April 2024\t\n"
        "1-104 2024-04-01\n"
        "1-105,1-106\n"
    )
    april, march = date(2024, 4, 1), date(2026, 3, 31)
    assert lines == [
        Line("1-101", Days(april, march)),
        Line("1-102", Days(None, march)),
        Line("1-103", Days(april, None)),
        Line("1-104", Days(april, None)),
        Line("1-105"),
        Line("1-106"),
    ]
    assert read_lines("\n".join(line.text for line in lines)) == lines


def test_an_american_order_of_day_and_month_is_judged_over_the_whole_list() -> None:
    lines = read_lines("1-101,04/01/2024,03/31/2026")
    assert lines == [Line("1-101", Days(date(2024, 4, 1), date(2026, 3, 31)))]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1-101,31/02/2026", "Line 1 has the day “31/02/2026”, which is not a date that exists"),
        ("1-100\n1-101,1/4/26", "Line 2 has the day “1/4/26”, which is not a date like"),
        (
            "1-101,1-102,01/04/2024",
            "Line 1 must have one CQC location ID, and after it its first and its last",
        ),
        ("1-101,02/04/2024,13/04/2024,14/04/2024", "Line 1 must have one CQC location ID"),
        ("1-101,01/04/2024,31/03/2024", "Line 1: the last day must be the same as or after the first day"),
        ("1-101,01/04/2024\n1-101,31/03/2024", "1-101 is in the list twice, with different days"),
    ],
)
def test_days_that_cannot_be_meant_are_named_with_their_line(text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read_lines(text)


def test_a_list_with_days_dates_what_was_noted_without_and_leaves_what_it_does_not_date(
    session: Database, manager: Person
) -> None:
    dated, left = a_service(session, name="Orchard House"), a_service(session)
    note_contracts([Line(dated.cqc_id), Line(left.cqc_id)], by=manager)
    days = Days(date(2024, 4, 1), date(2099, 3, 31))
    lines = [Line(dated.cqc_id, days), Line(left.cqc_id)]
    checked = check_lines(lines, manager.local_authority_id)
    assert [(one.service, one.days, one.before) for one in checked.changed] == [(dated, days, Days())]
    assert note_contracts(lines, by=manager) == [dated]
    assert count_contracts(manager.local_authority_id) == Counts(2, 0, 1)
    sentences = [entry.sentence for entry in timeline("service", dated.id)]
    said = "Ruth Bellamy noted that the council contracts Orchard House from 1 April 2024 to 31 March 2099."
    assert said in sentences


def test_a_contract_counts_on_its_days_and_an_undated_one_on_every_day(
    session: Database, manager: Person
) -> None:
    service, council = a_service(session), manager.local_authority_id
    note_contracts([Line(service.cqc_id)], by=manager)
    assert is_contracted(service, council, date(1990, 1, 1))
    assert change_days(service, Days(date(2024, 4, 1), date(2024, 4, 30)), by=manager)
    assert not change_days(service, Days(date(2024, 4, 1), date(2024, 4, 30)), by=manager)
    on = {
        day: is_contracted(service, council, date(2024, *day)) for day in ((3, 31), (4, 1), (4, 30), (5, 1))
    }
    assert on == {(3, 31): False, (4, 1): True, (4, 30): True, (5, 1): False}
    assert not is_contracted(service, council)


def test_the_database_itself_refuses_a_contract_that_ends_before_it_starts(
    session: Database, manager: Person
) -> None:
    with pytest.raises(IntegrityError, match="ends_after_it_starts"):
        contracted(
            session,
            a_service(session),
            manager.local_authority_id,
            starts_on=date(2024, 4, 2),
            ends_on=date(2024, 4, 1),
        )


def test_ending_a_contract_keeps_it_for_the_days_before_and_can_be_undone(
    session: Database, manager: Person
) -> None:
    service, council = a_service(session), manager.local_authority_id
    days = Days(date(2024, 4, 1), today() + timedelta(days=90))
    note_contracts([Line(service.cqc_id, days)], by=manager)
    assert end_contract(service, by=manager) == days
    assert not is_contracted(service, council)
    assert is_contracted(service, council, today() - timedelta(days=1))
    assert [row.service for row in contracted_services(council, ended=True).rows] == [service]
    put_back(service, days, by=manager)
    assert is_contracted(service, council, today() + timedelta(days=90))
    assert not is_contracted(service, council, today() + timedelta(days=91))


def test_ending_a_contract_that_has_not_begun_leaves_none(session: Database, manager: Person) -> None:
    service, council = a_service(session), manager.local_authority_id
    note_contracts([Line(service.cqc_id, Days(today()))], by=manager)
    assert end_contract(service, by=manager) == Days(today())
    assert count_contracts(council) == Counts(0, 0, 0)


def test_a_contract_that_ended_goes_on_when_it_is_noted_again(session: Database, manager: Person) -> None:
    service, council = a_service(session), manager.local_authority_id
    note_contracts([Line(service.cqc_id, Days(date(2020, 4, 1)))], by=manager)
    end_contract(service, by=manager)
    assert note_contracts([Line(service.cqc_id)], by=manager) == [service]
    assert is_contracted(service, council)
    assert not is_contracted(service, council, date(2020, 3, 31))


def test_a_note_made_by_mistake_is_taken_back(session: Database, manager: Person) -> None:
    service = a_service(session, name="Orchard House")
    note_contracts([Line(service.cqc_id)], by=manager)
    assert remove_contract(service, by=manager)
    assert not remove_contract(service, by=manager)
    assert not is_contracted(service, manager.local_authority_id, date(2020, 1, 1))
    sentences = [entry.sentence for entry in timeline("service", service.id)]
    assert "Ruth Bellamy took back the note that the council contracts Orchard House." in sentences


def test_an_unknown_id_notes_nothing(session: Database, manager: Person) -> None:
    service = a_service(session)
    with pytest.raises(
        Refused, match=r"No service with the CQC location ID 1-404 is held\. Nothing was noted\."
    ):
        note_contracts([Line(service.cqc_id), Line("1-404")], by=manager)
    assert not is_contracted(service, manager.local_authority_id)


def test_a_contract_is_ended_once_and_for_the_own_council_only(session: Database, manager: Person) -> None:
    service = a_service(session, name="Orchard House")
    other = a_person(session, Role.MANAGER, council=a_council(session, "Southmere", "SMR"))
    note_contracts([Line(service.cqc_id)], by=manager)
    assert not end_contract(service, by=other)
    assert is_contracted(service, manager.local_authority_id)
    assert end_contract(service, by=manager) == Days()
    assert not is_contracted(service, manager.local_authority_id)
    assert not end_contract(service, by=manager)
    sentences = [entry.sentence for entry in timeline("service", service.id)]
    assert "Ruth Bellamy noted that the council no longer contracts Orchard House." in sentences
