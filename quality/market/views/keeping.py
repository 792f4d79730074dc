"""Pages of figures, kept for the next who asks the same: figures change only when something is loaded or noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from flask import request
from markupsafe import Markup
from sqlalchemy import func, select

from quality.core.clock import today
from quality.core.database import db
from quality.market.figures.gathering import market
from quality.market.figures.market import Lately, Market
from quality.market.models import AreaSet, Lookup, OutsideSeries
from quality.people.sign_in import current_person
from quality.services.models import Contract

__all__ = ["Kept", "kept_page"]

_MOST = 200


@dataclass(frozen=True)
class Kept:
    """What a page says, without what is around it: its title, and everything below the header."""

    title: str
    body: Markup


_pages: WeakKeyDictionary[Market, Lately[Kept]] = WeakKeyDictionary()


def kept_page(make: Callable[[], Kept]) -> Kept:
    """The page of the present address, as it was made lately, or as it is made now.

    It is another for another address, council or day, and after anything was loaded, noted or given that it tells of.
    """
    pages = _pages.setdefault(market(), Lately(_MOST))
    council = current_person().local_authority_id
    return pages.get((request.full_path, council, today(), *_noted(council)), make)


def _noted(council: int) -> tuple[Any, ...]:
    """What is another whenever a list, a lookup, another's figure or a contract is."""
    contracts = Contract.local_authority_id == council
    told = select(
        select(func.max(OutsideSeries.id)).scalar_subquery(),
        select(func.count()).select_from(AreaSet).scalar_subquery(),
        select(func.max(AreaSet.noted_at)).scalar_subquery(),
        select(func.max(Lookup.id)).scalar_subquery(),
        select(func.count()).where(contracts).scalar_subquery(),
        select(func.max(Contract.noted_at)).where(contracts).scalar_subquery(),
    )
    return tuple(db.session.execute(told).one())
