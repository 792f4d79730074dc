"""Services, providers and brands as areas: what CQC has an id for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from quality.core.database import db
from quality.core.pages import day as in_words
from quality.market.areas.kinds import Area, AreaKind, NoSuchArea
from quality.services.facts import facts_as_at, providers_as_at
from quality.services.models import Provider, ProviderVersion, Service

_LONGEST_ID = 20


def organisation_called(text: str, as_at: date) -> Area | None:
    """The service, provider or brand with this id of CQC's, called as it was on a day; a service before a provider.

    Raises NoSuchArea for a service that no edition told of up to that day.
    """
    wanted = text.upper()
    if len(wanted) > _LONGEST_ID or " " in wanted:
        return None
    return _service(wanted, as_at) or _provider(wanted, as_at) or _brand(wanted)


def _service(cqc_id: str, as_at: date) -> Area | None:
    known = db.session.scalar(select(Service.id).where(Service.cqc_id == cqc_id))
    if known is None:
        return None
    facts = facts_as_at(as_at).c
    name = db.session.scalar(select(facts.name).where(facts.id == known).limit(1))
    if name is None:
        raise NoSuchArea(
            f"Nothing is known of the service {cqc_id} on {in_words(as_at)}: CQC’s data tell of it only later."
        )
    return Area(cqc_id, name, AreaKind.SERVICE)


def _provider(cqc_id: str, as_at: date) -> Area | None:
    providers = providers_as_at(as_at).c
    name = db.session.scalar(select(providers.name).where(providers.cqc_id == cqc_id).limit(1))
    return None if name is None else Area(cqc_id, name, AreaKind.PROVIDER)


def _brand(brand_id: str) -> Area | None:
    for model in (Provider, ProviderVersion):
        found = select(model.brand_name).where(model.brand_id == brand_id).limit(1)
        for name in db.session.scalars(found):
            return Area(brand_id, name or brand_id, AreaKind.BRAND)
    return None
