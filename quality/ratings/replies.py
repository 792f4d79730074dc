"""What CQC's API replied, as contents to be stored: the register, the ratings, earlier ratings, and the links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from quality.core.database import db
from quality.cqc.kinds import TOLD
from quality.cqc.rows import LocationReply, ProviderReply, PublishedRating, ServiceLinkRow
from quality.ratings.contents import Contents
from quality.ratings.models import Rating
from quality.ratings.packed import Key, Said
from quality.services.models import Edition, EditionKind, Provider, ServiceLink
from quality.services.placing import Placed, Register
from quality.services.reading import ReadingServices
from quality.services.through_time import Facts


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
    """Put replies together. A provider that no reply tells of, and that is not held, is named by its CQC id."""
    reading = ReadingServices(EditionKind.API, TOLD[EditionKind.API])
    told = Replies(Register((), ()))
    for reply in locations:
        if not reading.take(reply.service):
            continue
        cqc_id = reply.service.service_id
        told.ratings.put(
            cqc_id,
            {
                told.ratings.number_of_key((one.service_group, one.domain)): (told.ratings.number_of(_said(one)), 0)
                for one in reply.ratings
                if not one.is_past
            },
        )
        told.past[cqc_id] = [
            ((one.service_group, one.domain), _said(one)) for one in reply.ratings if one.is_past
        ]
        told.links[cqc_id] = reply.links
    read = reading.finish()
    for name in ("rows_read", "merged", "set_aside", "warnings", "people"):
        setattr(told, name, getattr(read, name))
    of_providers = {one.provider_id: one for one in providers}
    told.register = _with_providers(read.register, of_providers)
    told.of_providers = [
        (one.provider_id, one.name, rating) for one in of_providers.values() for rating in one.ratings
    ]
    return told


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
    known: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    rows = select(Rating.service_id, Rating.service_group, Rating.domain, Rating.published_on, Rating.word)
    for row in db.session.execute(rows.where(Rating.service_id.in_(list(numbers)))):
        known[row[0]].add(tuple(row[1:]))
    for number, past in numbers.items():
        for key, said in past:
            facts = (*key, said.published_on, said.word)
            if facts not in known[number]:
                known[number].add(facts)
                db.session.add(_past(number, key, said, edition))
    db.session.flush()


def _past(number: int, key: Key, said: Said, edition: Edition) -> Rating:
    return Rating(
        service_id=number,
        service_group=key[0],
        domain=key[1],
        is_past=True,
        from_edition_id=edition.id,
        held_from=edition.as_at,
        held_to=edition.as_at,
        **{**said._asdict(), "statements": [list(one) for one in said.statements] or None},
    )


def keep_links(told: Contents, edition: Edition, placed: Placed) -> None:
    """Store what services took over from, and who took over from them."""
    if not isinstance(told, Replies):
        return
    numbers = {placed.numbers[cqc_id]: links for cqc_id, links in told.links.items() if links}
    rows = select(ServiceLink.service_id, ServiceLink.kind, ServiceLink.other_cqc_id)
    held = {tuple(row) for row in db.session.execute(rows.where(ServiceLink.service_id.in_(list(numbers))))}
    for number, links in numbers.items():
        for one in links:
            if (number, one.kind, one.other_id) not in held:
                held.add((number, one.kind, one.other_id))
                db.session.add(
                    ServiceLink(
                        service_id=number,
                        kind=one.kind,
                        other_cqc_id=one.other_id,
                        other_name=one.other_name or "",
                        reason=one.reason or "",
                        from_edition_id=edition.id,
                    )
                )
    db.session.flush()
