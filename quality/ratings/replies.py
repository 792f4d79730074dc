"""What CQC's API replied, as contents to be stored: the register, the ratings, earlier ratings, and the links."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from quality.core.database import db
from quality.cqc.api.sifted import SetAside, set_aside_of
from quality.cqc.kinds import TOLD
from quality.cqc.rows import LocationReply, ProviderReply, PublishedRating, ServiceLinkRow
from quality.ratings.contents import Contents
from quality.ratings.models import Rating
from quality.ratings.packed import Key, Said
from quality.services.bulk import Plain, in_pieces, insert_rows, plain
from quality.services.models import Edition, EditionKind, Provider, ServiceLink
from quality.services.placing import Placed, Register
from quality.services.reading import ReadingServices
from quality.services.statements import Facts

# A statement can name so many rows, and so many of their ratings fit in memory.
_SERVICES_AT_ONCE = 2_000


@dataclass
class Replies(Contents):
    """What the API told. The ratings it gives as history, and the links, are by the service's CQC id."""

    past: dict[str, list[tuple[Key, Said]]] = field(default_factory=dict)
    links: dict[str, tuple[ServiceLinkRow, ...]] = field(default_factory=dict)

    @property
    def domains(self) -> list[str] | None:
        """None: it speaks of the services it lists, and of all there is about them."""
        return None

    @property
    def stored(self) -> int:
        """How many rows it comes to: each location is one."""
        return len(self.register.services)


def read_replies(locations: Iterable[LocationReply], providers: Iterable[ProviderReply]) -> Replies:
    """Put replies together. A provider that no reply tells of, and that is not held, is named by its CQC id.

    A row is a location; replies that were set aside before they came here are rows too, whatever they are about.
    """
    reading = ReadingServices(EditionKind.API, TOLD[EditionKind.API])
    told = Replies(Register((), ()))
    for reply in locations:
        if not reading.take(reply.service):
            continue
        _take(told, reply)
    read = reading.finish()
    for name in ("rows_read", "merged", "set_aside", "warnings", "people"):
        setattr(told, name, getattr(read, name))
    of_providers = {one.provider_id: one for one in providers}
    _count_set_aside(told, (*set_aside_of(locations), *set_aside_of(providers)))
    told.register = _with_providers(read.register, of_providers)
    told.of_providers = [
        (one.provider_id, one.name, rating) for one in of_providers.values() for rating in one.ratings
    ]
    return told


def _take(told: Replies, reply: LocationReply) -> None:
    """Take in what a reply tells beside the facts of its service."""
    cqc_id = reply.service.service_id
    told.ratings.put(
        cqc_id,
        {
            told.ratings.number_of_key((one.service_group, one.domain)): (
                told.ratings.number_of(_said(one)),
                0,
            )
            for one in reply.ratings
            if not one.is_past
        },
    )
    told.past[cqc_id] = [
        ((one.service_group, one.domain), _said(one)) for one in reply.ratings if one.is_past
    ]
    told.links[cqc_id] = reply.links


def _count_set_aside(told: Replies, set_aside: Iterable[SetAside]) -> None:
    for one in set_aside:
        told.rows_read += 1
        told.set_aside[one.reason] += 1
        told.warnings.append(one.warning)


def _said(one: PublishedRating) -> Said:
    return Said(
        one.word,
        one.published_text,
        one.published_on,
        one.report_type or "",
        one.inherited,
        one.inherited_from,
        one.framework_code,
        one.percentage,
        one.statements,
    )


_OF_PROVIDER = ("name", "brand_id", "brand_name", "ownership", "companies_house_number")


def _with_providers(register: Register, replies: dict[str, ProviderReply]) -> Register:
    """The register with what the API tells of providers, who are named by replies of their own."""
    held = db.session.execute(select(Provider.cqc_id, *(getattr(Provider, name) for name in _OF_PROVIDER)))
    known: dict[str, Facts] = {cqc_id: tuple(facts) for cqc_id, *facts in held}
    found: dict[str, Facts] = {}
    for cqc_id in register.providers.keys() | replies.keys():
        reply = replies.get(cqc_id)
        if reply is not None:
            found[cqc_id] = tuple(getattr(reply, name) for name in _OF_PROVIDER)
        else:
            found[cqc_id] = known.get(cqc_id, (f"Provider {cqc_id}", None, None, None, None))
    return Register(_OF_PROVIDER, register.service_fields, found, register.services, register.regions)


def keep_past(told: Contents, edition: Edition, placed: Placed) -> None:
    """Store the ratings that are told only as history, each once; what editions held by themselves is not repeated."""
    if not isinstance(told, Replies):
        return
    numbers = {placed.numbers[cqc_id]: past for cqc_id, past in told.past.items() if past}
    for some in in_pieces(numbers.items(), _SERVICES_AT_ONCE):
        insert_rows(Rating, _PAST, list(_new_past(dict(some), edition)))


# The columns of a rating that was told only as history.
_PAST = (
    "service_id",
    "service_group",
    "domain",
    "word",
    "published_text",
    "published_on",
    "report_type",
    "inherited",
    "inherited_from",
    "is_past",
    "framework_code",
    "percentage",
    "statements",
    "from_edition_id",
    "held_from",
    "held_to",
)


def _new_past(numbers: dict[int, list[tuple[Key, Said]]], edition: Edition) -> Iterator[tuple[Plain, ...]]:
    known: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    rows = select(Rating.service_id, Rating.service_group, Rating.domain, Rating.published_on, Rating.word)
    for service_id, *facts in db.session.execute(rows.where(Rating.service_id.in_(numbers))):
        known[service_id].add(tuple(facts))
    for number, past in numbers.items():
        for key, said in past:
            identity = (*key, said.published_on, said.word)
            if identity not in known[number]:
                known[number].add(identity)
                yield _past(number, key, said, edition)


def _past(number: int, key: Key, said: Said, edition: Edition) -> tuple[Plain, ...]:
    as_at = edition.as_at.isoformat()
    return (
        number,
        *key,
        str(said.word),
        said.published_text,
        plain(said.published_on),
        said.report_type,
        said.inherited,
        said.inherited_from,
        True,
        said.framework_code,
        None if said.percentage is None else str(said.percentage),
        json.dumps(said.statements) if said.statements else None,
        edition.id,
        as_at,
        as_at,
    )


def keep_links(told: Contents, edition: Edition, placed: Placed) -> None:
    """Store what services took over from, and who took over from them."""
    if not isinstance(told, Replies):
        return
    numbers = {placed.numbers[cqc_id]: links for cqc_id, links in told.links.items() if links}
    for some in in_pieces(numbers.items(), _SERVICES_AT_ONCE):
        insert_rows(ServiceLink, _LINK, list(_new_links(dict(some), edition)))


_LINK = ("service_id", "kind", "other_cqc_id", "other_name", "reason", "from_edition_id")


def _new_links(
    numbers: dict[int, tuple[ServiceLinkRow, ...]], edition: Edition
) -> Iterator[tuple[Plain, ...]]:
    rows = select(ServiceLink.service_id, ServiceLink.kind, ServiceLink.other_cqc_id)
    held = {tuple(row) for row in db.session.execute(rows.where(ServiceLink.service_id.in_(numbers)))}
    for number, links in numbers.items():
        for one in links:
            if (number, one.kind, one.other_id) not in held:
                held.add((number, one.kind, one.other_id))
                yield number, one.kind, one.other_id, one.other_name or "", one.reason or "", edition.id
