"""Storing the ratings an edition gives, so that what held before stays.

A rating that an edition gives anew closes the one before it and opens another. An edition speaks of the services it
lists, and a whole one of every service in its areas: what it leaves out has ended. An older edition is woven in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import exists, select, update

from quality.core.database import db
from quality.ratings.late import weave_ratings
from quality.ratings.models import Rating
from quality.ratings.packed import Key, PackedRatings, Said
from quality.ratings.stored import Stored, is_spoken_of
from quality.services.bulk import MOST_NUMBERS, Plain, in_pieces, insert_rows, plain, update_all
from quality.services.models import Edition, EditionKind, LocalAuthority, Service
from quality.services.placing import Placed

_SERVICES_AT_ONCE = 2_000
# The kinds of editions that tell ratings of services, any of which may be newer than the one that is being stored.
TELL_RATINGS = (EditionKind.LATEST_RATINGS, EditionKind.API)


class Held(NamedTuple):
    """A rating that is held still, as it is compared with what an edition says."""

    number: int
    service_id: int
    key: Key
    rating: tuple[Any, ...]


def store_ratings(ratings: PackedRatings, edition: Edition, placed: Placed) -> Stored:
    """Store what an edition says, of services that are placed. The edition is flushed already."""
    if not db.session.scalar(select(exists().select_from(Rating))):
        return _store_first(ratings, edition, placed)
    if _newer_than(edition):
        return weave_ratings(ratings, edition, placed)
    stored = Stored()
    for services in in_pieces(ratings, _SERVICES_AT_ONCE):
        _store_some(services, ratings, edition, placed, stored)
    if not edition.is_part and edition.kind == EditionKind.LATEST_RATINGS:
        _end_unlisted(ratings, edition, placed, stored)
    return stored


def _newer_than(edition: Edition) -> bool:
    newer = select(Edition.id).where(Edition.as_at > edition.as_at, Edition.kind.in_(TELL_RATINGS))
    return db.session.scalar(newer.limit(1)) is not None


def _store_first(ratings: PackedRatings, edition: Edition, placed: Placed) -> Stored:
    """The very first ratings of all have nothing to be compared with."""
    numbers = {service: placed.numbers[service] for service in ratings}
    words = [_in_columns(said) + _details(said) * _is_detailed(edition) for said in ratings.said]
    marks, keys = (edition.id, edition.as_at.isoformat()), ratings.keys
    rows: Iterator[tuple[Plain, ...]] = (
        (number, *keys[key], *marks, *words[said])
        for service, number in numbers.items()
        for key, said in ratings.pairs(service)
    )
    insert_rows(Rating, _COLUMNS + _DETAILS * _is_detailed(edition), rows)
    return Stored(new=len(ratings), services=set(numbers.values()))


def _store_some(
    services: list[str], ratings: PackedRatings, edition: Edition, placed: Placed, stored: Stored
) -> None:
    listed = {placed.numbers[service]: ratings.of(service) for service in services}
    closed: list[Held] = []
    ended: list[Held] = []
    same: dict[int, Said] = {}
    for held in _held(listed):
        given = listed[held.service_id]
        said = given.get(held.key)
        if said is None:
            if is_spoken_of(edition, held.key, held.rating[0]):
                ended.append(held)
        elif said.rating == held.rating:
            stored.unchanged += 1
            same[held.number] = given.pop(held.key)
        else:
            closed.append(held)
    close([held.number for held in (*closed, *ended)], edition)
    new = [(number, key, said) for number, given in listed.items() for key, said in given.items()]
    insert_ratings(new, edition)
    enrich(same)
    stored.new += len(new) - len(closed)
    stored.changed += len(closed)
    stored.ended += len(ended)
    stored.services |= {held.service_id for held in ended} | {number for number, *_ in new}


def _held(services: Iterable[int]) -> Iterator[Held]:
    columns = (
        Rating.id,
        Rating.service_id,
        Rating.service_group,
        Rating.domain,
        Rating.word,
        Rating.published_on,
        Rating.inherited,
    )
    held = select(*columns).where(Rating.service_id.in_(list(services)), Rating.held_to.is_(None))
    for number, service, group, domain, word, day, inherited in db.session.execute(held):
        yield Held(number, service, (group, domain), (word, day, bool(inherited)))


def _end_unlisted(ratings: PackedRatings, edition: Edition, placed: Placed, stored: Stored) -> None:
    """What a whole edition leaves out, in the areas and domains it lists, has ended."""
    listed = {placed.numbers[service] for service in ratings}
    rated = set(db.session.scalars(select(Rating.service_id).where(Rating.held_to.is_(None)).distinct()))
    unlisted = in_areas(rated - listed - placed.unchanged, edition)
    ended = [held for held in _held(unlisted) if is_spoken_of(edition, held.key, held.rating[0])]
    close([held.number for held in ended], edition)
    stored.ended += len(ended)
    stored.services |= {held.service_id for held in ended}


def in_areas(services: set[int], edition: Edition) -> list[int]:
    """Those of the services that lie where the edition speaks of."""
    if edition.authorities is None:
        return list(services)
    there: list[int] = []
    for some in in_pieces(services, MOST_NUMBERS):
        lying = select(Service.id).join(LocalAuthority).where(Service.id.in_(some))
        there += db.session.scalars(lying.where(LocalAuthority.name.in_(edition.authorities)))
    return there


def close(numbers: list[int], edition: Edition) -> None:
    """End these ratings in the edition."""
    update_all(Rating, numbers, to_edition_id=edition.id, held_to=edition.as_at)


def enrich(held: Mapping[int, Said]) -> None:
    """Add to ratings that are held what only the API tells of them: under which framework, and with which scores."""
    told = [
        {
            "id": number,
            "framework_code": said.framework_code,
            "percentage": said.percentage,
            "statements": [list(one) for one in said.statements] or None,
            "inherited_from": said.inherited_from,
        }
        for number, said in held.items()
        if said.is_detailed
    ]
    if told:
        db.session.execute(update(Rating), told)


_COLUMNS = (
    "service_id",
    "service_group",
    "domain",
    "from_edition_id",
    "held_from",
    "word",
    "published_text",
    "published_on",
    "report_type",
    "inherited",
)
_DETAILS = ("inherited_from", "framework_code", "percentage", "statements")


def insert_ratings(given: Iterable[tuple[int, Key, Said]], edition: Edition) -> None:
    """Store ratings that an edition gives anew, each of a service by its number."""
    marks, is_detailed = (edition.id, edition.as_at.isoformat()), _is_detailed(edition)
    rows = (
        (number, *key, *marks, *_in_columns(said), *_details(said) * is_detailed)
        for number, key, said in given
    )
    insert_rows(Rating, _COLUMNS + _DETAILS * is_detailed, rows)


def _is_detailed(edition: Edition) -> bool:
    """True for the only kind of edition that tells more of a rating than files do."""
    return edition.kind == EditionKind.API


def _in_columns(said: Said) -> tuple[Plain, ...]:
    return (
        str(said.word),
        said.published_text,
        plain(said.published_on),
        said.report_type,
        said.inherited,
    )


def _details(said: Said) -> tuple[Plain, ...]:
    percentage = None if said.percentage is None else str(said.percentage)
    return (
        said.inherited_from,
        said.framework_code,
        percentage,
        json.dumps(said.statements) if said.statements else None,
    )
