"""What the rows of the newest editions were, so that a month later only those that differ are read.

A row that is as it was needs no second look while two things hold: it is understood as it was (the same headings, the
same program), and what is held of its service is still what that edition left behind.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from heapq import merge
from itertools import accumulate, chain
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, insert, or_, select

from quality.core.database import db
from quality.cqc import CqcFile
from quality.cqc.following import Following, Remembered
from quality.cqc.services import ServicesFile
from quality.editions.models import RememberedRows
from quality.editions.names import choice
from quality.editions.queries import newest_loaded
from quality.ratings.models import Rating
from quality.services.bulk import MOST_NUMBERS, in_pieces
from quality.services.models import Edition, EditionKind, LocalAuthority, Provider, Service
from quality.services.placing import Placed, standing_kinds
from quality.services.told import Told, Unchanged

# Whole tables, whose rows CQC publishes again month after month.
_KINDS = {EditionKind.REGISTER, EditionKind.LATEST_RATINGS}
_READING = ("cqc", "ratings", "services")


@dataclass(frozen=True)
class Recalled:
    """A way to follow a file along the newest edition of its kind, and what is known of that edition's runs."""

    following: Following
    services: array[int] = field(default_factory=lambda: array("I"))
    authorities: array[int] = field(default_factory=lambda: array("I"))
    domains: frozenset[str] = frozenset()
    newest: int | None = None  # The edition that was loaded last of all when this was recalled.
    understood: str = ""  # See `RememberedRows`.

    def unchanged(self) -> Unchanged:
        """The services whose rows were passed over."""
        following = self.following
        names = dict(db.session.execute(select(LocalAuthority.id, LocalAuthority.name)).all())
        lie_in = set(map(self.authorities.__getitem__, following.passed))
        return Unchanged(
            frozenset(map(self.services.__getitem__, following.passed)),
            following.rows_passed,
            frozenset(names[number] for number in lie_in),
            self.domains if following.passed else frozenset(),
            self.newest,
        )


def recall(file: CqcFile) -> Recalled:
    """Along which edition a file can be followed: along none where it would not be sure to come to the same."""
    kept, understood = db.session.get(RememberedRows, file.kind), _understood(file)
    if kept is None or kept.understood != understood or not _comes_next(kept.edition, file):
        return Recalled(Following(), understood=understood)
    services, touched = array("I", kept.services), _touched_since(kept.edition)
    places = frozenset(place for place, number in enumerate(services) if number in touched)
    remembered = Remembered(array("H", kept.counts), array("Q", kept.digests), kept.ways, places)
    return Recalled(
        Following(remembered),
        services,
        array("I", kept.authorities),
        frozenset(kept.edition.domains or ()),
        newest_loaded(),
        understood,
    )


def stands_by_itself(told: Told, file: CqcFile) -> bool:
    """True when what differs is all that need be looked at: nothing of it is about what was passed over.

    A service may have rows elsewhere in the file; and of a provider, the first row is believed, which may be one that
    was passed over.
    """
    numbers = select(Service.id)
    passed = told.unchanged.services
    providers = set(_providers_told_anew(told, file))
    of_services = (
        numbers.where(Service.cqc_id.in_(some)) for some in in_pieces(told.register.services, MOST_NUMBERS)
    )
    of_providers = (
        numbers.where(Service.provider_id.in_(some)) for some in in_pieces(providers, MOST_NUMBERS)
    )
    found = (one.id for rows in chain(of_services, of_providers) for one in db.session.execute(rows))
    return passed.isdisjoint(found)


def _providers_told_anew(told: Told, file: CqcFile) -> Iterator[int]:
    """Those of which something else is told than is held, where that would not stand against it."""
    fields = [getattr(Provider, name) for name in told.register.provider_fields]
    held = select(Provider.cqc_id, Provider.id, Edition.kind, *fields).join(
        Edition, Provider.from_edition_id == Edition.id, isouter=True
    )
    standing = standing_kinds(file.kind, file.as_at, db.session.scalars(select(Edition)))
    for some in in_pieces(told.register.providers, MOST_NUMBERS):
        for cqc_id, number, kind, *facts in db.session.execute(held.where(Provider.cqc_id.in_(some))):
            if kind not in standing and tuple(facts) != told.register.providers[cqc_id]:
                yield number


