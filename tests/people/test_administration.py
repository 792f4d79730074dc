"""What administrators see and change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from quality.history.queries import timeline
from quality.people import operations, queries
from quality.people.models import Person
from quality.people.permissions import Role
from quality.services.models import Provider
from tests.builders.people import a_person, an_invitation
from tests.databases import Database
from tests.pages import CheckedClient

SignsIn = Callable[[Person], CheckedClient]


@pytest.fixture
def administrator(session: Database) -> Person:
    """The council's only administrator."""
    return a_person(session, Role.ADMINISTRATOR, name="Grace Lindqvist")


@pytest.fixture
def browser(administrator: Person, sign_in: SignsIn) -> CheckedClient:
    """The administrator's browser."""
    return sign_in(administrator)


def _person(session: Database, email: str) -> Person:
    return session.scalars(select(Person).where(Person.email == email)).one()


def test_an_administrator_adds_a_member_of_staff_and_reads_the_code_once(
    session: Database, browser: CheckedClient, client: CheckedClient
) -> None:
    browser.get("/people/add")
    data = {
        "name": "Amara Okafor",
        "email": "Amara@Northmere.example",
        "job_title": "",
        "roles": ["manager", "quality_officer"],
    }
    answer = browser.post("/people/add", data=data)
    assert answer.status_code == 200
    code = browser.page.select_one("#code")
    assert code is not None
    amara = _person(session, "amara@northmere.example")
    assert amara.roles == {Role.MANAGER, Role.QUALITY_OFFICER}
    assert timeline("person", amara.id)[0].sentence == "Grace Lindqvist invited Amara Okafor."
    browser.get(f"/people/{amara.id}")
    assert code.get_text() not in browser.words
    assert client.post("/join", data={"code": code.get_text()}).status_code == 200


def test_a_form_with_faults_keeps_what_was_typed_and_says_what_to_do(browser: CheckedClient) -> None:
    answer = browser.post(
        "/people/add", data={"name": "Amara Okafor", "email": "amara at northmere", "job_title": "Lead"}
    )
    assert answer.status_code == 422
    assert "Choose at least one role" in browser.words
    answer = browser.post(
        "/people/add", data={"name": "Amara Okafor", "email": "amara at northmere", "roles": "manager"}
    )
    assert answer.status_code == 422
    assert "Enter an email address in the correct format" in browser.words
    assert browser.page.find("input", {"id": "email", "value": "amara at northmere"})
    assert browser.page.find("input", {"value": "manager", "checked": True})


def test_an_address_that_is_taken_is_said_at_its_field(session: Database, browser: CheckedClient) -> None:
    a_person(session, email="amara@northmere.example")
    data = {"name": "Amara Okafor", "email": "amara@northmere.example", "roles": "manager"}
    assert browser.post("/people/add", data=data).status_code == 422
    assert browser.page.select_one("#email-error") is not None
    assert "Somebody with this email address has been added already" in browser.words


def test_nobody_becomes_a_provider_contact_through_the_staff_form(
    session: Database, browser: CheckedClient
) -> None:
    data = {"name": "Helen Marsh", "email": "helen@larkfield.example", "roles": "provider_contact"}
    assert browser.post("/people/add", data=data).status_code == 422
    assert session.scalar(select(Person).where(Person.email == "helen@larkfield.example")) is None


