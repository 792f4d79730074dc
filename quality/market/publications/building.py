"""From the market as it is held to the snapshot of a publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from quality.core.clock import local
from quality.core.database import db
from quality.core.errors import Invalid
from quality.market.areas.finding import find_area
from quality.market.areas.kinds import Area
from quality.market.figures.basis import Basis
from quality.market.figures.gathering import market
from quality.market.figures.rules import find_rule
from quality.market.outside.queries import Beside, BesideClaim, claims_for, outside_for
from quality.market.publications.counted import compared_with, scopes_said
from quality.market.publications.snapshot import SCHEMA_VERSION, EditionSaid, OutsideSaid, RuleSaid, Snapshot
from quality.market.publications.wording import scope_of
from quality.services.models import Edition, EditionKind, LocalAuthority

__all__ = ["Wanted", "editions_until", "outside_said", "snapshot_of"]


@dataclass(frozen=True)
class Wanted:
    """What a publication is to say: whose market, as at which day, by which choices, in which words."""

    council: LocalAuthority
    colour: str
    title: str
    as_at: date
    scopes: tuple[str, ...]
    rule: str
    compare: str
    introduction: str
    notes: str
    show_small: bool
    corrects: int | None = None
    correction: str = ""


def snapshot_of(wanted: Wanted, *, number: int, published_at: datetime) -> Snapshot:
    """Everything that the publication says. Reads only. Refused for a day, scope, rule or list that cannot be had."""
    held = market()
    day = held.check_day(wanted.as_at)
    if not wanted.scopes:
        raise Invalid("scopes", "Choose at least one kind of service.")
    rule = find_rule(wanted.rule)
    own = find_area(wanted.council.name, day, council_id=wanted.council.id)
    council = wanted.council.id
    asked = []
    for word in wanted.scopes:
        basis = Basis(day, scope_of(word, council), rule)
        asked.append(compared_with(wanted.compare, word, held=held, own=own, council=council, basis=basis))
    said = scopes_said(held, own, asked, rule, day, council=council, show_small=wanted.show_small)
    return Snapshot(
        schema_version=SCHEMA_VERSION,
        number=number,
        council=wanted.council.name,
        council_code=wanted.council.council_code or "",
        colour=wanted.colour,
        title=wanted.title,
        as_at=day,
        newest_edition=held.told_on(day),
        published_at=local(published_at),
        introduction=wanted.introduction,
        notes=wanted.notes,
        rule=RuleSaid(key=rule.key, title=rule.title, words=rule.words),
        show_small=wanted.show_small,
        corrects=wanted.corrects,
        correction=wanted.correction,
        scopes=said,
        editions=editions_until(day),
        outside=outside_said(own, day, wanted.scopes),
    )


def editions_until(day: date) -> tuple[EditionSaid, ...]:
    """The files of CQC's that figures as at a day rest on: all that are held up to it, oldest first."""
    asked = select(Edition).where(Edition.kind != EditionKind.RESULTS.value, Edition.as_at <= day)
    return tuple(
        EditionSaid(
            kind=EditionKind(one.kind).words, file_name=one.file_name, as_at=one.as_at, sha256=one.sha256
        )
        for one in db.session.scalars(asked.order_by(Edition.as_at, Edition.id))
    )


def outside_said(own: Area, day: date, scopes: Sequence[str]) -> tuple[OutsideSaid, ...]:
    """What others published about the area that is held now: figures of the day's scopes, and claims in words."""
    code = own.code or None
    figures = [one for scope in scopes for one in outside_for(code, own.name, day, scope=scope)]
    said = [_published(one, one.words) for one in figures]
    said += [
        _published(one, f"Published elsewhere, in words: {one.words} {one.cannot_be_said}".strip())
        for one in claims_for(code, own.name)
    ]
    return tuple(said)


def _published(one: Beside | BesideClaim, words: str) -> OutsideSaid:
    source = one.source
    return OutsideSaid(
        title=source.title,
        publisher=source.publisher,
        licence=source.licence,
        address=source.address,
        scope=source.scope,
        words=words,
        differences=tuple(
            f"{each.about}: theirs {each.theirs}; ours {each.ours}" for each in source.differences
        ),
        file_name=source.file_name,
        sha256=source.sha256,
    )
