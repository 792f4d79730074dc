"""Finding services: by text, place, type, rating, and as at a day. Read as columns, since lists have to be quick."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, false, func, or_, select, true
from sqlalchemy.sql import literal

from quality.core.calendar import years_before
from quality.core.clock import today
from quality.core.database import db
from quality.core.paging import PAGE_SIZE, Page, offset, page_of
from quality.cqc import RatingWord
from quality.services.criteria import (
    BY_SERVICE,
    NOT_RATED,
    YES,
    RatingAge,
    ServiceKind,
    ServiceSearch,
    Sort,
)
from quality.services.facts import FACTS, facts_as_at, is_left_out, providers_as_at
from quality.services.models import SOCIAL_CARE, Contract, LocalAuthority, Trait

MOST_WORDS = 8
ROWS_AT_ONCE = 1_000
SERVICE_TYPE, SPECIALISM = "service type", "specialism"
# Half a postcode is enough to search by: SS1, or CM1 1A.
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?(\d[A-Z]{0,2})?")
Statement = Select[*tuple[Any, ...]]


class Standing(Protocol):
    """How services stand by CQC's ratings, as parts of a statement; the room of ratings knows."""

    def join(self, statement: Statement) -> Statement:
        """The statement with what the conditions below need."""

    def has(self, word: RatingWord) -> ColumnElement[bool]:
        """Rated so."""

    is_by_service: ColumnElement[bool]
    is_none: ColumnElement[bool]
    published_on: ColumnElement[date]
    badness: ColumnElement[int]


@dataclass(frozen=True)
class Scope:
    """For whom a search is made: a council, whose contracts count; in which local authority, or (None) all England."""

    council: int
    authority: int | None
    standing: Callable[[ColumnElement[int], date | None], Any]


@dataclass(frozen=True, slots=True)
class FoundService:
    """One service that was found, with its facts as at the day that was asked for."""

    id: int
    cqc_id: str
    name: str
    is_care_home: bool | None
    location_type: str
    primary_category: str
    address_1: str
    address_2: str
    town: str
    county: str
    postcode: str
    beds: int | None
    is_dormant: bool | None
    registered_on: date | None
    ended_on: date | None
    primary_cqc_id: str | None
    trait_set_id: int | None
    gone_on: date | None
    is_open: bool
    provider: str
    provider_cqc_id: str
    authority: str
    region: str
    is_contracted: bool
    is_left_out: bool


@dataclass(frozen=True)
class Counts:
    """How many services a search finds, how many second registrations it leaves out, how many a category alone told."""

    found: int
    left_out: int
    by_category: int


def find_page(search: ServiceSearch, scope: Scope, page: int = 1) -> Page[FoundService]:
    """One page of the services found, in the order asked for."""
    statement = _services(search, scope).offset(offset(page)).limit(PAGE_SIZE + 1)
    return page_of([FoundService(*row) for row in db.session.execute(statement)], max(page, 1))


def find_all(search: ServiceSearch, scope: Scope) -> Iterator[list[FoundService]]:
    """All services found, some at a time, in the order asked for."""
    rows = db.session.execute(_services(search, scope), execution_options={"yield_per": ROWS_AT_ONCE})
    for some in rows.partitions():
        yield [FoundService(*row) for row in some]


def count_services(search: ServiceSearch, scope: Scope) -> Counts:
    """How many services a search finds in all."""
    asked = _Asked(search, scope)
    left_out = is_left_out(asked.facts.c, search.as_at)
    told = and_(asked.facts.c.trait_set_id.is_(None), true() if search.type else false())
    counted = select(
        func.count(),
        func.count().filter(left_out),
        func.count().filter(told),
        func.count().filter(told, left_out),
    )
    row = db.session.execute(asked.narrowed(counted.select_from(asked.facts))).one()
    every, seconds, by_category, seconds_by_category = row
    if search.second:
        return Counts(every, 0, by_category)
    return Counts(every - seconds, seconds, by_category - seconds_by_category)


def types_of(trait_set_ids: set[int | None]) -> dict[int | None, list[str]]:
    """CQC's service types by the number of their set, each set by name."""
    numbers = sorted(number for number in trait_set_ids if number is not None)
    named = select(Trait.trait_set_id, Trait.name).where(
        Trait.kind == SERVICE_TYPE, Trait.trait_set_id.in_(numbers)
    )
    found: dict[int | None, list[str]] = {}
    for number, name in db.session.execute(named.order_by(Trait.trait_set_id, Trait.name)):
        found.setdefault(number, []).append(name)
    return found


def specialisms() -> list[str]:
    """What services can specialise in, as CQC's sources name it."""
    return list(
        db.session.scalars(select(Trait.name).where(Trait.kind == SPECIALISM).distinct().order_by(Trait.name))
    )


def authorities() -> dict[str, int]:
    """The number of every local authority by its name, in order."""
    named = select(LocalAuthority.name, LocalAuthority.id).order_by(LocalAuthority.name)
    return dict(db.session.execute(named).all())


