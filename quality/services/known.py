"""What was known of one service or provider as at a day, and why nothing was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from quality.core.clock import today
from quality.core.database import db
from quality.core.pages import day as in_words
from quality.services.as_at import version_on
from quality.services.facts import facts_as_at, is_left_out
from quality.services.models import (
    Edition,
    EditionKind,
    Provider,
    ProviderVersion,
    Service,
    ServiceLink,
    ServiceVersion,
    Trait,
)

# Results of organisations say nothing of a service.
_OF_SERVICES = tuple(kind.value for kind in EditionKind if kind is not EditionKind.RESULTS)


@dataclass(frozen=True)
class KnownService:
    """A service as at a day: its facts and its provider's, and its traits by kind.

    `gone_since` is the day from which CQC's editions up to then list it no longer; empty while they do. `is_left_out`
    says that it is not counted, because another provider's registration of the same place is.
    """

    service: Service
    facts: Service | ServiceVersion
    provider: Provider | ProviderVersion
    traits: dict[str, list[str]]
    gone_since: date | None
    is_left_out: bool

    @property
    def address(self) -> str:
        """The address on one line."""
        one = self.facts
        return ", ".join(part for part in (one.address_1, one.address_2, one.town, one.postcode) if part)

    @property
    def second_of(self) -> str:
        """The CQC id of the primary registration of the same place, where CQC names another one; it may not be held."""
        primary = self.facts.primary_cqc_id
        return primary if primary and primary != self.service.cqc_id else ""

    @property
    def web_address(self) -> str:
        """The address of its website as a link can lead to; empty where what CQC has is none."""
        typed = self.facts.website.strip()
        if typed.casefold().startswith(("http://", "https://")):
            return typed
        return f"http://{typed}" if typed and ":" not in typed and " " not in typed else ""


@dataclass(frozen=True)
class Relation:
    """That a service took over from another, or was taken over; `other` is empty where we do not hold it."""

    link: ServiceLink
    other: Service | None


def known_service(service: Service, day: date | None) -> KnownService | None:
    """What was known of the service as at a day; without one, what is known now. None when it was not known then."""
    facts = version_on(service, day)
    if facts is None:
        return None
    gone = facts.held_to if day is None or (facts.held_to and facts.held_to <= day) else None
    provider, traits = _provider_on(facts.provider, day), _traits_of(facts.trait_set_id)
    return KnownService(service, facts, provider, traits, gone, _is_left_out(service, facts, day))


def why_to_come(day: date) -> str:
    """Why nothing can be shown as at a day to come, in a sentence that says what can; empty for any other day."""
    return f"As at must be today or a day in the past. {_editions_in_words()}" if day > today() else ""


def why_unknown(service: Service, day: date) -> str:
    """Why nothing can be shown of the service as at a day, in a sentence that says what can; empty when it can."""
    if to_come := why_to_come(day):
        return to_come
    if version_on(service, day) is not None:
        return ""
    found = _days_of_editions()
    if found is None or day < found[0]:
        return f"Nothing of CQC’s is held here for {in_words(day)}. {_editions_in_words()}"
    versions = select(func.min(ServiceVersion.held_from)).where(ServiceVersion.service_id == service.id)
    first = min((one for one in (db.session.scalar(versions), service.held_from) if one), default=None)
    known = f"Choose {in_words(first)} or a later day" if first else "None of them told of it"
    return (
        f"{service.name} was in none of CQC’s files that are held here up to {in_words(day)}. {known}. "
        f"{_editions_in_words()}"
    )


def relations_of(service: Service, day: date | None) -> list[Relation]:
    """What the service took over from and what took it over, as was known on a day; those we hold with their facts."""
    links = _LINKS if day is None else _LINKS_THEN
    asked = {"service_id": service.id} if day is None else {"service_id": service.id, "day": day}
    return [Relation(link, other) for link, other in db.session.execute(links, asked)]


def find_provider_by_cqc_id(cqc_id: str) -> Provider | None:
    """The provider with this CQC id, typed in whatever case."""
    plain = " ".join(cqc_id.replace("\0", " ").split()).upper()
    return db.session.scalar(select(Provider).where(Provider.cqc_id == plain))


def former_names(provider: Provider) -> list[tuple[str, date]]:
    """The names a provider had before, newest first, each with the day from which it was called otherwise."""
    until = func.max(ProviderVersion.held_to)
    versions = (
        select(ProviderVersion.name, until)
        .where(
            ProviderVersion.provider_id == provider.id,
            ProviderVersion.name != provider.name,
            ProviderVersion.held_to > ProviderVersion.held_from,
        )
        .group_by(ProviderVersion.name)
        .order_by(until.desc())
    )
    return [(name, day) for name, day in db.session.execute(versions) if day is not None]


def services_of(provider: Provider) -> list[Service]:
    """Every service the provider runs, or ran last, with its local authority, by name."""
    services = (
        select(Service)
        .where(Service.provider_id == provider.id)
        .options(joinedload(Service.local_authority, innerjoin=True))
        .order_by(func.lower(Service.name), Service.id)
    )
    return list(db.session.scalars(services))


def left_out_of(provider: Provider) -> set[int]:
    """The numbers of the provider's services that are not counted, because another registration of the place is."""
    second = select(Service.id).where(Service.provider_id == provider.id, is_left_out(Service, None))
    return set(db.session.scalars(second))


