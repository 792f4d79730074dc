"""Which services a council contracts: noting, ending, undoing."""

from __future__ import annotations

from collections.abc import Callable
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
from tests.audits.typed import typed_day
from tests.builders.people import a_council, a_person
from tests.builders.register import an_edition, change, contracted
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def manager(session: Database) -> Person:
    """A manager of Northmere."""
    return a_person(session, Role.MANAGER, name="Ruth Bellamy")


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


def test_the_days_of_a_contract_are_changed_on_a_page_that_keeps_what_was_typed(
    session: Database, manager: Person, sign_in: SignIn
) -> None:
    service, browser = a_service(session, name="Orchard House"), sign_in(manager)
    assert browser.get(f"/contracts/{service.cqc_id}").status_code == 404
    note_contracts([Line(service.cqc_id)], by=manager)
    browser.get(f"/contracts/{service.cqc_id}")
    wrong = {**typed_day("starts_on", date(2024, 4, 1)), **typed_day("ends_on", date(2024, 3, 31))}
    assert browser.post(f"/contracts/{service.cqc_id}", data=wrong).status_code == 422
    assert "The last day must be the same as or after the first day" in browser.words
    day = browser.page.select_one("#ends_on-day")
    assert day is not None
    assert day["value"] == "31"
    right = {**wrong, **typed_day("ends_on", date(2099, 3, 31))}
    assert browser.post(f"/contracts/{service.cqc_id}", data=right).status_code == 303
    browser.get("/contracts")
    assert "The days of the contract of Orchard House are saved" in browser.words
    assert "1 Apr 2024 to 31 Mar 2099" in browser.words


def test_a_note_is_taken_back_on_its_page(session: Database, manager: Person, sign_in: SignIn) -> None:
    service, browser = a_service(session, name="Orchard House"), sign_in(manager)
    note_contracts([Line(service.cqc_id)], by=manager)
    assert browser.post(f"/contracts/{service.cqc_id}", data={"remove": "y"}).status_code == 303
    browser.get("/contracts")
    assert "The note that Orchard House is contracted is taken back" in browser.words
    assert "None is noted yet." in browser.words


def test_the_list_says_how_many_are_undated_and_shows_those_that_ended(
    session: Database, manager: Person, sign_in: SignIn
) -> None:
    council, browser = manager.local_authority_id, sign_in(manager)
    contracted(session, a_service(session, name="Ash House"), council)
    contracted(session, a_service(session, name="Elm House"), council, ends_on=date(2020, 3, 31))
    browser.get("/contracts")
    assert "2 contracts have no first day" in browser.words
    assert "Elm House" not in browser.words
    browser.get("/contracts?show=ended")
    assert "1 service whose contract has ended, by name" in browser.words
    assert "Elm House" in browser.words


def test_the_page_of_a_service_tells_its_contract_as_at_the_day(
    session: Database, manager: Person, sign_in: SignIn
) -> None:
    service = a_service(session, edition=an_edition(session, date(2021, 2, 1)))
    contracted(session, service, manager.local_authority_id, starts_on=date(2022, 4, 1))
    browser = sign_in(manager)
    browser.get(f"/services/{service.cqc_id}")
    assert "Contracted Yes" in browser.words
    assert "Noted from 1 April 2022" in browser.words
    browser.get(f"/services/{service.cqc_id}?as_at=2021-06-01")
    assert "Contracted Not yet Noted from 1 April 2022" in browser.words


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