def _services(search: ServiceSearch, scope: Scope) -> Statement:
    asked = _Asked(search, scope)
    facts, provider = asked.facts.c, asked.providers.c
    left_out = is_left_out(facts, search.as_at)
    statement = (
        select(*(facts[name] for name in FACTS), facts.gone_on, facts.is_open)
        .add_columns(provider.name, provider.cqc_id, LocalAuthority.name, LocalAuthority.region)
        .add_columns(_is_contracted(asked.facts, scope, search.as_at), left_out)
        .select_from(asked.facts)
        .join(LocalAuthority, LocalAuthority.id == facts.local_authority_id)
    )
    if not search.second:
        statement = statement.where(~left_out)
    return asked.narrowed(statement, with_provider=True).order_by(*asked.order())


class _Asked:
    """A search on its way into a statement."""

    def __init__(self, search: ServiceSearch, scope: Scope) -> None:
        self.search, self.scope = search, scope
        self.facts = facts_as_at(search.as_at)
        self.providers = providers_as_at(search.as_at)
        self.standing: Standing = scope.standing(self.facts.c.id, search.as_at)
        self.words = search.q.split()[:MOST_WORDS]

    def narrowed(self, statement: Statement, *, with_provider: bool = False) -> Statement:
        """The statement, which selects from `facts`, with what its conditions need."""
        search = self.search
        if with_provider or self.words:
            statement = statement.join(self.providers, self.providers.c.id == self.facts.c.provider_id)
        if search.rating or search.age or search.sort != Sort.NAME:
            statement = self.standing.join(statement)
        return statement.where(*self._of_service(), *self._of_ratings())

    def order(self) -> list[ColumnElement[Any]]:
        """The order asked for; names settle what is equal."""
        by_name: list[ColumnElement[Any]] = [func.lower(self.facts.c.name), self.facts.c.id]
        if self.search.sort == Sort.WORST:
            return [self.standing.badness.desc().nulls_last(), *by_name]
        if self.search.sort == Sort.OLDEST:
            return [self.standing.published_on.asc().nulls_last(), *by_name]
        return by_name

    def _of_service(self) -> Iterator[ColumnElement[bool]]:
        search, facts = self.search, self.facts.c
        if self.scope.authority is not None:
            yield facts.local_authority_id == self.scope.authority
        if not search.all_sectors:
            yield facts.location_type == SOCIAL_CARE
        if not search.closed:
            yield facts.is_open
        if self.words:
            yield self._says()
        if search.district:
            # What follows the first half has three characters, always: so CM1 is not taken for CM11.
            yield func.replace(facts.postcode, " ", "").like(f"{search.district}___")
        if search.type:
            yield self._is_of(ServiceKind(search.type))
        if search.specialism:
            yield facts.trait_set_id.in_(_sets_with(SPECIALISM, (search.specialism,)))
        if search.contracted:
            contracted = _is_contracted(self.facts, self.scope, search.as_at)
            yield contracted if search.contracted == YES else ~contracted

    def _of_ratings(self) -> Iterator[ColumnElement[bool]]:
        search = self.search
        if search.rating == BY_SERVICE:
            yield self.standing.is_by_service
        elif search.rating == NOT_RATED:
            yield self.standing.is_none
        elif search.rating:
            yield self.standing.has(RatingWord(search.rating))
        if search.age:
            age, day = RatingAge(search.age), search.as_at or today()
            yield self.standing.published_on <= years_before(day, age.least)
            if age.below is not None:
                yield self.standing.published_on > years_before(day, age.below)

    def _says(self) -> ColumnElement[bool]:
        text = " ".join(self.words).upper()
        return or_(
            self.facts.c.cqc_id == text,
            self._postcode_begins(text.replace(" ", "")),
            and_(*(self._somewhere(word) for word in self.words)),
        )

    def _somewhere(self, word: str) -> ColumnElement[bool]:
        columns = (self.facts.c.name, self.providers.c.name, self.facts.c.town)
        return or_(*(column.icontains(word, autoescape=True) for column in columns))

    def _postcode_begins(self, text: str) -> ColumnElement[bool]:
        if not _POSTCODE.fullmatch(text):
            return false()
        return func.replace(self.facts.c.postcode, " ", "").startswith(text, autoescape=True)

    def _is_of(self, kind: ServiceKind) -> ColumnElement[bool]:
        facts = self.facts.c
        untold = and_(facts.trait_set_id.is_(None), facts.primary_category == kind.category)
        return or_(facts.trait_set_id.in_(_sets_with(SERVICE_TYPE, kind.names)), untold)


def _sets_with(kind: str, names: tuple[str, ...]) -> Select[int]:
    return select(Trait.trait_set_id).where(Trait.kind == kind, Trait.name.in_(names))


def _is_contracted(facts: Subquery, scope: Scope, as_at: date | None) -> ColumnElement[bool]:
    return (
        exists(literal(1))
        .where(
            Contract.local_authority_id == scope.council,
            Contract.service_id == facts.c.id,
            Contract.on(as_at or today()),
        )
        .correlate(facts)
    )