def test_an_administrator_finds_the_provider_and_adds_its_contact(
    session: Database, browser: CheckedClient
) -> None:
    session.add_all(
        [
            Provider(cqc_id="1-101", name="Larkfield Care Limited"),
            Provider(cqc_id="1-1012", name="Other Care"),
        ]
    )
    a_person(session)
    assert browser.get("/people/contacts/provider").status_code == 200
    browser.get("/people/contacts/provider?q=larkfield")
    assert "Larkfield Care Limited" in browser.words
    assert browser.post("/people/contacts/provider?q=larkfield", data={}).status_code == 422
    assert "Choose a provider" in browser.words
    chosen = browser.post("/people/contacts/provider?q=larkfield", data={"provider": "1-101"})
    assert chosen.status_code == 303
    browser.get(chosen.location)
    assert "Add a contact at Larkfield Care Limited" in browser.words
    data = {"name": "Helen Marsh", "email": "helen@larkfield.example", "job_title": "Registered manager"}
    assert browser.post(chosen.location, data=data).status_code == 200
    helen = _person(session, "helen@larkfield.example")
    larkfield = session.scalars(select(Provider).where(Provider.cqc_id == "1-101")).one()
    assert (helen.provider_id, helen.roles) == (larkfield.id, frozenset({Role.PROVIDER_CONTACT}))
    browser.get(f"/people/{helen.id}")
    assert "Larkfield Care Limited" in browser.words
    assert browser.page.select("input[name=roles]") == [], "A contact's role is not for choosing."


def test_a_provider_that_is_not_there_is_said_so(browser: CheckedClient) -> None:
    browser.get("/people/contacts/provider?q=nowhere")
    assert "No provider’s name contains “nowhere”" in browser.words
    assert browser.get("/people/contacts/add?provider=1-999").status_code == 404
    assert browser.get("/people/contacts/add").location == "/people/contacts/provider"


def test_the_list_can_be_narrowed_to_one_state(session: Database, browser: CheckedClient) -> None:
    a_person(session, name="Amara Okafor")
    an_invitation(session, name="Idris Vaughan")
    gone = a_person(session, name="Daniel Hughes")
    operations.disable_person(person_id=gone.id, by=None)
    for state, shown in (
        ("", {"Amara Okafor", "Daniel Hughes", "Grace Lindqvist", "Idris Vaughan"}),
        ("active", {"Amara Okafor", "Grace Lindqvist"}),
        ("invited", {"Idris Vaughan"}),
        ("disabled", {"Daniel Hughes"}),
        ("nonsense", {"Amara Okafor", "Daniel Hughes", "Grace Lindqvist", "Idris Vaughan"}),
    ):
        browser.get(f"/people?state={state}")
        assert {link.get_text() for link in browser.page.select("tbody a")} == shown


def test_an_empty_state_says_so(browser: CheckedClient) -> None:
    browser.get("/people?state=disabled")
    assert "There is nobody in this state." in browser.words
    browser.get("/people?page=9")
    assert "There is nobody on this page." in browser.words


def test_a_long_list_has_pages_and_its_queries_do_not_grow(session: Database, browser: CheckedClient) -> None:
    browser.get("/people")
    few = len(browser.statements)
    for number in range(30):
        a_person(session, name=f"Person {number:02}")
    browser.get("/people")
    assert len(browser.statements) == few
    assert len(browser.page.select("tbody tr")) == 25
    browser.get("/people?page=2&state=active")
    assert len(browser.page.select("tbody tr")) == 6
    back = browser.page.select_one("a[rel=prev]")
    assert back is not None
    browser.get(str(back["href"]))
    assert len(browser.page.select("tbody tr")) == 25
    assert browser.page.select_one("option[value=active][selected]") is not None


def test_a_number_no_person_can_have_is_not_found(browser: CheckedClient) -> None:
    for number in (0, 2**31 - 1, 2**31, 10**30):
        assert browser.get(f"/people/{number}").status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999999999"])
def test_a_page_number_that_is_none_does_no_harm(browser: CheckedClient, number: str) -> None:
    assert browser.get(f"/people?page={number}").status_code == 200