def test_a_manager_pastes_ids_sees_what_they_name_and_confirms(
    session: Database, manager: Person, sign_in: SignIn
) -> None:
    new, noted = a_service(session, name="Orchard House"), a_service(session, name="Ash House")
    note_contracts([Line(noted.cqc_id)], by=manager)
    browser = sign_in(manager)
    browser.get("/contracts/add")
    pasted = f"{new.cqc_id}\n{noted.cqc_id}\n1-404"
    answer = browser.post("/contracts/add", data={"ids": pasted})
    assert answer.status_code == 200
    assert "1 ID of no service that is held, which will not be noted: 1-404" in browser.words
    assert "1 service to be noted as contracted by Northmere" in browser.words
    assert "1 service noted already, which stay as they are" in browser.words
    assert not is_contracted(new, manager.local_authority_id)
    hidden = [str(one["value"]) for one in browser.page.find_all("input", attrs={"name": "service"})]
    assert hidden == [new.cqc_id]
    answer = browser.post("/contracts/add", data={"ids": pasted, "service": hidden, "confirm": "y"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/contracts")
    browser.get("/contracts")
    assert "1 service noted as contracted" in browser.words
    assert "2 services, by name" in browser.words


def test_a_list_can_be_changed_before_it_is_confirmed(
    session: Database, manager: Person, sign_in: SignIn
) -> None:
    browser = sign_in(manager)
    browser.post("/contracts/add", data={"ids": "1-404\n1-405", "change": "y"})
    field = browser.page.find("textarea")
    assert field is not None
    assert field.get_text().split() == ["1-404", "1-405"]


@pytest.mark.parametrize("ids", ["", ",", " ".join(f"1-{number}" for number in range(501))])
def test_a_list_that_cannot_be_read_is_kept_and_said(manager: Person, sign_in: SignIn, ids: str) -> None:
    browser = sign_in(manager)
    assert browser.post("/contracts/add", data={"ids": ids}).status_code == 422
    assert "There is a problem" in browser.words
    field = browser.page.find("textarea")
    assert field is not None
    assert field.get_text().strip() == ids


def test_more_ids_than_a_page_can_confirm_note_nothing(
    session: Database, manager: Person, sign_in: SignIn
) -> None:
    browser, many = sign_in(manager), [f"1-{number}" for number in range(501)]
    answer = browser.post("/contracts/add", data={"ids": "1-1", "service": many, "confirm": "y"})
    assert answer.status_code == 422
    assert browser.post("/contracts/add", data={"ids": "1-1", "confirm": "y"}).status_code == 422
    assert count_contracts(manager.local_authority_id) == Counts(0, 0, 0)


def test_a_contract_is_ended_and_the_end_undone(session: Database, manager: Person, sign_in: SignIn) -> None:
    service = a_service(session, name="Orchard House")
    change(session, service, ended_on=service.held_to)
    note_contracts([Line(service.cqc_id)], by=manager)
    browser = sign_in(manager)
    answer = browser.post(f"/contracts/{service.cqc_id}/end")
    browser.get(answer.headers["Location"])
    assert "Orchard House is no longer noted as contracted" in browser.words
    assert "None is noted yet." in browser.words
    assert browser.page.find("button", string="Undo") is not None
    browser.post(f"/contracts/{service.cqc_id}/undo")
    browser.get(answer.headers["Location"])
    assert "Orchard House is noted as contracted again" in browser.words
    assert "no longer noted" not in browser.words
    assert "1 service, by name" in browser.words
    assert browser.post("/contracts/1-404/end").status_code == 404


def test_undoing_is_not_offered_for_what_was_not_ended(
    session: Database, manager: Person, sign_in: SignIn
) -> None:
    service, browser = a_service(session, name="Orchard House"), sign_in(manager)
    answer = browser.post(f"/contracts/{service.cqc_id}/end")
    browser.get(answer.headers["Location"])
    assert "Orchard House" not in browser.words


def test_an_officer_reads_the_list_and_changes_nothing(
    session: Database, manager: Person, sign_in: SignIn
) -> None:
    service = a_service(session, name="Orchard House")
    note_contracts([Line(service.cqc_id)], by=manager)
    browser = sign_in(a_person(session))
    browser.get("/contracts")
    assert "Orchard House" in browser.words
    assert "Add contracted services" not in browser.words
    assert browser.page.find("button", string="End") is None


def test_the_list_takes_as_many_queries_for_many_contracts_as_for_few(
    session: Database, manager: Person, sign_in: SignIn
) -> None:
    browser = sign_in(manager)
    counts = []
    for times in (1, 6):
        note_contracts([Line(a_service(session).cqc_id) for _ in range(times)], by=manager)
        browser.get("/contracts")
        counts.append(len(browser.statements))
    assert counts[0] == counts[1]


def test_the_page_of_a_service_says_whether_it_is_contracted_and_lets_a_manager_note_it(
    session: Database, manager: Person, sign_in: SignIn
) -> None:
    service = a_service(session)
    address, browser = f"/services/{service.cqc_id}", sign_in(manager)
    browser.get(address)
    assert "Contracted Not noted Note that the council contracts it" in browser.words
    button = browser.page.find("button", string="Note that the council contracts it")
    form = button and button.find_parent("form")
    assert form is not None
    assert form["action"] == "/contracts/add"
    asked = form.find("input", {"name": "ids"})
    assert asked is not None
    assert asked["value"] == service.cqc_id
    note_contracts([Line(service.cqc_id)], by=manager)
    browser.get(address)
    assert "Contracted Yes: it is among the services that the council contracts" in browser.words


def test_an_officer_reads_that_a_service_is_contracted_and_cannot_note_it(
    session: Database, sign_in: SignIn
) -> None:
    browser, service = sign_in(a_person(session)), a_service(session)
    browser.get(f"/services/{service.cqc_id}")
    assert "Contracted Not noted" in browser.words
    assert browser.page.find("button", string="Note that the council contracts it") is None
