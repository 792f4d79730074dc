"""Audits in lists: the queue of a council, and one person's own. Read as columns, since lists have to be quick."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any, Self

from sqlalchemy import Integer, Select, and_, bindparam, case, exists, or_, select
from sqlalchemy.orm import aliased

from quality.audits.lifecycle import State
from quality.audits.models import Audit, ChosenBecause, Participant
from quality.core.database import db
from quality.core.paging import PAGE_SIZE, Page, offset, page_of
from quality.cqc.words import RatingWord
from quality.frameworks.definition import ServiceType
from quality.people.models import Person, PersonRole
from quality.people.permissions import Permission, Role
from quality.ratings.models import OVERALL, Rating
from quality.services.models import Service

# The state filter's word for every audit that is not closed.
OPEN = "open"
# The rating filter's words for services with none of CQC's four ratings at overall: for those whose service groups CQC
# rates instead, and for those it does not rate.
BY_SERVICE = "by-service"
NO_RATING = "none"
RATINGS = tuple(word for word in RatingWord if word.is_rating)
_OPEN_STATES = tuple(state for state in State if state.is_open)
_CLOSED_STATES = tuple(state for state in State if not state.is_open)
_MOST_CLOSED = 10


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One audit in a list.

    `rating` is CQC's overall rating today, none where CQC publishes none. `by_service` is true where that is no rating
    because CQC rates each service group by itself.
    """

    reference: str
    state: State
    due_on: date | None
    reason: str
    service: str
    town: str
    service_type: ServiceType
    lead: str
    rating: RatingWord | None
    by_service: bool
    took_part: bool
    chosen_because: ChosenBecause
    chosen_note: str

    @property
    def is_returned(self) -> bool:
        """True while a manager's reason for returning the audit is waiting to be dealt with."""
        return self.state.is_open and bool(self.reason)


@dataclass(frozen=True)
class Filters:
    """What a queue page is narrowed to. Words that are not known narrow nothing, so that any address answers."""

    state: str = State.IN_REVIEW.value
    officer: str = ""
    type: str = ""
    rating: str = ""

    @classmethod
    def from_address(cls, words: Mapping[str, str]) -> Self:
        """Read the filters of an address's query string."""
        found = cls(**{one.name: words[one.name] for one in fields(cls) if words.get(one.name)})
        return replace(
            found,
            state=found.state if found.state in {OPEN, *State} else cls.state,
            officer=found.officer if re.fullmatch(r"[0-9]{1,9}", found.officer) else "",
            type=found.type if found.type in set(ServiceType) else "",
            rating=found.rating if found.rating in {NO_RATING, BY_SERVICE, *RATINGS} else "",
        )

    def in_address(self) -> dict[str, str]:
        """The filters that differ from the default, as an address's query string holds them."""
        chosen = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: word for name, word in chosen.items() if word != getattr(Filters, name)}


def queue(person: Person, filters: Filters, page: int) -> Page[QueueRow]:
    """One page of the audits of this person's council, oldest deadline first; closed ones newest first."""
    return page_of(_read(_queue(filters), person, skipped=offset(page)), page)


def whole_queue(person: Person, filters: Filters) -> list[QueueRow]:
    """All of the same audits, in the same order, for a file."""
    found = _ROWS.where(_OURS, *_conditions(filters))
    return _read(found.order_by(*_order(filters)), person)


def mine(person: Person) -> list[QueueRow]:
    """The audits this person leads or takes part in: returned ones first, then by date due, then the last closed."""
    return [*_read(_MINE_OPEN, person), *_read(_MINE_CLOSED, person)]


def officers(person: Person) -> list[tuple[int, str]]:
    """Everybody at this person's council who can lead an audit, and those who have left too: (number, name) by name."""
    found = db.session.connection().execute(_OFFICERS, {"council": person.local_authority_id})
    return [(number, name) for number, name in found]


def all_audits() -> list[dict[str, Any]]:
    """Every audit of every council in the order they were planned, as plain words for the command line."""
    audits = (
        select(
            Audit.reference,
            Audit.state,
            Service.cqc_id.label("location_id"),
            Service.name.label("service"),
            Person.name.label("lead"),
            Audit.planned_from,
            Audit.planned_to,
            Audit.due_on,
            Audit.chosen_because,
            Audit.chosen_note,
        )
        .join(Service, Service.id == Audit.service_id)
        .join(Person, Person.id == Audit.lead_id)
        .order_by(Audit.id)
    )
    return [
        {name: _plain(value) for name, value in row.items()} for row in db.session.execute(audits).mappings()
    ]


