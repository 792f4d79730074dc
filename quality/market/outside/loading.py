"""Storing what others published: the whole of a file, or nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from quality.core.clock import now
from quality.core.database import db
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import Actor, record
from quality.market.models.outside import OutsideClaim, OutsideFigure, OutsideSeries
from quality.market.outside.reading import read_outside
from quality.market.outside.told import ToldFile, ToldSeries


@dataclass(frozen=True, slots=True)
class OutsideLoad:
    """What became of a file. `stored` counts figures and claims; with the counts of `set_aside`, that is all it told.

    `rows_read` counts the rows of the file: one of ASCOF 6b tells a figure for each of its years.
    """

    file_name: str
    sha256: str
    layout: str
    already_loaded: bool
    series: tuple[str, ...]
    rows_read: int
    stored: int
    set_aside: dict[str, int]
    warnings: list[str]

    def as_json(self) -> dict[str, Any]:
        """As `flask market outside load --json` prints it."""
        return asdict(self)


def load_outside(path: Path, *, by: Actor | None = None, dry_run: bool = False) -> OutsideLoad:
    """Read a file of figures that others published, and store each of its series with what it says.

    The same bytes again change nothing. What was stored before stays; of two files of a series, the newer speaks. A dry
    run reads and counts. OutsideFileError, and nothing changed, when the file cannot be used.
    """
    told, sha256 = read_outside(path)
    if not dry_run and db.session.connection().dialect.name == "postgresql":
        # Two loads at once would both find nothing held. SQLite has one writer anyhow.
        db.session.execute(text("LOCK TABLE outside_series IN SHARE ROW EXCLUSIVE MODE"))
    held = select(OutsideSeries.id).where(OutsideSeries.sha256 == sha256).limit(1)
    before = db.session.scalar(held) is not None
    load = OutsideLoad(
        file_name=path.name,
        sha256=sha256,
        layout=told.layout.value,
        already_loaded=before,
        series=tuple(series.words.title for series in told.series),
        rows_read=told.rows_read,
        stored=told.stored,
        set_aside=dict(told.set_aside),
        warnings=told.warnings,
    )
    if not before and not dry_run:
        for series in told.series:
            _store(series, told, load, by)
    return load


def _store(told: ToldSeries, file: ToldFile, load: OutsideLoad, by: Actor | None) -> None:
    words = asdict(told.words)
    series = OutsideSeries(
        **{**words, "differences": list(words["differences"])},
        layout=file.layout,
        speaks_until=told.speaks_until,
        file_name=load.file_name[-255:],
        sha256=load.sha256,
        loaded_at=now(),
        figures=[OutsideFigure(**asdict(figure)) for figure in told.figures],
        claims=[
            OutsideClaim(**{**asdict(claim), "shown_with": list(claim.shown_with)}) for claim in told.claims
        ],
    )
    db.session.add(series)
    db.session.flush()
    details = {
        "title": told.words.title,
        "file_name": load.file_name,
        "sha256": load.sha256,
        "stored": len(told.figures) + len(told.claims),
    }
    record(
        Kind.OUTSIDE_FIGURES_LOADED,
        council=NATIONAL,
        about=("outside_series", series.id),
        by=by,
        details=details,
    )
