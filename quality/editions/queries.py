"""Reading what was loaded, and what each load changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, func, select, tuple_, union
from sqlalchemy.orm import aliased, contains_eager

from quality.core.database import db
from quality.core.paging import PAGE_SIZE, Page, offset, page_of
from quality.editions.differences import Difference, differences
from quality.people.models import Person
from quality.ratings.models import Rating
from quality.services.bulk import in_pieces
from quality.services.models import Edition, Service, ServiceVersion

_ROWS_AT_ONCE = 500


def loaded_before(sha256: str) -> Edition | None:
    """The edition that was read from the bytes with this SHA-256, if there is one."""
    return db.session.scalar(select(Edition).where(Edition.sha256 == sha256))


def newest_loaded() -> int | None:
    """The number of the edition that was loaded last of all."""
    return db.session.scalar(select(func.max(Edition.id)))


class Change(StrEnum):
    """What an edition can do to a service, and how a list of such services is called."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Change:
        """Keep the words beside the word in the address."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    NEW = "new", "New services"
    GONE = "gone", "Services no longer listed"
    CHANGED = "changed", "Services whose facts changed"
    RATED_AGAIN = "rated-again", "Services rated again"


@dataclass(frozen=True)
class Loaded:
    """An edition, and the name of whoever loaded it: none for the command line."""

    edition: Edition
    by: str | None


@dataclass(frozen=True)
class Touched:
    """A service that an edition changed, and the facts that it changed."""

    service: Service
    facts: list[Difference]


def editions(page: int = 1) -> Page[Loaded]:
    """What was loaded, newest first."""
    rows = db.session.execute(_LOADED.offset(offset(page)).limit(PAGE_SIZE + 1))
    return page_of([Loaded(*row) for row in rows], max(page, 1))


def all_editions() -> Iterator[Loaded]:
    """Everything that was loaded, newest first."""
    for row in db.session.execute(_LOADED, execution_options={"yield_per": _ROWS_AT_ONCE}):
        yield Loaded(*row)


def find_edition(number: int) -> Loaded | None:
    """The edition with this number."""
    row = db.session.execute(_LOADED.where(Edition.id == number)).one_or_none()
    return Loaded(*row) if row else None


def neighbours(edition: Edition) -> tuple[Edition | None, Edition | None]:
    """The editions of the same kind before and after this one, by the day they speak of."""
    place = tuple_(Edition.as_at, Edition.id)
    here = tuple_(edition.as_at, edition.id)
    same = select(Edition).where(Edition.kind == edition.kind).limit(1)
    before = same.where(place < here).order_by(Edition.as_at.desc(), Edition.id.desc())
    after = same.where(place > here).order_by(Edition.as_at, Edition.id)
    return db.session.scalar(before), db.session.scalar(after)


def count_changes(edition: Edition, changes: Collection[Change] = tuple(Change)) -> dict[Change, int]:
    """How many services the edition changed, and how."""
    counts = (
        select(func.count()).select_from(Service).where(_touched(edition, change)).scalar_subquery()
        for change in changes
    )
    return dict(zip(changes, db.session.execute(select(*counts)).one(), strict=True))


def changed_services(edition: Edition, change: Change, page: int = 1) -> Page[Touched]:
    """The services that the edition changed so, by name."""
    found = _FOUND.where(_touched(edition, change)).order_by(func.lower(Service.name), Service.id)
    services = list(db.session.scalars(found.offset(offset(page)).limit(PAGE_SIZE + 1)))
    facts = differences(edition, [one.id for one in services]) if change is Change.CHANGED else {}
    return page_of([Touched(service, facts.get(service.id, [])) for service in services], max(page, 1))


def all_changed(edition: Edition, change: Change) -> Iterator[list[Touched]]:
    """All of them in the same order, some at a time."""
    numbers = (
        select(Service.id).where(_touched(edition, change)).order_by(func.lower(Service.name), Service.id)
    )
    for some in in_pieces(db.session.scalars(numbers).all(), _ROWS_AT_ONCE):
        services = {one.id: one for one in db.session.scalars(_FOUND.where(Service.id.in_(some)))}
        facts = differences(edition, some) if change is Change.CHANGED else {}
        yield [Touched(services[number], facts.get(number, [])) for number in some]


_FOUND = (
    select(Service)
    .join(Service.provider)
    .join(Service.local_authority)
    .options(contains_eager(Service.provider), contains_eager(Service.local_authority))
)
_LOADED = (
    select(Edition, Person.name)
    .outerjoin(Person, Person.id == Edition.loaded_by_id)
    .order_by(Edition.id.desc())
)


def _touched(edition: Edition, change: Change) -> ColumnElement[bool]:
    """The condition for services that the edition changed so. What it both ended and began, it changed."""
    if change is Change.RATED_AGAIN:
        return Service.id.in_(_rated_again(edition))
    began, ended = (
        Service.id.in_(
            union(
                select(Service.id).where(getattr(Service, column) == edition.id),
                select(ServiceVersion.service_id).where(getattr(ServiceVersion, column) == edition.id),
            )
        )
        for column in ("from_edition_id", "to_edition_id")
    )
    if change is Change.CHANGED:
        return began & ended
    return began & ~ended if change is Change.NEW else ended & ~began


def _rated_again(edition: Edition) -> Select[int]:
    again = aliased(Rating)
    replaced = exists().where(
        again.service_id == Rating.service_id,
        again.service_group == Rating.service_group,
        again.domain == Rating.domain,
        again.held_from == edition.as_at,
        again.from_edition_id == edition.id,
    )
    return select(Rating.service_id).where(Rating.to_edition_id == edition.id, replaced)
