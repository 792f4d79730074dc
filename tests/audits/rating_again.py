"""An audit of a service that CQC rates again."""

from __future__ import annotations

from datetime import date

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.audits.rating_notices import tell_of_new_ratings
from quality.core.clock import supposing
from quality.history.kinds import Kind
from quality.history.queries import TimelineEntry, timeline
from quality.messages.queries import unread
from quality.services.models import Edition, Service
from tests.builders.audits import an_audit
from tests.builders.editions import an_edition_that_says, days_ago, noon
from tests.databases import Database

VISIT = 60  # The visits of these tests began so many days ago.
OLD, BEFORE_VISIT, AFTER_VISIT = date(2021, 3, 9), days_ago(75), days_ago(30)


def an_audit_of(session: Database, service: Service, at: State = State.WRITING_UP, ago: int = VISIT) -> Audit:
    """An audit that was brought to its state some days ago."""
    with supposing(noon(days_ago(ago))):
        return an_audit(session, at, service=service)


def said_now(service: Service, word: str, published: date = AFTER_VISIT, **more: str) -> Edition:
    """CQC's newest file: the service as a whole is rated again, and Safe is as it was."""
    said = {"Overall": (word, published), "Safe": ("Good", OLD)}
    return an_edition_that_says(service, days_ago(1), said, **more)


def tell(session: Database, edition: Edition) -> None:
    """What the worker does about an edition once it is loaded."""
    session.commit()
    tell_of_new_ratings(edition.id)


def told(audit: Audit) -> list[TimelineEntry]:
    """What the audit's history says of new ratings, newest first."""
    return [entry for entry in timeline("audit", audit.id) if entry.kind is Kind.CQC_RATED_AGAIN]


def notices(person_id: int) -> list[str]:
    """What a person was told of new ratings and has not read yet."""
    return [notice.text for notice in unread(person_id) if "again" in notice.subject]