def test_roles_are_changed_and_told(session: Database, browser: CheckedClient) -> None:
    amara = a_person(session, Role.QUALITY_OFFICER, name="Amara Okafor")
    browser.get(f"/people/{amara.id}")
    version = str(browser.page.find("input", {"name": "version"})["value"])  # type: ignore[index]
    answer = browser.post(f"/people/{amara.id}/roles", data={"roles": ["manager"], "version": version})
    assert answer.status_code == 303
    session.refresh(amara)
    assert amara.roles == {Role.MANAGER}
    entry = timeline("person", amara.id)[0]
    assert entry.sentence == "Grace Lindqvist changed the roles of Amara Okafor."
    assert (entry.details["before"], entry.details["after"]) == (["quality_officer"], ["manager"])


def test_roles_changed_by_somebody_else_meanwhile_are_not_overwritten(
    session: Database, browser: CheckedClient
) -> None:
    amara = a_person(session, Role.QUALITY_OFFICER)
    shown = amara.version
    operations.change_roles(person_id=amara.id, roles=[Role.MANAGER], version=shown, by=None)
    answer = browser.post(
        f"/people/{amara.id}/roles", data={"roles": ["administrator"], "version": str(shown)}
    )
    assert answer.status_code == 409
    assert "Somebody else changed" in browser.words
    session.refresh(amara)
    assert amara.roles == {Role.MANAGER}


def test_at_least_one_role_must_be_left(session: Database, browser: CheckedClient) -> None:
    amara = a_person(session)
    answer = browser.post(f"/people/{amara.id}/roles", data={"version": str(amara.version)})
    assert answer.status_code == 422
    assert "Choose at least one role" in browser.words


def test_saving_the_same_roles_leaves_no_event(session: Database, administrator: Person) -> None:
    amara = a_person(session)
    before = timeline("person", amara.id)
    operations.change_roles(person_id=amara.id, roles=amara.roles, version=amara.version, by=administrator)
    assert timeline("person", amara.id) == before


def test_disabling_and_enabling_ask_first_and_are_told(session: Database, browser: CheckedClient) -> None:
    amara = a_person(session, name="Amara Okafor")
    browser.get(f"/people/{amara.id}/disable")
    assert "They are signed out at once, everywhere" in browser.words
    assert browser.post(f"/people/{amara.id}/disable").status_code == 303
    browser.get(f"/people/{amara.id}")
    assert "Amara Okafor is disabled and signed out everywhere." in browser.words
    assert (
        timeline("person", amara.id)[0].sentence
        == "Grace Lindqvist disabled Amara Okafor and ended their sign-ins."
    )
    browser.get(f"/people/{amara.id}/enable")
    assert browser.post(f"/people/{amara.id}/enable").status_code == 303
    session.refresh(amara)
    assert amara.is_active


def test_disabling_twice_is_disabling_once(session: Database, administrator: Person) -> None:
    amara = a_person(session)
    first = operations.disable_person(person_id=amara.id, by=administrator).disabled_at
    assert operations.disable_person(person_id=amara.id, by=administrator).disabled_at == first
    assert [entry.kind.value for entry in timeline("person", amara.id)].count("person_disabled") == 1


def test_a_new_code_is_asked_for_first_and_shown_once(session: Database, browser: CheckedClient) -> None:
    amara, first = an_invitation(session, name="Amara Okafor")
    browser.get(f"/people/{amara.id}/code")
    assert "A code made before no longer works." in browser.words
    assert browser.post(f"/people/{amara.id}/code").status_code == 200
    code = browser.page.select_one("#code")
    assert code is not None
    assert code.get_text() != first
    assert queries.invited_with(code.get_text()) is not None
    assert queries.invited_with(first) is None
    assert (
        timeline("person", amara.id)[0].sentence
        == "Grace Lindqvist made a new invitation code for Amara Okafor."
    )


@pytest.mark.parametrize("what", ["disable", "enable", "code"])
def test_looking_at_a_question_does_nothing(session: Database, browser: CheckedClient, what: str) -> None:
    amara = a_person(session)
    before = timeline("person", amara.id)
    for method in ("GET", "HEAD"):
        assert browser.open(f"/people/{amara.id}/{what}", method=method).status_code == 200
    assert timeline("person", amara.id) == before
