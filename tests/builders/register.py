"""What a register tells of services beyond a list of ratings, set directly: types, second registrations, closures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import update

from quality.core.clock import now
from quality.cqc import RatingWord
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import record
from quality.ratings.models import OVERALL, Rating
from quality.services.models import (
    Contract,
    Edition,
    EditionKind,
    Provider,
    ProviderVersion,
    Service,
    ServiceVersion,
    Trait,
    TraitSet,
)
from tests.databases import Database

_numbers = count(1)
NURSING = "Care home service with nursing"
NO_NURSING = "Care home service without nursing"
HOMECARE = "Domiciliary care service"
_OF_VERSION = (
    *("name", "provider_id", "local_authority_id", "location_type", "primary_category", "url"),
    *("address_1", "address_2", "town", "county", "postcode", "phone", "website", "trait_set_id"),
)


def an_edition(session: Database, as_at: date, kind: str = EditionKind.REGISTER, **more: Any) -> Edition:
    """An edition as at a day that tells of nothing yet."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "file_name": f"register-{number}.ods",
        "sha256": hashlib.sha256(f"register {number}".encode()).hexdigest(),
        "loaded_at": now(),
        "rows_read": 3,
        "stored": 2,
        "merged": 0,
        "set_aside": {"no local authority given": 1},
        "warnings": [],
        **more,
    }
    edition = Edition(kind=kind, as_at=as_at, **facts)
    session.add(edition)
    session.flush()
    details = {"file_name": edition.file_name, "stored": 2}
    record(Kind.EDITION_LOADED, council=NATIONAL, about=("edition", edition.id), by=None, details=details)
    return edition


def told(
    session: Database, service: Service, types: Iterable[str] = (), specialisms: Iterable[str] = ()
) -> None:
    """The service with these service types and specialisms."""
    traits = TraitSet(sha256=hashlib.sha256(f"traits {next(_numbers)}".encode()).hexdigest())
    session.add(traits)
    session.flush()
    named = [("service type", name) for name in types] + [("specialism", name) for name in specialisms]
    session.add_all(Trait(trait_set_id=traits.id, kind=kind, name=name) for kind, name in named)
    record(Kind.EDITION_LOADED, council=NATIONAL, about=("edition", 0), by=None, details={})
    change(session, service, trait_set_id=traits.id)


def change(session: Database, service: Service, **facts: Any) -> None:
    """Give the service other facts, as if no edition had said otherwise."""
    session.execute(update(Service).where(Service.id == service.id).values(**facts))
    session.refresh(service)


def was(session: Database, service: Service, first: Edition, then: Edition, **facts: Any) -> None:
    """Let other facts hold of the service from one edition to another, and those it has since."""
    columns = {name: getattr(service, name) for name in _OF_VERSION}
    row = ServiceVersion(service_id=service.id, **{**columns, **facts})
    row.from_edition_id, row.held_from = first.id, first.as_at
    row.to_edition_id, row.held_to = then.id, then.as_at
    session.add(row)
    session.flush()
    change(session, service, from_edition_id=then.id, held_from=then.as_at)


def was_called(
    session: Database, provider: Provider, first: Edition, then: Edition, name: str
) -> ProviderVersion:
    """Let another name hold of the provider from one edition to another, and the one it has since."""
    version = ProviderVersion(provider_id=provider.id, name=name)
    version.from_edition_id, version.held_from = first.id, first.as_at
    version.to_edition_id, version.held_to = then.id, then.as_at
    provider.from_edition_id, provider.held_from = then.id, then.as_at
    session.add(version)
    session.flush()
    return version


def a_rating(
    session: Database,
    service: Service,
    word: RatingWord,
    edition: Edition,
    to: Edition | None = None,
    **more: Any,
) -> Rating:
    """A rating of the service that holds from one edition on, or up to another."""
    facts: dict[str, Any] = {
        "service_group": OVERALL,
        "domain": OVERALL,
        "published_on": edition.as_at,
        **more,
    }
    rating = Rating(service_id=service.id, word=word, published_text=word.words, **facts)
    rating.from_edition_id, rating.held_from = edition.id, edition.as_at
    if to is not None:
        rating.to_edition_id, rating.held_to = to.id, to.as_at
    session.add(rating)
    session.flush()
    return rating


def contracted(session: Database, service: Service, council: int, **days: date | None) -> None:
    """Note that the council contracts the service; `days` are its first and its last."""
    session.add(Contract(local_authority_id=council, service_id=service.id, noted_at=now(), **days))
    details = {"name": service.name}
    record(Kind.CONTRACT_NOTED, council=council, about=("service", service.id), by=None, details=details)
