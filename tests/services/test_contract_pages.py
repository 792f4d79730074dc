"""The pages on which managers say which services the council contracts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from quality.people.models import Person
from quality.services.contracts import (
    Counts,
    Line,
    count_contracts,
    is_contracted,
    note_contracts,
)
from tests.audits.typed import typed_day
from tests.builders.people import a_person
from tests.builders.register import an_edition, change, contracted
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


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
