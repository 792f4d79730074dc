"""Everything a service's page shows of CQC's ratings as at a day, from one reading of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from quality.core.clock import today
from quality.core.database import db
from quality.core.pages import day as in_words
from quality.ratings.expected import check
from quality.ratings.models import OVERALL, Rating
from quality.ratings.timeline import Registration, Timeline, timeline_of
from quality.services.known import KnownService, Relation


@dataclass(frozen=True)
class RatedService:
    """What holds as at a day, what in it does not follow from CQC's own rules, and how it came to be."""

    holding: list[Rating]
    flags: list[str]
    timeline: Timeline | None

    @property
    def overall(self) -> Rating | None:
        """The rating of the service as a whole, if it is one of the four."""
        whole = (one for one in self.holding if one.service_group == OVERALL and one.domain == OVERALL)
        return next((one for one in whole if one.word.is_rating), None)


def rated_service(known: KnownService, relations: Sequence[Relation], day: date | None) -> RatedService:
    """The ratings of a service as at a day, or now, with those of the registrations before and after it."""
    registrations = list(_registrations(known, relations))
    service_id = known.service.id
    told = _told([service_id, *(one.service_id for one in registrations)], day)
    holding = [one for one in told if one.service_id == service_id and _holds(one, day)]
    # What has no date tells nothing of the time under another registration.
    story = [one for one in told if one.service_id == service_id or one.published_on]
    timeline = timeline_of(service_id, story, registrations, day or today())
    return RatedService(holding, check(holding), timeline)


def _told(service_ids: Collection[int], day: date | None) -> list[Rating]:
    """Every rating of these services that an edition up to a day told of, whether or not it held on it."""
    if day is None:
        return list(db.session.scalars(_TOLD, {"service_ids": list(service_ids)}))
    return list(db.session.scalars(_TOLD_THEN, {"service_ids": list(service_ids), "day": day}))


def _holds(rating: Rating, day: date | None) -> bool:
    """The same as `Rating.holds`, for a rating that was told up to the day."""
    return rating.held_to is None or (day is not None and day < rating.held_to)


def _registrations(known: KnownService, relations: Sequence[Relation]) -> Iterable[Registration]:
    """The one registration before and the one after; where there are several, no line can be drawn through them."""
    for kind in ("predecessor", "successor"):
        of_kind = [one for one in relations if one.link.kind == kind]
        other = of_kind[0].other if len(of_kind) == 1 else None
        if other is None:
            continue
        is_before = kind == "predecessor"
        changed_on = known.facts.registered_on if is_before else other.registered_on
        since = f"Since {in_words(changed_on)} " if changed_on else ""
        named = f"{other.name} ({other.cqc_id}), run by {other.provider.name}"
        words = (
            f"{since}this is a registration of its own. Before it, CQC registered {named}."
            if is_before
            else f"{since}CQC registers {named}, instead."
        )
        words = words[:1].upper() + words[1:]
        reason = of_kind[0].link.reason
        words += f" CQC’s reason: {reason}." if reason else ""
        yield Registration(other.id, other.name, words, is_before, changed_on)


# Asked by every page of a service, so the statements are made once.
_TOLD = (
    select(Rating)
    .where(Rating.service_id.in_(bindparam("service_ids", expanding=True)))
    .order_by(Rating.held_from, Rating.id)
)
_TOLD_THEN = _TOLD.where(Rating.held_from <= bindparam("day"))
