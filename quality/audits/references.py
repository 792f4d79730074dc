"""Numbers for audits and reports: one series for each council and year, without gaps.

A number is taken under a lock in the transaction that uses it, so one that is rolled back is given again.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from quality.audits.models import ReferenceCounter
from quality.core.clock import today
from quality.core.database import db
from quality.core.errors import Refused
from quality.services.models import LocalAuthority


def lock_counter(council: LocalAuthority, what: str) -> ReferenceCounter:
    """This year's counter of "audit" or "report" numbers, locked until the transaction ends; made when missing."""
    series = f"{what}-{today().year}"
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert(ReferenceCounter).values(local_authority_id=council.id, series=series, last=0)
    db.session.execute(first.on_conflict_do_nothing())
    counter = select(ReferenceCounter).where(
        ReferenceCounter.local_authority_id == council.id, ReferenceCounter.series == series
    )
    return db.session.scalars(counter.with_for_update().execution_options(populate_existing=True)).one()


def next_reference(council: LocalAuthority, counter: ReferenceCounter) -> str:
    """Take the next number of a locked series: NMR-2026-0012. Refused when the council has no code to number by."""
    if not council.council_code:
        raise Refused(f"{council.name} has no code to number its audits by.")
    counter.last += 1
    db.session.flush()
    year = counter.series.rpartition("-")[2]
    return f"{council.council_code}-{year}-{counter.last:04}"
