"""Opening invented files of *Latest ratings*, which mostly do not say as at which day they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from quality.cqc import DEFAULT_LIMITS, Limits, RatingsFile, open_cqc_file

AS_AT = date(2026, 10, 1)


def open_ratings(path: Path, limits: Limits = DEFAULT_LIMITS, *, as_at: date | None = AS_AT) -> RatingsFile:
    """The opened file, as at the day given; with None, as at the day that the file or its name says."""
    opened = open_cqc_file(path, limits, as_at=as_at)
    assert isinstance(opened, RatingsFile)
    return opened
