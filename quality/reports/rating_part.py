"""What a report says of CQC's ratings: those pinned to its audit, newer ones, and how they came to be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from quality.audits.models import Audit
from quality.audits.queries import pinned_ratings, rated_since
from quality.cqc import RatingWord
from quality.ratings.models import Rating
from quality.ratings.story import rated_service
from quality.ratings.timeline import Break, GroupTimeline, Told, given_on
from quality.reports import pinned
from quality.services.known import known_service, relations_of
from quality.services.models import EditionKind, Service


def ratings_of(audit: Audit) -> pinned.PinnedRatings:
    """The ratings that were pinned when the visit began, those published since, and the years before."""
    ratings = pinned_ratings(audit)
    editions = {rating.from_edition.id: rating.from_edition for rating in ratings}
    assert audit.ratings_as_at is not None  # noqa: S101 -- It is set when the visit begins, before any approval.
    return pinned.PinnedRatings(
        as_at=audit.ratings_as_at,
        editions=tuple(
            pinned.Edition(
                file=one.file_name, kind=EditionKind(one.kind).words, as_at=one.as_at, sha256=one.sha256
            )
            for one in sorted(editions.values(), key=lambda one: (one.as_at, one.id))
        ),
        ratings=tuple(_rating(rating) for rating in ratings),
        newer=tuple(_rating(one.rating) for one in rated_since(audit)),
        over_time=_over_time(audit.service, audit.ratings_as_at),
    )


def _rating(rating: Rating) -> pinned.Rating:
    return pinned.Rating(
        service_group=rating.service_group,
        domain=rating.domain,
        rating=rating.word.words,
        published_on=rating.published_on,
        inherited=bool(rating.inherited),
        not_rated_reason=None if rating.word.is_rating else _why_not_rated(rating.word),
    )


def _why_not_rated(word: RatingWord) -> str:
    if word is RatingWord.NOT_RATED:
        return "CQC rates the parts of this service, not the whole"
    return word.words


def _over_time(service: Service, day: date) -> pinned.OverTime:
    """The timeline that the service's page shows as at the day, as plain data; nothing where there is none."""
    known = known_service(service, day)
    timeline = rated_service(known, relations_of(service, day), day).timeline if known else None
    if timeline is None:
        return pinned.NOTHING_OVER_TIME
    return pinned.OverTime(
        words=timeline.words,
        ratings=tuple(one for group in timeline.groups for one in _rated_then(group, service.id)),
        breaks=tuple(_break(one) for one in timeline.breaks),
        alike=tuple(timeline.alike),
    )


def _rated_then(group: GroupTimeline, service_id: int) -> Iterator[pinned.RatedThen]:
    for row in reversed([row for row in group.rows if isinstance(row, Told)]):
        for domain, rating in row.ratings.items():
            yield pinned.RatedThen(
                service_group=group.name,
                domain=domain,
                rating=rating.word.words,
                on=given_on(rating),
                dated=rating.published_on is not None,
                framework=row.framework,
                registration=row.registration,
                former=rating.service_id != service_id or bool(rating.inherited),
            )


def _break(one: Break) -> pinned.Break:
    return pinned.Break(
        number=one.number,
        heading=one.heading,
        reason=one.reason,
        source=one.source,
        after=one.parting.after,
        before=one.parting.before,
        groups=tuple(sorted(one.groups)),
    )
