"""Finding packs, and the reports for one. Everything is asked for a person, who is given only what they may read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from quality.core.clock import LONDON
from quality.core.database import db
from quality.letters.packs.models import ReportPack
from quality.people.models import Person
from quality.reports.models import Report
from quality.reports.queries import readable
from quality.services.models import Provider

__all__ = ["chosen", "find_pack", "of_period", "packs_of", "with_numbers"]


def packs_of(person: Person) -> list[ReportPack]:
    """The packs this person asked for and that are kept, newest first."""
    mine = select(ReportPack).where(ReportPack.person_id == person.id)
    return list(db.session.scalars(mine.order_by(ReportPack.id.desc())))


def find_pack(pack_id: int, person: Person) -> ReportPack | None:
    """The pack of this number, if this person asked for it."""
    mine = select(ReportPack).where(ReportPack.id == pack_id, ReportPack.person_id == person.id)
    return db.session.scalar(mine)


def chosen(ids: Collection[int], person: Person) -> list[int]:
    """Those of these reports that are issued and that this person may read, in order of number."""
    mine = (
        readable(person).with_only_columns(Report.id).where(Report.id.in_(ids), Report.issued_at.is_not(None))
    )
    return list(db.session.scalars(mine.order_by(Report.number)))


def with_numbers(numbers: Collection[str], person: Person) -> list[int]:
    """The issued reports of these numbers that this person may read."""
    mine = readable(person).with_only_columns(Report.id)
    return list(
        db.session.scalars(
            mine.where(Report.number.in_(numbers), Report.issued_at.is_not(None)).order_by(Report.number)
        )
    )


def of_period(
    person: Person, *, begins: date | None, ends: date | None, provider: str, limit: int
) -> list[int]:
    """The reports first issued from one day to another, both included, of providers whose name has these words in it.

    Each in its newest version, whenever that was issued. No more than `limit` are given.
    """
    other = aliased(Report)
    of_the_same = select(other.id).where(other.audit_id == Report.audit_id, other.issued_at.is_not(None))
    mine = readable(person).with_only_columns(Report.id).where(Report.issued_at.is_not(None))
    mine = mine.where(~of_the_same.where(other.issue > Report.issue).exists())
    if begins:
        mine = mine.where(~of_the_same.where(other.issued_at < _midnight(begins)).exists())
    if ends:
        mine = mine.where(of_the_same.where(other.issued_at < _midnight(ends + timedelta(days=1))).exists())
    if provider:
        mine = mine.where(Report.provider_id.in_(_providers(provider)))
    return list(db.session.scalars(mine.order_by(Report.number).limit(limit)))


def _providers(words: str) -> list[int]:
    """Those to whom a report was issued and whose name has these words in it. Databases fold letters differently."""
    named = select(Provider.id, Provider.name).where(Provider.id.in_(select(Report.provider_id)))
    return [number for number, name in db.session.execute(named) if words.casefold() in name.casefold()]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