def _is_left_out(service: Service, facts: Service | ServiceVersion, day: date | None) -> bool:
    if facts.primary_cqc_id in (None, service.cqc_id):
        return False
    then = facts_as_at(day).c
    return db.session.scalar(select(is_left_out(then, day)).where(then.id == service.id)) or False


def _provider_on(provider: Provider, day: date | None) -> Provider | ProviderVersion:
    """The provider's facts as at a day; its newest where nobody knows."""
    if day is None or provider.held_from is None or provider.held_from <= day:
        return provider
    versions = select(ProviderVersion).where(
        ProviderVersion.provider_id == provider.id, ProviderVersion.holds(day)
    )
    return db.session.scalar(versions) or provider


def _traits_of(trait_set_id: int | None) -> dict[str, list[str]]:
    """The names in a set of traits, in order, by kind: "service type", "activity" and "specialism"."""
    found: dict[str, list[str]] = {}
    if trait_set_id is not None:
        for kind, name in db.session.execute(_TRAITS, {"trait_set_id": trait_set_id}):
            found.setdefault(kind, []).append(name)
    return found


def _days_of_editions() -> tuple[date, date] | None:
    """The days of the first and the newest edition that tells of services; None while there is none."""
    ends = select(func.min(Edition.as_at), func.max(Edition.as_at)).where(Edition.kind.in_(_OF_SERVICES))
    found: Any = db.session.execute(ends).one()
    return None if found[0] is None else (found[0], found[1])


def _editions_in_words() -> str:
    found = _days_of_editions()
    if found is None:
        return "None of CQC’s files were loaded yet."
    first, newest = map(in_words, found)
    if first == newest:
        return f"The only day that CQC’s files held here tell of is {first}."
    return f"CQC’s files held here begin on {first}, and the newest is as at {newest}."


# Asked by every page of a service, so the statements are made once.
_TRAITS = (
    select(Trait.kind, Trait.name)
    .where(Trait.trait_set_id == bindparam("trait_set_id"))
    .order_by(Trait.kind, Trait.name)
)
_LINKS = (
    select(ServiceLink, Service)
    .outerjoin(Service, Service.cqc_id == ServiceLink.other_cqc_id)
    .where(ServiceLink.service_id == bindparam("service_id"))
    .order_by(ServiceLink.kind, ServiceLink.other_cqc_id)
)
_LINKS_THEN = _LINKS.join(Edition, Edition.id == ServiceLink.from_edition_id).where(
    Edition.as_at <= bindparam("day")
)
