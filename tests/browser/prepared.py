"""Audits brought to a state behind the pages, by the operations the pages use, for a test that begins there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from quality.audits.models import Audit
from quality.core.clock import today
from quality.history.kinds import Kind
from quality.history.queries import timeline
from quality.people.queries import person_by_email
from quality.services.models import EditionKind
from tests.browser.conftest import Live
from tests.builders.audits import a_framework, a_manager, an_officer
from tests.builders.people import a_council
from tests.builders.register import an_edition
from tests.builders.services import a_service

# Tests share a database, so a service of a test's own is known by its number.
_numbers = count(1)


@dataclass(frozen=True)
class Prepared:
    """An audit, and the e-mail addresses of those concerned. `colleague` is an officer who has no part in it yet."""

    id: int
    reference: str
    service: str
    service_id: str
    lead: str
    colleague: str
    manager: str

    @property
    def path(self) -> str:
        """The address of the audit's page."""
        return f"/audits/{self.reference}"


def prepare(live: Live, build: Callable[..., Audit], **more: object) -> Prepared:
    """Let a builder of tests.builders make an audit, and commit it."""
    with live.database() as session:
        a_framework()
        council = a_council(session)
        lead, colleague = an_officer(session, council), an_officer(session, council)
        edition = an_edition(session, today(), EditionKind.DIRECTORY, is_part=True)
        service = a_service(session, council, name=f"Prepared House {next(_numbers)}", edition=edition)
        audit = build(session, council=council, service=service, lead=lead, **more)
        manager = a_manager(session, council)
        return Prepared(
            id=audit.id,
            reference=audit.reference,
            service=service.name,
            service_id=service.cqc_id,
            lead=lead.email,
            colleague=colleague.email,
            manager=manager.email,
        )


def events(live: Live, prepared: Prepared, kind: Kind) -> int:
    """How often the history of an audit tells of this."""
    with live.database():
        return sum(entry.kind is kind for entry in timeline("audit", prepared.id))


def number_of(email: str) -> int:
    """The number of a person, by which addresses name them. Needs an app context."""
    person = person_by_email(email)
    assert person is not None
    return person.id
