"""CQC's own files, where they are at hand. Nothing of them is kept here but how many rows there are of what."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from quality.cqc import RatingWord, open_latest_ratings

pytestmark = pytest.mark.slow

ENGLAND_2021 = "01_February_2021_Latest_ratings_Locations_Domain-Overall.csv.gz"
LINCOLNSHIRE_2026 = "2026_Latest_ratings_Locations_Lincolnshire.csv"


@pytest.fixture
def folder(shared_data: Path) -> Path:
    return shared_data / "cqc"


def test_all_of_england_in_february_2021(folder: Path) -> None:
    opened = open_latest_ratings(folder / ENGLAND_2021)
    words: Counter[RatingWord] = Counter()
    latest = date.min
    services = set()

    for row in opened.rows():
        words[row.word] += 1
        services.add(row.service_id)
        assert row.published_on is not None
        latest = max(latest, row.published_on)

    assert opened.rows_read == 74_184
    assert opened.as_at == date(2021, 2, 1)
    assert len(opened.headings) == 26
    assert opened.warnings == []
    assert len(services) == 31_966
    assert latest <= date(2021, 2, 1)
    assert words == {
        RatingWord.GOOD: 62_893,
        RatingWord.REQUIRES_IMPROVEMENT: 6_720,
        RatingWord.OUTSTANDING: 3_881,
        RatingWord.INADEQUATE: 616,
        RatingWord.INSUFFICIENT_EVIDENCE: 74,
    }


def test_the_figures_others_computed_for_adult_social_care_in_2021_come_out(folder: Path) -> None:
    categories = {"Residential social care", "Community based adult social care services"}
    newest = {
        row.service_id: row
        for row in sorted(
            open_latest_ratings(folder / ENGLAND_2021).rows(), key=lambda row: row.published_on or date.min
        )
        if row.service_group == row.domain == "Overall"
        and row.primary_category in categories
        and row.word.is_rating
    }

    def good_of_rated(where: str | None, value: str) -> tuple[int, int]:
        rows = [row for row in newest.values() if where is None or getattr(row, where) == value]
        good = sum(row.word in (RatingWord.GOOD, RatingWord.OUTSTANDING) for row in rows)
        return good, len(rows)

    assert good_of_rated("local_authority", "Essex") == (555, 637)
    assert good_of_rated("region", "East of England") == (2_214, 2_634)
    assert good_of_rated(None, "") == (19_532, 23_115)


def test_one_county_in_2026_saved_again_by_an_american_spreadsheet(folder: Path) -> None:
    opened = open_latest_ratings(folder / LINCOLNSHIRE_2026)

    rows = list(opened.rows())

    assert opened.rows_read == len(rows) == 4_159
    assert opened.as_at is None
    assert len(opened.headings) == 28
    assert opened.warnings == []
    assert rows[0].published_on == date(2026, 5, 29)
    assert sum(row.published_on is None for row in rows) == 60
    assert max(row.published_on for row in rows if row.published_on) < date(2026, 8, 1)
    assert Counter(row.domain for row in rows)["Overall"] == 997
    assert Counter(row.word for row in rows) == {
        RatingWord.GOOD: 3_251,
        RatingWord.REQUIRES_IMPROVEMENT: 461,
        RatingWord.REGULATIONS_MET: 180,
        RatingWord.OUTSTANDING: 156,
        RatingWord.NOT_RATED: 42,
        RatingWord.NOT_APPLICABLE: 36,
        RatingWord.INADEQUATE: 27,
        RatingWord.INSUFFICIENT_EVIDENCE: 6,
    }