def _plain(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, date) else value and str(value)


def _read(statement: Select[*tuple[Any, ...]], person: Person, **more: int) -> list[QueueRow]:
    # Columns need no session: its connection is asked directly, which takes a third of the time.
    told = {"council": person.local_authority_id, "person": person.id, **more}
    return [QueueRow(*row) for row in db.session.connection().execute(statement, told)]


@lru_cache(maxsize=256)
def _queue(filters: Filters) -> Select[*tuple[Any, ...]]:
    """The queue's statement, made once for each choice of filters: making one takes longer than running it.

    The page's audits are found first, from the index where it can be, and only then is the rest looked up.
    """
    found = select(Audit.id).where(_OURS, *_conditions(filters))
    if filters.rating:
        found = found.outerjoin(Rating, _CURRENT_OVERALL)
    order = _order(filters)
    page = found.order_by(*order).limit(PAGE_SIZE + 1).offset(bindparam("skipped", type_=Integer)).subquery()
    return _ROWS.join(page, page.c.id == Audit.id).order_by(*order)


def _order(filters: Filters) -> tuple[Any, Any]:
    if filters.state in set(_CLOSED_STATES):
        return Audit.due_on.desc(), Audit.id.desc()
    return Audit.due_on, Audit.id


def _conditions(filters: Filters) -> list[Any]:
    found: list[Any] = [
        Audit.state.in_(_OPEN_STATES) if filters.state == OPEN else Audit.state == State(filters.state)
    ]
    if filters.officer:
        found.append(Audit.lead_id == int(filters.officer))
    if filters.type:
        found.append(Audit.service_type == ServiceType(filters.type))
    if filters.rating == NO_RATING:
        found.append(_UNRATED & ~_GROUP_RATED)
    elif filters.rating == BY_SERVICE:
        found.append(_UNRATED & _GROUP_RATED)
    elif filters.rating:
        found.append(Rating.word == RatingWord(filters.rating))
    return found


_TOOK_PART = exists().where(
    Participant.audit_id == Audit.id, Participant.person_id == bindparam("person", type_=Integer)
)
_CURRENT_OVERALL = and_(
    Rating.service_id == Audit.service_id,
    Rating.service_group == OVERALL,
    Rating.domain == OVERALL,
    Rating.holds(None),
)
_UNRATED = or_(Rating.word.is_(None), Rating.word.not_in(RATINGS))
_OF_GROUP = aliased(Rating)
_GROUP_RATED = (
    exists()
    .where(
        _OF_GROUP.service_id == Audit.service_id,
        _OF_GROUP.service_group != OVERALL,
        _OF_GROUP.domain == OVERALL,
        _OF_GROUP.holds(None),
        _OF_GROUP.word.in_(RATINGS),
    )
    .correlate(Audit)
)
_OURS = Audit.local_authority_id == bindparam("council", type_=Integer)
_ROWS = (
    select(
        Audit.reference,
        Audit.state,
        Audit.due_on,
        Audit.reason,
        Service.name,
        Service.town,
        Audit.service_type,
        Person.name,
        Rating.word,
        _UNRATED & _GROUP_RATED,
        _TOOK_PART.correlate(Audit),
        Audit.chosen_because,
        Audit.chosen_note,
    )
    .join(Service, Service.id == Audit.service_id)
    .join(Person, Person.id == Audit.lead_id)
    .outerjoin(Rating, _CURRENT_OVERALL)
)
_MY_PART = aliased(Participant)
# Whoever takes part is of the audit's own council, so that need not be asked; asking would lead SQLite to look through
# all of the council's audits first.
_MINE = _ROWS.join(_MY_PART, _MY_PART.audit_id == Audit.id).where(
    _MY_PART.person_id == bindparam("person", type_=Integer)
)
_MINE_OPEN = _MINE.where(Audit.state.in_(_OPEN_STATES)).order_by(
    case((Audit.reason != "", 0), else_=1), Audit.due_on, Audit.id
)
_MINE_CLOSED = _MINE.where(Audit.state.in_(_CLOSED_STATES)).order_by(Audit.id.desc()).limit(_MOST_CLOSED)
_RECORDING_ROLES = [role for role in Role if Permission.RECORD_AUDITS in role.permissions]
_OFFICERS = (
    select(Person.id, Person.name)
    .where(
        Person.local_authority_id == bindparam("council", type_=Integer),
        Person.provider_id.is_(None),
        exists().where(PersonRole.person_id == Person.id, PersonRole.role.in_(_RECORDING_ROLES)),
    )
    .order_by(Person.name, Person.id)
)
