"""Words for what a publication counts: a kind of services, perhaps contracted, perhaps of a specialism."""

from __future__ import annotations

import re

from sqlalchemy import select

from quality.core.database import db
from quality.core.errors import Invalid
from quality.market.figures.scopes import Kind, Scope, find_kind
from quality.services.models import Contract
from quality.services.search import specialisms

__all__ = ["CONTRACTED", "offered", "scope_of"]

CONTRACTED = "contracted"
_FOR = "for-"
_OF_CONTRACTS = (Kind.ALL, Kind.RESIDENTIAL, Kind.COMMUNITY)


def offered(council: int) -> list[tuple[str, str]]:
    """What can be counted for a council, as word and words: kinds, the contracted if it noted any, specialisms held."""
    words = [kind.value for kind in Kind]
    if (
        db.session.scalar(select(Contract.service_id).where(Contract.local_authority_id == council).limit(1))
        is not None
    ):
        words += [f"{kind.value}.{CONTRACTED}" for kind in _OF_CONTRACTS]
    words += [f"{Kind.ALL.value}.{_slug(name)}" for name in specialisms()]
    return [(word, scope_of(word, council).words) for word in words]


def scope_of(word: str, council: int) -> Scope:
    """What a word like `residential`, `all.contracted` or `all.for-dementia` counts. Invalid for another."""
    kind, _, narrower = word.strip().lower().partition(".")
    if not narrower:
        return Scope(find_kind(kind))
    if narrower == CONTRACTED:
        return Scope(find_kind(kind), contracted_by=council)
    named = next((name for name in specialisms() if _slug(name) == narrower), None)
    if named is None:
        raise Invalid("scopes", f"“{word}” is no scope: no service here is told to have that specialism.")
    return Scope(find_kind(kind), specialism=named)


def _slug(name: str) -> str:
    # The word stands in addresses and in the names of parts of a drawing, where a space could not.
    return _FOR + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
