"""The same figures counted in plain Python, one service at a time, from what the service's own page would say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from quality.cqc import RatingWord
from quality.market.figures.basis import Basis
from quality.market.figures.counting import Fate
from quality.market.figures.scopes import Kind, Scope
from quality.ratings.models import OVERALL, Rating
from quality.ratings.queries import current_ratings
from quality.services.facts import facts_as_at, is_left_out
from quality.services.models import Contract, LocalAuthority, Provider, Trait
from tests.databases import Database

HOME, COMMUNITY = "Residential social care", "Community based adult social care services"
GOOD = (RatingWord.OUTSTANDING, RatingWord.GOOD)
IN_HOMES = (Kind.CARE_HOME, Kind.NURSING, Kind.NO_NURSING)


@dataclass
class Count:
    """k of n, and how many services had each fate."""

    k: int = 0
    n: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)


def count(session: Database, basis: Basis, *, authority: str = "", provider: str = "") -> Count:
    """Count an authority, a provider, or everything."""
    facts = facts_as_at(basis.day).c
    known = session.execute(select(*facts, is_left_out(facts, basis.day).label("is_second"))).all()
    homes = {row.cqc_id for row in known if row.is_open and not row.is_dormant and is_adult_social_care(row)}
    found = Count()
    for row in known:
        lies = not authority or session.get_one(LocalAuthority, row.local_authority_id).name == authority
        belongs = not provider or session.get_one(Provider, row.provider_id).cqc_id == provider
        if not (row.is_open and lies and belongs and is_adult_social_care(row)):
            continue
        in_scope = is_in_scope(session, row, basis.scope, basis.day)
        if in_scope is False:
            continue
        fate, is_good = fate_of(row, basis, in_scope is None, row.is_second and row.primary_cqc_id in homes)
        found.fates[fate] += 1
        if fate is Fate.COUNTED:
            weight = row.beds if basis.rule.beds else 1
            found.n += weight
            found.k += weight * is_good
    return found


def is_adult_social_care(row: Any) -> bool:
    """By category, by location type where no category was told, and every care home."""
    untold = row.primary_category == "" and row.location_type == "Social Care Org"
    return row.primary_category in (HOME, COMMUNITY) or untold or row.is_care_home is True


def is_in_scope(session: Database, row: Any, scope: Scope, day: date) -> bool | None:
    """Whether a service is of a scope; none where nobody told."""
    traits = session.scalars(select(Trait).where(Trait.trait_set_id == row.trait_set_id)).all()
    answers: list[bool | None] = [is_of_kind(row, scope.kind, {one.name for one in traits})]
    if scope.specialism:
        has = any(one.kind == "specialism" and one.name == scope.specialism for one in traits)
        answers.append(None if row.trait_set_id is None else has)
    if scope.contracted_by is not None:
        noted = session.get(Contract, (scope.contracted_by, row.id))
        answers.append(
            noted is not None and (noted.starts_on or day) <= day and (noted.ends_on or day) >= day
        )
    if False in answers:
        return False
    return None if None in answers else True


def is_of_kind(row: Any, kind: Kind, types: set[str]) -> bool | None:
    """Whether a service is of a kind; none where nobody told."""
    category = row.primary_category
    elsewhere = category not in (HOME, COMMUNITY, "")
    own = {Kind.ALL: "", Kind.COMMUNITY: COMMUNITY, Kind.HOMECARE: COMMUNITY}.get(kind, HOME)
    may_be = category in (own, "")
    if kind is Kind.ALL:
        return not elsewhere
    if kind is Kind.CARE_HOME:
        return None if row.is_care_home is None and may_be else bool(row.is_care_home)
    if kind.types:
        if row.trait_set_id is None:
            return None if may_be else False
        return bool(types & set(kind.types)) and (not elsewhere or kind in IN_HOMES)
    return None if category == "" else category == own


def fate_of(row: Any, basis: Basis, is_untold: bool, is_second: bool) -> tuple[Fate, bool]:
    """What becomes of a service, by the first reason that holds; and whether it counts as good."""
    groups = {group.name: group.ratings for group in current_ratings(row.id, basis.day)}
    of_whole = [one for one in groups.pop(OVERALL, []) if one.domain == OVERALL]
    whole = of_whole[0] if of_whole and of_whole[0].word.is_rating else None
    parts = [one for some in groups.values() for one in some if one.domain == OVERALL and one.word.is_rating]
    rule = basis.rule
    counts = [whole] if whole else parts if rule.worst else []
    good = bool(counts) and all(one.word in GOOD for one in counts)
    reasons = {
        Fate.DORMANT: row.is_dormant is True,
        Fate.SECOND_REGISTRATION: is_second,
        Fate.TYPE_NOT_TOLD: is_untold,
        Fate.RATED_BY_SERVICE: not rule.unrated and not counts and bool(parts),
        Fate.NOT_RATED: not rule.unrated and not counts,
        Fate.INHERITED: not rule.inherited and whole is not None and whole.inherited is True,
        Fate.NO_DATE: rule.years is not None and any(one.published_on is None for one in counts),
        Fate.OLDER_THAN_THREE_YEARS: rule.years is not None and _is_old(counts, basis.day),
        Fate.NO_BEDS: rule.beds and not row.beds,
    }
    return next((fate for fate, holds in reasons.items() if holds), Fate.COUNTED), good


def _is_old(ratings: list[Rating], day: date) -> bool:
    return any(one.published_on and one.published_on < day.replace(year=day.year - 3) for one in ratings)
