"""Finding services, providers, and what was loaded."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, func, or_, select

from quality.core.database import db
from quality.services.models import LocalAuthority, Provider, Service

MOST_PROVIDERS = 20
MOST_WORDS = 8


def find_service(cqc_id: str) -> Service | None:
    """The service with this CQC id, typed in whatever case."""
    return db.session.scalar(_SERVICE, {"cqc_id": _plain(cqc_id).upper()})


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


def _plain(text: str) -> str:
    """What was typed without what nobody types: PostgreSQL refuses a text with a null character in it."""
    return " ".join(text.replace("\0", " ").split())


def _words(text: str) -> list[str]:
    return _plain(text).split()[:MOST_WORDS]


def only_council() -> str | None:
    """The name of the council whose team works in this installation; none while there is none, or several."""
    councils = select(LocalAuthority.name).where(LocalAuthority.council_code.is_not(None)).limit(2)
    names = list(db.session.scalars(councils))
    return names[0] if len(names) == 1 else None


# Asked by every page of a service, so the statement is made once.
_SERVICE = select(Service).where(Service.cqc_id == bindparam("cqc_id"))
