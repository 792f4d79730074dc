"""Snapshots made by hand, of nobody real."""

from __future__ import annotations

from datetime import UTC, date, datetime

from quality.market.publications.snapshot import (
    SCHEMA_VERSION,
    ComparatorsSaid,
    EditionSaid,
    Figure,
    LeftOut,
    Role,
    RuleSaid,
    ScopeSaid,
    Snapshot,
)
from quality.scoring.proportions import wilson

DAY = date(2026, 6, 30)


def a_figure(role: Role, k: int, n: int) -> Figure:
    """k of n somewhere."""
    between = wilson(k, n) if n else None
    return Figure(
        role=role,
        area_code="",
        area_name="Northmere",
        k=k,
        n=n,
        share=round(k / n, 6) if n else None,
        low=round(float(between.low), 6) if between else None,
        high=round(float(between.high), 6) if between else None,
        against_england=None,
        is_suppressed=False,
        registered=n + 2,
        left_out=(LeftOut(key="not_rated", words="not rated", count=2),),
    )


def a_scope(*figures: Figure) -> ScopeSaid:
    """All services, with these figures."""
    return ScopeSaid(
        key="all",
        words="All adult social care",
        comparators=ComparatorsSaid(key="all", words="All authorities", definition="All of them."),
        figures=figures,
        place="",
    )


def a_snapshot(*scopes: ScopeSaid) -> Snapshot:
    """A publication of Northmere's with these scopes."""
    return Snapshot(
        schema_version=SCHEMA_VERSION,
        number=1,
        council="Northmere",
        council_code="NMR",
        colour="#1d5b7a",
        title="Market quality in Northmere",
        as_at=DAY,
        newest_edition=DAY,
        published_at=datetime(2026, 7, 1, 9, tzinfo=UTC),
        introduction="",
        notes="",
        rule=RuleSaid(key="rated/1", title="Rated", words="Those that are rated."),
        show_small=True,
        corrects=None,
        correction="",
        scopes=scopes,
        editions=(EditionSaid(kind="Latest ratings", file_name="a.ods", as_at=DAY, sha256="0" * 64),),
        outside=(),
    )
