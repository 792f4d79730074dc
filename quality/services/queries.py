"""Finding services, providers, and what was loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import contains_eager

from quality.core.database import db
from quality.core.paging import PAGE_SIZE, Page, offset, page_of
from quality.people.models import Person
from quality.services.models import SOCIAL_CARE, Edition, LocalAuthority, Provider, Service

MOST_PROVIDERS = 20
MOST_WORDS = 8
LONGEST_SEARCH = 200
# Half a postcode is enough to search by: SS1, or CM1 1A.
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?(\d[A-Z]{0,2})?")


@dataclass(frozen=True)
class ServiceSearch:
    """What is looked for: a text, in one council's area or (None) all England, in social care or every sector."""

    text: str = ""
    local_authority_id: int | None = None
    all_sectors: bool = False


def search_services(search: ServiceSearch, page: int = 1) -> Page[Service]:
    """The services found, by name, with provider and local authority.

    The text is a CQC id, a postcode or its first half with or without its space, or words that must each be in the
    service's name, its provider's name or its town.
    """
    services = (
        select(Service)
        .join(Service.provider)
        .join(Service.local_authority)
        .options(contains_eager(Service.provider), contains_eager(Service.local_authority))
        .where(*_conditions(search))
        .order_by(func.lower(Service.name), Service.id)
        .offset(offset(page))
        .limit(PAGE_SIZE + 1)
    )
    return page_of(list(db.session.scalars(services)), max(page, 1))


def find_service(cqc_id: str) -> Service | None:
    """The service with this CQC id, typed in whatever case."""
    return db.session.scalar(select(Service).where(Service.cqc_id == _plain(cqc_id).upper()))


def authority_name(authority_id: int) -> str:
    """The name of a local authority."""
    return db.session.scalars(select(LocalAuthority.name).where(LocalAuthority.id == authority_id)).one()


def find_providers(text: str) -> list[Provider]:
    """Up to 20 providers whose CQC id is the text, or whose name has every word of it, by name."""
    words = _words(text)
    if not words:
        return []
    named = and_(*(Provider.name.icontains(word, autoescape=True) for word in words))
    found = select(Provider).where(or_(Provider.cqc_id == _plain(text).upper(), named))
    return list(
        db.session.scalars(found.order_by(func.lower(Provider.name), Provider.id).limit(MOST_PROVIDERS))
    )


def find_provider(provider_id: int | None) -> Provider | None:
    """The provider with this number; none for staff, who are nobody's contact."""
    return db.session.get(Provider, provider_id) if provider_id is not None else None


def editions(page: int = 1) -> Page[tuple[Edition, str | None]]:
    """What was loaded, newest first, each with the name of whoever loaded it; none for the command line."""
    loaded = select(Edition, Person.name).outerjoin(Person, Person.id == Edition.loaded_by_id)
    rows = db.session.execute(loaded.order_by(Edition.id.desc()).offset(offset(page)).limit(PAGE_SIZE + 1))
    return page_of(list(rows), max(page, 1))


def edition_of(service: Service) -> Edition | None:
    """The newest edition that lists the service."""
    return db.session.get(Edition, service.edition_id) if service.edition_id else None


def is_empty() -> bool:
    """True until the first file of CQC's was loaded."""
    return db.session.scalar(select(Edition.id).limit(1)) is None


def _conditions(search: ServiceSearch) -> Iterator[ColumnElement[bool]]:
    if search.local_authority_id is not None:
        yield Service.local_authority_id == search.local_authority_id
    if not search.all_sectors:
        yield Service.location_type == SOCIAL_CARE
    words = _words(search.text)
    if words:
        yield or_(
            Service.cqc_id == _plain(search.text).upper(),
            _postcode_begins("".join(words).upper()),
            and_(*(_somewhere(word) for word in words)),
        )


def _plain(text: str) -> str:
    """What was typed without what nobody types: PostgreSQL refuses a text with a null character in it."""
    return " ".join(text.replace("\0", " ").split())


def _words(text: str) -> list[str]:
    return _plain(text).split()[:MOST_WORDS]


def _somewhere(word: str) -> ColumnElement[bool]:
    return or_(
        *(column.icontains(word, autoescape=True) for column in (Service.name, Provider.name, Service.town))
    )


def _postcode_begins(text: str) -> ColumnElement[bool]:
    if not _POSTCODE.fullmatch(text):
        return false()
    return func.replace(Service.postcode, " ", "").startswith(text, autoescape=True)


def only_council() -> str | None:
    """The name of the council whose team works in this installation; none while there is none, or several."""
    councils = select(LocalAuthority.name).where(LocalAuthority.council_code.is_not(None)).limit(2)
    names = list(db.session.scalars(councils))
    return names[0] if len(names) == 1 else None
