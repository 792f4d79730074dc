"""Reading the market from the database, and keeping it until something new is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
from flask import current_app
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import InstrumentedAttribute

from quality.core.database import db
from quality.history.models import NATIONAL, Chain
from quality.market.figures.columns import (
    FOR_EVER,
    FRAMEWORKS,
    OTHER,
    Columns,
    Facts,
    Given,
    Numbers,
    number_of,
)
from quality.market.figures.market import Market
from quality.ratings.models import OVERALL, Rating
from quality.services.models import (
    SOCIAL_CARE,
    Edition,
    EditionKind,
    LocalAuthority,
    Provider,
    Service,
    ServiceVersion,
    Trait,
)

RESIDENTIAL = "Residential social care"
COMMUNITY = "Community based adult social care services"
_CATEGORIES = {RESIDENTIAL: 1, COMMUNITY: 2}
_State = tuple[str | None, int | None]
_KEPT = "market"
_lock = Lock()
# The columns that a Service and a ServiceVersion share, in the order of Facts up to `dormant`.
_SHARED = ("local_authority_id", "provider_id", "primary_category", "is_care_home", "trait_set_id", "beds")


def market() -> Market:
    """The market as it is held now: read when first asked for, and again after something was loaded."""
    state = _state()
    kept: tuple[_State, Market] | None = current_app.extensions.get(_KEPT)
    if kept is not None and kept[0] == state:
        return kept[1]
    with _lock:
        kept = current_app.extensions.get(_KEPT)
        if kept is None or kept[0] != state:
            kept = current_app.extensions[_KEPT] = _whole()
    return kept[1]


def _whole() -> tuple[_State, Market]:
    """All that is held in one state. What is loaded while it is read makes another, which is read anew."""
    while True:
        before, read = _state(), _read()
        if _state() == before:
            return before, Market(read)


def _state() -> _State:
    """What is another whenever CQC's data here are others.

    Nothing is stored without an event in the same transaction, and the events of editions are chained: the last hash
    stands for all that was ever loaded, and no two are the same, even where a load was taken back and its numbers were
    given again. A council that is added is in a chain of its own.
    """
    last = select(Chain.head_hash).where(Chain.council == NATIONAL).scalar_subquery()
    row = db.session.execute(select(last, select(func.max(LocalAuthority.id)).scalar_subquery())).one()
    return row[0], row[1]


def _read() -> Columns:
    service_ids = _array(db.session.execute(_services()), ("id",))["id"]
    authorities = db.session.execute(
        select(LocalAuthority.id, LocalAuthority.name, LocalAuthority.region)
    ).all()
    brands = db.session.scalars(select(Provider.brand_id).where(Provider.brand_id.is_not(None)).distinct())
    numbered = {brand: number for number, brand in enumerate(sorted(b for b in brands if b), start=1)}
    postcodes = {"": 0}
    days = select(Edition.as_at).where(Edition.kind != EditionKind.RESULTS.value).distinct()
    return Columns(
        service_ids=service_ids,
        facts=_facts(service_ids, numbered, postcodes),
        given=_given(service_ids),
        authorities={number: name for number, name, _ in authorities},
        regions={number: region for number, _, region in authorities},
        brands=numbered,
        traits=_traits(),
        postcodes=postcodes,
        edition_days=tuple(db.session.scalars(days.order_by(Edition.as_at))),
    )


def _is_social_care(model: type[Service | ServiceVersion]) -> ColumnElement[bool]:
    """Adult social care by CQC's primary category; by the location type where no source told a category.

    Care homes too that CQC files under something else: its own figures of care homes count them.
    """
    untold = (model.primary_category == "") & (model.location_type == SOCIAL_CARE)
    return or_(model.primary_category.in_(_CATEGORIES), untold, model.is_care_home.is_(True))


def _services() -> Select[int]:
    now = select(Service.id).where(_is_social_care(Service))
    before = select(ServiceVersion.service_id).where(_is_social_care(ServiceVersion))
    every = now.union(before).subquery()
    return select(every.c.id).order_by(every.c.id)


def _facts(service_ids: Numbers, brands: dict[str, int], postcodes: dict[str, int]) -> Facts:
    """All facts; postcodes are given numbers as they come."""
    rows = (_fact(row, brands, postcodes) for row in db.session.execute(_told_of_services()))
    names = (
        *("service", "authority", "provider", "category", "care_home", "traits", "beds", "dormant"),
        *("primary", "brand", "postcode", "registered", "ended", "held_from", "held_to"),
    )
    table = _array(rows, names)
    table["service"] = np.searchsorted(service_ids, table["service"])
    table["primary"] = _places(service_ids, table["primary"])
    return Facts(**table)


def _told_of_services() -> CompoundSelect[Any]:
    """Everything CQC said of services, now and before, as `_fact` takes it apart."""
    primary = select(Service.id, Service.cqc_id).subquery("primary_registration")
    parts = []
    for model, service in ((Service, Service.id), (ServiceVersion, ServiceVersion.service_id)):
        days = (model.registered_on, model.ended_on, model.held_from, model.held_to)
        parts.append(
            select(
                service.label("service"),
                *(getattr(model, name) for name in _SHARED),
                model.is_dormant,
                case((primary.c.id != service, primary.c.id)).label("primary_id"),
                Provider.brand_id,
                model.postcode,
                *(_number(day) for day in days),
            )
            .join(Provider, Provider.id == model.provider_id)
            .outerjoin(primary, primary.c.cqc_id == model.primary_cqc_id)
            .where(_is_social_care(model))
        )
    return union_all(*parts)


def _fact(row: Sequence[Any], brands: dict[str, int], postcodes: dict[str, int]) -> tuple[int, ...]:
    """One row in numbers; what is not told as `Facts` says."""
    registered, ended, held_from, held_to = row[11:]
    return (
        *row[:3],
        _CATEGORIES.get(row[3], OTHER) if row[3] else 0,
        -1 if row[4] is None else int(row[4]),
        row[5] or 0,
        -1 if row[6] is None else row[6],
        bool(row[7]),
        row[8] or 0,
        brands.get(row[9] or "", 0),
        postcodes.setdefault(row[10], len(postcodes)),
        -FOR_EVER if registered is None else registered,
        FOR_EVER if ended is None else ended,
        -FOR_EVER if held_from is None else held_from,
        FOR_EVER if held_to is None else held_to,
    )


def _given(service_ids: Numbers) -> Given:
    wanted = select(
        Rating.service_id,
        Rating.service_group,
        Rating.word,
        _number(Rating.published_on),
        Rating.inherited,
        Rating.framework_code,
        _number(Rating.held_from),
        _number(Rating.held_to),
    ).where(Rating.domain == OVERALL, Rating.is_past.is_(False), Rating.service_id.in_(_services()))
    groups: dict[str, int] = {OVERALL: 0}
    frameworks = {code: number for number, code in enumerate(FRAMEWORKS)}
    rows = (
        (
            service,
            groups.setdefault(group, len(groups)),
            number_of(word),
            published or 0,
            bool(inherited),
            frameworks.get(framework, 0),
            held_from,
            FOR_EVER if held_to is None else held_to,
        )
        for service, group, word, published, inherited, framework, held_from, held_to in db.session.execute(
            wanted
        )
    )
    names = ("service", "group", "word", "published", "inherited", "framework", "held_from", "held_to")
    table = _array(rows, names)
    table["service"] = np.searchsorted(service_ids, table["service"])
    return Given(**table)


def _traits() -> dict[tuple[str, str], frozenset[int]]:
    """The numbers of the sets that have a service type or specialism, by its kind and name."""
    found: dict[tuple[str, str], set[int]] = {}
    for number, kind, name in db.session.execute(select(Trait.trait_set_id, Trait.kind, Trait.name)):
        found.setdefault((kind, name), set()).add(number)
    return {named: frozenset(numbers) for named, numbers in found.items()}


def _places(service_ids: Numbers, numbers: Numbers) -> Numbers:
    """The places of these database ids; -1 for 0 and for what is no adult social care."""
    if not len(service_ids):
        return numbers
    found = np.minimum(np.searchsorted(service_ids, numbers), len(service_ids) - 1)
    return np.where(service_ids[found] == numbers, found, -1)


def _array(rows: Iterable[Any], names: tuple[str, ...]) -> dict[str, Numbers]:
    """Rows of whole numbers as one array for each column."""
    kind = np.dtype([(name, np.int64) for name in names])
    table = np.fromiter((tuple(row) for row in rows), dtype=kind)
    return {name: np.ascontiguousarray(table[name], dtype=np.int32) for name in names}


def _number(
    column: InstrumentedAttribute[date] | InstrumentedAttribute[date | None],
) -> ColumnElement[int | None]:
    """The number of a day, made by the database: a driver would make a date object of each."""
    if db.session.get_bind().dialect.name == "sqlite":
        return cast(func.julianday(column) - literal(2440587.5), Integer)
    return cast(column - literal(date(1970, 1, 1), postgresql.DATE()), Integer)
