"""Who asks for a stored file is told by one row, and is allowed what the same person is allowed elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from quality.core.clock import now
from quality.people import operations
from quality.people.askers import AskedWith, asking_for, find_asking
from quality.people.models import Person, PersonRole
from quality.people.permissions import Permission, Role
from quality.people.signing_in import begin_sign_in, end_sign_in
from quality.reports.queries import ISSUED_FILES
from tests.builders.people import a_council, a_person, an_invitation
from tests.builders.reports import a_report
from tests.databases import Database
from tests.pages import CheckedClient

SignsIn = Callable[[Person], CheckedClient]
PDF = b"%PDF-1.7\nissued"


def _asking(token: str, number: str = "none") -> AskedWith | None:
    return find_asking(token, asking_for(ISSUED_FILES), {"number": number})


def _got(browser: CheckedClient, path: str) -> bytes | int:
    """The bytes of a download, or the status of an answer that is none."""
    with browser.get(path) as answer:
        return bytes(answer.data) if answer.status_code == 200 else answer.status_code


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("also", [(), (Role.MANAGER,)], ids=["alone", "and manager"])
def test_an_asker_may_what_the_person_may(session: Database, role: Role, also: tuple[Role, ...]) -> None:
    if role is Role.PROVIDER_CONTACT and also:
        also = ()
    person = a_person(session, role, also=set(also) - {role})
    asking = _asking(begin_sign_in(person=person))
    assert asking is not None
    asker = asking.person
    known = (asker.id, asker.name, asker.local_authority_id, asker.provider_id, asker.is_active, asker.roles)
    assert known == (
        person.id,
        person.name,
        person.local_authority_id,
        person.provider_id,
        True,
        person.roles,
    )
    assert {one for one in Permission if asker.may(one)} == person.permissions


def test_somebody_without_a_role_may_nothing(session: Database) -> None:
    person = a_person(session)
    token = begin_sign_in(person=person)
    session.query(PersonRole).filter_by(person_id=person.id).delete()
    asking = _asking(token)
    assert asking is not None
    assert not asking.person.roles


def test_who_has_not_joined_or_was_disabled_is_not_active(session: Database) -> None:
    invited, _ = an_invitation(session)
    disabled = a_person(session)
    tokens = [begin_sign_in(person=person) for person in (invited, disabled)]
    operations.disable_person(person_id=disabled.id, by=None)
    assert [one.person.is_active for token in tokens if (one := _asking(token))] == [False, False]


def test_an_unknown_token_asks_for_nobody_and_an_ended_one_says_so(session: Database) -> None:
    token = begin_sign_in(person=a_person(session))
    end_sign_in(token=token)
    asking = _asking(token)
    assert _asking("a token of nobody") is None
    assert asking is not None
    assert asking.ended_at is not None


def test_a_download_ends_with_the_sign_in(session: Database, sign_in: SignsIn) -> None:
    path = f"/reports/{a_report(session, pdf=PDF).number}.pdf"
    idle, disabled = a_person(session, Role.MANAGER), a_person(session, Role.MANAGER)
    browsers = [sign_in(idle), sign_in(disabled)]
    assert [_got(browser, path) for browser in browsers] == [PDF, PDF]
    operations.disable_person(person_id=disabled.id, by=None)
    assert _got(browsers[1], path) == 302
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        assert _got(browsers[0], path) == 302


def test_a_download_counts_as_use_of_the_sign_in(session: Database, sign_in: SignsIn) -> None:
    path = f"/reports/{a_report(session, pdf=PDF).number}.pdf"
    browser = sign_in(a_person(session, Role.MANAGER))
    for minutes in (50, 100, 150):
        with time_machine.travel(now() + timedelta(minutes=minutes), tick=False):
            assert _got(browser, path) == PDF


def test_a_role_taken_away_ends_downloads_with_the_next_request(session: Database, sign_in: SignsIn) -> None:
    path = f"/reports/{a_report(session, pdf=PDF).number}.pdf"
    person = a_person(session, Role.MANAGER, also=[Role.ADMINISTRATOR])
    browser = sign_in(person)
    operations.change_roles(person_id=person.id, roles=[Role.ADMINISTRATOR], version=person.version, by=None)
    assert _got(browser, path) == 404


@pytest.mark.parametrize("role", [Role.QUALITY_OFFICER, Role.PROVIDER_CONTACT])
def test_the_same_question_says_which_file_is_theirs(session: Database, role: Role) -> None:
    report = a_report(session, pdf=PDF)
    provider = report.audit.service.provider if role is Role.PROVIDER_CONTACT else None
    mine = begin_sign_in(
        person=a_person(session, role, council=report.audit.local_authority, provider=provider)
    )
    elsewhere = begin_sign_in(
        person=a_person(session, Role.MANAGER, council=a_council(session, "Southmere", "SMR"))
    )
    neighbour = begin_sign_in(
        person=a_person(session, Role.PROVIDER_CONTACT, council=report.audit.local_authority)
    )
    asked = [_asking(token, report.number) for token in (mine, elsewhere, neighbour)]
    files = [one.person.file if one else None for one in asked]
    assert files == [(report.audit.service.name, report.pdf_sha256), (), ()]