def _comes_next(before: Edition, file: CqcFile) -> bool:
    """True when each was the newest there was, and no fewer kinds stand against the file than stood against that."""
    editions = list(db.session.scalars(select(Edition)))
    earlier = [one for one in editions if one.id < before.id]
    then = standing_kinds(before.kind, before.as_at, earlier)
    return (
        before.as_at < file.as_at
        and all(one.as_at <= before.as_at for one in earlier)
        and all(one.as_at <= file.as_at for one in editions)
        and then <= standing_kinds(file.kind, file.as_at, editions)
    )


def _touched_since(edition: Edition) -> set[int]:
    """The services of which an edition that was loaded later told something new, or of whose providers."""
    later = edition.id
    of_service = or_(Service.from_edition_id > later, Service.to_edition_id > later)
    of_provider = or_(Provider.from_edition_id > later, Provider.to_edition_id > later)
    of_rating = or_(Rating.from_edition_id > later, Rating.to_edition_id > later)
    touched = set(db.session.scalars(select(Service.id).join(Provider).where(or_(of_service, of_provider))))
    if edition.kind == EditionKind.LATEST_RATINGS:
        touched |= set(db.session.scalars(select(Rating.service_id).where(of_rating)))
    return touched


class _Run(NamedTuple):
    """The rows of a service in the edition that is being remembered."""

    first: int
    service: int
    authority: int
    digests: array[int]


def remember(edition: Edition, told: Told, recalled: Recalled, placed: Placed) -> None:
    """Remember the rows of an edition that was stored, in place of those of the one before it."""
    following = recalled.following
    if (
        edition.kind not in _KINDS
        or edition.is_part
        or not following.rows
        or "unsure" in following.ways.values()
    ):
        return
    services, authorities, counts, digests = array("I"), array("I"), array("H"), array("Q")
    for run in merge(_passed(recalled), _told(told, following, placed)):
        services.append(run.service)
        authorities.append(run.authority)
        counts.append(len(run.digests))
        digests += run.digests
    db.session.execute(delete(RememberedRows).where(RememberedRows.kind == edition.kind))
    db.session.execute(
        insert(RememberedRows).values(
            kind=edition.kind,
            edition_id=edition.id,
            understood=recalled.understood,
            ways=following.ways,
            services=services.tobytes(),
            authorities=authorities.tobytes(),
            counts=counts.tobytes(),
            digests=digests.tobytes(),
        )
    )


def _passed(recalled: Recalled) -> Iterator[_Run]:
    following, remembered = recalled.following, recalled.following.remembered
    if remembered is None:
        return
    begins = [0, *accumulate(remembered.counts)]
    for place, row in zip(following.passed, following.begins, strict=True):
        rows = remembered.digests[begins[place] : begins[place + 1]]
        yield _Run(row, recalled.services[place], recalled.authorities[place], rows)


def _told(told: Told, following: Following, placed: Placed) -> Iterator[_Run]:
    """Every run that was given out whole; not where two rows say different things, so that both are read again."""
    register, rows = told.register, following.rows
    fields = register.service_fields
    authority, provider = fields.index("local_authority_id"), fields.index("provider_id")
    unsure = told.unsure & register.providers.keys()
    unsure_numbers = (
        set(db.session.scalars(select(Provider.id).where(Provider.cqc_id.in_(unsure)))) if unsure else ()
    )
    for run in told.runs():
        at = bisect_left(rows, run.first)
        facts = register.services[run.cqc_id]
        is_whole = rows[at : at + run.length] == array("I", range(run.first, run.first + run.length))
        if is_whole and run.cqc_id not in told.unsure and facts[provider] not in unsure_numbers:
            digests = following.digests[at : at + run.length]
            yield _Run(run.first, placed.numbers[run.cqc_id], facts[authority], digests)


def _understood(file: CqcFile) -> str:
    """The SHA-256 over all that the meaning of a row depends on beside the row itself."""
    # Names that were forgotten in between are told again by every row.
    names = choice()
    duals = sorted(file.duals.items()) if isinstance(file, ServicesFile) else []
    parts = (
        _program(),
        sys.byteorder,
        file.kind,
        file.headings,
        sorted(file.told),
        names and names.id,
        duals,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def _program() -> str:
    """The SHA-256 over the program that reads: another release may understand the same row otherwise."""
    found = hashlib.sha256()
    for folder in _READING:
        for path in sorted((Path(__file__).parents[1] / folder).rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()
