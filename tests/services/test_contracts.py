"""Which services a council contracts: noting, ending, undoing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.core.errors import Invalid, Refused
from quality.history.queries import timeline
from quality.people.models import Person
from quality.people.permissions import Role
from quality.services.contracts import (
    check_ids,
    contracted_services,
    count_contracts,
    end_contract,
    is_contracted,
    note_contracts,
    read_ids,
)
from tests.builders.people import a_council, a_person
from tests.builders.register import change
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def manager(session: Database) -> Person:
    """A manager of Northmere."""
    return a_person(session, Role.MANAGER, name="Ruth Bellamy")


def test_ids_are_read_one_a_line_or_however_people_paste_them() -> None:
    assert read_ids("1-101\r\n rx99 ;1-101,1-102\t1-103|\0") == ["1-101", "RX99", "1-102", "1-103"]


@pytest.mark.parametrize("text", ["", " \n ", ", ;"])
def test_a_list_needs_an_id(text: str) -> None:
    with pytest.raises(Invalid, match="Enter at least one CQC location ID"):
        read_ids(text)


def test_a_list_has_a_limit() -> None:
    with pytest.raises(Invalid, match="500 CQC location IDs or fewer at once; you entered 501"):
        read_ids(" ".join(f"1-{number}" for number in range(501)))


def test_ids_are_told_apart_into_known_noted_and_unknown(session: Database, manager: Person) -> None:
    new, noted = a_service(session), a_service(session)
    note_contracts([noted.cqc_id], by=manager)
    checked = check_ids([new.cqc_id, "1-404", noted.cqc_id, "9" * 400], manager.local_authority_id)
    assert (checked.new, checked.noted) == ([new], [noted])
    assert checked.unknown == ["1-404", "9" * 40]


def test_a_contract_is_noted_once_with_its_event(session: Database, manager: Person) -> None:
    service = a_service(session, name="Orchard House")
    assert note_contracts([service.cqc_id], by=manager) == [service]
    assert note_contracts([service.cqc_id], by=manager) == []
    (page,) = [contracted_services(manager.local_authority_id)]
    assert [(row.service, row.noted_by) for row in page.rows] == [(service, "Ruth Bellamy")]
    assert count_contracts(manager.local_authority_id) == 1
    sentences = [entry.sentence for entry in timeline("service", service.id)]
    assert sentences.count("Ruth Bellamy noted that the council contracts Orchard House.") == 1


def test_an_unknown_id_notes_nothing(session: Database, manager: Person) -> None:
    service = a_service(session)
    with pytest.raises(
        Refused, match=r"No service with the CQC location ID 1-404 is held\. Nothing was noted\."
    ):
        note_contracts([service.cqc_id, "1-404"], by=manager)
    assert not is_contracted(service, manager.local_authority_id)


def test_a_contract_is_ended_once_and_for_the_own_council_only(session: Database, manager: Person) -> None:
    service = a_service(session, name="Orchard House")
    other = a_person(session, Role.MANAGER, council=a_council(session, "Southmere", "SMR"))
    note_contracts([service.cqc_id], by=manager)
    assert not end_contract(service, by=other)
    assert is_contracted(service, manager.local_authority_id)
    assert end_contract(service, by=manager)
    assert not is_contracted(service, manager.local_authority_id)
    assert not end_contract(service, by=manager)
    sentences = [entry.sentence for entry in timeline("service", service.id)]
    assert "Ruth Bellamy noted that the council no longer contracts Orchard House." in sentences


def test_a_manager_pastes_ids_sees_what_they_name_and_confirms(
    session: Database, manager: Person, sign_in: SignIn
) -> None:
    new, noted = a_service(session, name="Orchard House"), a_service(session, name="Ash House")
    note_contracts([noted.cqc_id], by=manager)
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
    assert count_contracts(manager.local_authority_id) == 0


def test_a_contract_is_ended_and_the_end_undone(session: Database, manager: Person, sign_in: SignIn) -> None:
    service = a_service(session, name="Orchard House")
    change(session, service, ended_on=service.held_to)
    note_contracts([service.cqc_id], by=manager)
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
    note_contracts([service.cqc_id], by=manager)
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
        note_contracts([a_service(session).cqc_id for _ in range(times)], by=manager)
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
    note_contracts([service.cqc_id], by=manager)
    browser.get(address)
    assert "Contracted Yes: it is among the services that the council contracts" in browser.words


def test_an_officer_reads_that_a_service_is_contracted_and_cannot_note_it(
    session: Database, sign_in: SignIn
) -> None:
    browser, service = sign_in(a_person(session)), a_service(session)
    browser.get(f"/services/{service.cqc_id}")
    assert "Contracted Not noted" in browser.words
    assert browser.page.find("button", string="Note that the council contracts it") is None
