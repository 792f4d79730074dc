"""What the page of a service says of the council's open audit of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.audits.lifecycle import State
from quality.people.models import Person
from quality.people.permissions import Role
from quality.services.models import Service
from tests.builders.audits import an_audit, an_officer
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def buttons(browser: CheckedClient, service: Service) -> list[tuple[str, str]]:
    """What the page of a service offers as buttons: their words and where they lead."""
    browser.get(f"/services/{service.cqc_id}")
    links = browser.page.select("main a.govuk-button")
    return [(" ".join(link.get_text().split()), str(link["href"])) for link in links]


@pytest.mark.parametrize("state", State)
def test_an_audit_is_planned_only_where_none_is_open(
    session: Database, sign_in: SignIn, state: State
) -> None:
    audit = an_audit(session, state)
    offered = buttons(sign_in(audit.lead), audit.service)
    going = (f"Go to the open audit {audit.reference}", f"/audits/{audit.reference}")
    planning = ("Plan an audit", f"/services/{audit.service.cqc_id}/plan-audit")
    assert (going in offered, planning in offered) == (state.is_open, not state.is_open)


def test_another_council_s_open_audit_keeps_nobody_from_planning(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.VISITING, service=a_service(session, a_council(session)))
    other = an_officer(session, a_council(session, "Southmere", "SMR"))
    assert [words for words, _ in buttons(sign_in(other), audit.service)] == ["Plan an audit"]


def test_an_administrator_is_offered_neither(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.VISITING)
    administrator = a_person(session, Role.ADMINISTRATOR, council=a_council(session))
    assert buttons(sign_in(administrator), audit.service) == []
