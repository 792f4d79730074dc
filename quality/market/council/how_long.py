"""How long services stay rated Requires improvement, what ended it, and what the council audited in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Any

from flask import current_app
from sqlalchemy import select

from quality.core.database import db
from quality.cqc import RatingWord
from quality.history.models import NATIONAL, Chain
from quality.market.council.issued import IssuedAudit, issued_audits
from quality.market.council.spells import spans
from quality.market.council.told import Published, history_of
from quality.ratings.models import OVERALL, Rating
from quality.scoring.durations import Spell, Survival, survival
from quality.services.models import SOCIAL_CARE, LocalAuthority, Service

__all__ = ["RULE", "Ending", "HowLong", "Moved", "Stay", "Stays", "how_long"]

RULE = (
    "From the day CQC publishes an overall rating of Requires improvement to the day it publishes another, or the "
    "service’s registration ends. Rated so again, it has stayed so. A stay counts where the editions held tell of it "
    "within three months of its first day, or CQC’s API told the service’s whole history: a stay found later is one of "
    "the long ones of its time, and would make all look longer. One that is not over counts for as long as it was "
    "watched (Kaplan and Meier). A service that is rated service by service has no overall rating and is not in it."
)
_KEPT = "market_stays"
_MOST_KEPT = 4


class Ending(StrEnum):
    """What ended a stay."""

    BETTER = "better"
    WORSE = "worse"
    UNRATED = "unrated"
    CLOSED = "closed"
    RUNNING = "running"

    @property
    def words(self) -> str:
        """As a table says it."""
        return {
            "better": "Rated Good or Outstanding",
            "worse": "Rated Inadequate",
            "unrated": "No longer rated as a whole",
            "closed": "Registration ended",
            "running": "Still Requires improvement",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of one service: from a day, to a day or (none) to the day asked for, and what ended it."""

    service_id: int
    begin: date
    end: date | None
    ending: Ending
    days: int
    told_soon: bool


@dataclass(frozen=True)
class Stays:
    """The stays of an area that count, how long they last, and how many were found too late to count."""

    area: str
    n: int
    endings: tuple[tuple[Ending, int], ...]
    found_late: int
    lasting: Survival | None

    def number(self, ending: str) -> int:
        """How many ended so."""
        return dict(self.endings).get(Ending(ending), 0)


@dataclass(frozen=True)
class Moved:
    """A stay of a service in the council's area with the audits whose report the council issued during it."""

    stay: Stay
    service: str
    cqc_id: str
    audits: tuple[IssuedAudit, ...]


@dataclass(frozen=True)
class HowLong:
    """The council's authority beside England as at a day, and what the council audited during each stay, newest first.

    All stays that are held are listed, also those found too late to count.
    """

    as_at: date
    own: Stays
    england: Stays
    moved: tuple[Moved, ...]

    def audited(self, ending: str) -> tuple[int, int, float | None]:
        """Of the counted stays that ended so: during how many an audit was issued, how many there are, and the middle
        number of days from the last such report to the end.
        """
        some = [one for one in self.moved if one.stay.ending is Ending(ending) and one.stay.told_soon]
        with_audit = [one for one in some if one.audits]
        days = [(one.stay.end - one.audits[-1].issued_on).days for one in with_audit if one.stay.end]
        return len(with_audit), len(some), median(days) if days else None


@dataclass(frozen=True, slots=True)
class _Service:
    id: int
    name: str
    cqc_id: str
    authority_id: int
    gone_on: date | None


def how_long(council: int, as_at: date, audits: tuple[IssuedAudit, ...] | None = None) -> HowLong:
    """How long services in the council's authority and in England stay Requires improvement, as at a day.

    A few statements. What is read of England is kept until something new is loaded.
    """
    audits = issued_audits(council, as_at) if audits is None else audits
    services, stays = _all_stays(as_at)
    name = db.session.scalars(select(LocalAuthority.name).where(LocalAuthority.id == council)).one()
    own = [one for one in stays if services[one.service_id].authority_id == council]
    own.sort(key=lambda one: (one.begin, one.service_id), reverse=True)
    return HowLong(
        as_at=as_at,
        own=_stays(name, own),
        england=_stays("England", stays),
        moved=tuple(_moved(one, services[one.service_id], audits) for one in own),
    )


