"""Two people load at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from quality.core.database import db
from quality.editions.loading import load_file
from quality.editions.result import LoadResult
from quality.history.models import NATIONAL
from quality.history.queries import verify
from quality.ratings.models import Rating
from quality.services.models import Edition, Service
from tests.builders.cqc_files import latest_ratings_rows, write_csv

DAY = date(2026, 6, 30)


def load(app: Flask, path: Path) -> LoadResult:
    """Load a file for real, as one of several at once."""
    with app.app_context():
        result = load_file(path, as_at=DAY)
        db.session.commit()
        return result


@pytest.mark.parametrize("same", [True, False], ids=["the same file", "different files"])
def test_two_loads_at_once_store_each_file_once(fresh_database: Flask, tmp_path: Path, same: bool) -> None:
    one = write_csv(tmp_path / "one.csv", latest_ratings_rows())
    inadequate = latest_ratings_rows(changes={"Latest Rating": "Inadequate"})
    other = one if same else write_csv(tmp_path / "other.csv", inadequate)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda path: load(fresh_database, path), [one, other] * 2))
    with fresh_database.app_context():
        count = db.session.scalar(select(func.count(Edition.id)))
        current = db.session.scalar(select(func.count(Rating.id)).where(Rating.to_edition_id.is_(None)))
        assert count == sum(not result.already_loaded for result in results) == (1 if same else 2)
        assert db.session.scalar(select(func.count(Service.id))) == 2
        assert current == 12
        assert verify(NATIONAL).fault is None
        db.session.remove()
