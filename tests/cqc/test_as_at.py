"""The day a file speaks of is taken from the file or its name, and asked for where that is not clear."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quality.cqc import CqcFileError, open_cqc_file
from tests.builders.cqc_files import README, latest_ratings_rows, write_csv, write_ods
from tests.cqc.opening import open_ratings


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("01_February_2021_Latest_ratings.csv", date(2021, 2, 1)),
        ("1%20June%202021%20Latest%20ratings.csv", date(2021, 6, 1)),
        ("16_september_2025_latest_ratings.csv", date(2025, 9, 16)),
        ("1_December_2020_HSCA_Active_Locations.csv", date(2020, 12, 1)),
        ("Care directory (02 October 2025).csv", date(2025, 10, 2)),
        ("latest-ratings-2025-10-02.csv", date(2025, 10, 2)),
        ("Latest ratings 2nd Oct 2025.csv", date(2025, 10, 2)),
    ],
)
def test_the_as_at_date_is_taken_from_the_files_name(tmp_path: Path, name: str, day: date) -> None:
    assert open_ratings(write_csv(tmp_path / name, latest_ratings_rows()), as_at=None).as_at == day


@pytest.mark.parametrize("name", ["2026_Latest_ratings_Locations.csv", "31_February_2021_Latest_ratings.csv"])
def test_a_name_without_a_whole_date_makes_the_file_ask_for_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(CqcFileError, match="give the day with --as-at"):
        open_cqc_file(write_csv(tmp_path / name, latest_ratings_rows()))


def test_a_name_and_a_readme_that_disagree_are_refused_until_a_person_decides(tmp_path: Path) -> None:
    path = write_ods(
        tmp_path / "02_October_2026_Latest_ratings.ods", latest_ratings_rows(), before={"README": README}
    )

    with pytest.raises(CqcFileError, match=r"name says 2 October 2026 .* as at 1 October 2026"):
        open_cqc_file(path)

    opened = open_ratings(path, as_at=date(2026, 10, 2))
    assert opened.as_at == date(2026, 10, 2)
    assert opened.warnings == ["The file says 1 October 2026; the date you gave, 2 October 2026, was used."]


def test_an_as_at_date_still_to_come_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "02_October_2026_Latest_ratings.csv", latest_ratings_rows())

    with pytest.raises(CqcFileError, match="2 October 2026, is still to come"):
        open_cqc_file(path, today=date(2026, 10, 1))