def _moved(stay: Stay, service: _Service, audits: tuple[IssuedAudit, ...]) -> Moved:
    during = tuple(
        audit
        for audit in audits
        if audit.service_id == stay.service_id
        and stay.begin <= audit.issued_on
        and (stay.end is None or audit.issued_on < stay.end)
    )
    return Moved(stay, service.name, service.cqc_id, during)


def _stays(area: str, stays: Iterable[Stay]) -> Stays:
    held = list(stays)
    counted = [one for one in held if one.told_soon]
    endings = Counter(one.ending for one in counted)
    lasting = (
        survival(Spell(one.days, one.ending is not Ending.RUNNING) for one in counted) if counted else None
    )
    return Stays(
        area=area,
        n=len(counted),
        endings=tuple((ending, endings[ending]) for ending in Ending),
        found_late=len(held) - len(counted),
        lasting=lasting,
    )


def _all_stays(as_at: date) -> tuple[dict[int, _Service], list[Stay]]:
    """Every stay in England as at a day, with the services they are of; kept while nothing new is loaded."""
    # Nothing of CQC's is stored without an event in the chain of all editions, so its head stands for all of it.
    state = db.session.scalar(select(Chain.head_hash).where(Chain.council == NATIONAL))
    kept: dict[Any, tuple[dict[int, _Service], list[Stay]]] = current_app.extensions.setdefault(_KEPT, {})
    found = kept.get((state, as_at))
    if found is None:
        services = _services(as_at)
        found = services, list(_read(services, as_at))
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[state, as_at] = found
    return found


def _ever() -> Any:
    """The services that were ever rated so."""
    return select(Rating.service_id).where(
        Rating.word == RatingWord.REQUIRES_IMPROVEMENT,
        Rating.domain == OVERALL,
        Rating.service_group == OVERALL,
    )


def _services(as_at: date) -> dict[int, _Service]:
    wanted = select(
        Service.id,
        Service.name,
        Service.cqc_id,
        Service.local_authority_id,
        Service.ended_on,
        Service.held_to,
    ).where(Service.location_type == SOCIAL_CARE, Service.id.in_(_ever()))
    found = {}
    for number, name, cqc_id, authority_id, ended_on, held_to in db.session.execute(wanted):
        gone = min((day for day in (ended_on, held_to) if day is not None and day <= as_at), default=None)
        found[number] = _Service(number, name, cqc_id, authority_id, gone)
    return found


def _read(services: dict[int, _Service], as_at: date) -> Iterator[Stay]:
    history = history_of(Rating.service_id.in_(_ever()), as_at, overall_only=True)
    for (service_id, _), published in history.items():
        service = services.get(service_id)
        if service is not None:
            yield from _stays_of(service, published, as_at)


def _stays_of(service: _Service, published: list[Published], as_at: date) -> Iterator[Stay]:
    steps = [(one.on, one.word is RatingWord.REQUIRES_IMPROVEMENT, one) for one in published]
    for span in spans(steps):
        end, ending = span.end, _ending(span.ended_with)
        gone = service.gone_on
        # CQC may publish about an inspection after the registration has ended; the stay was over by then.
        if gone is not None and gone >= span.begin and (end is None or gone < end):
            end, ending = gone, Ending.CLOSED
        days = ((end or as_at) - span.begin).days
        yield Stay(service.id, span.begin, end, ending, days, span.began_with.told_soon)


def _ending(published: Published | None) -> Ending:
    if published is None:
        return Ending.RUNNING
    if published.word is RatingWord.INADEQUATE:
        return Ending.WORSE
    return Ending.BETTER if published.word.is_rating else Ending.UNRATED
