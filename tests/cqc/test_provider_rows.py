"""The sheet of providers of Latest ratings is read beside that of locations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from quality.cqc import PublishedRating, RatingWord, open_cqc_file
from tests.builders.cqc_files import README, latest_ratings_rows, write_csv, write_ods, write_xlsx
from tests.builders.cqc_files_register import rated_provider_rows, register_rows

EXPECTED = (
    "RZ9",
    "Northmere Invented NHS Trust",
    PublishedRating(
        service_group="Overall",
        domain="Well-led",
        word=RatingWord.REQUIRES_IMPROVEMENT,
        published_text="Requires improvement",
        published_on=date(2020, 3, 14),
        report_type="Provider",
        inherited=False,
        inherited_from=None,
        is_past=False,
        framework_code=None,
        percentage=None,
        statements=(),
    ),
)


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
@pytest.mark.parametrize("where", ["before", "after"])
def test_the_sheet_of_providers_is_found_wherever_it_stands(
    tmp_path: Path, write: Callable[..., Path], where: str
) -> None:
    sheets = {where: {"Providers": rated_provider_rows()}}
    path = write(tmp_path / "01_October_2026.bin", latest_ratings_rows(), **sheets)
    opened = open_cqc_file(path)

    assert opened.kind == "latest_ratings_locations"
    assert list(opened.provider_rows()) == [EXPECTED]
    assert len(list(opened.rows())) == opened.rows_read == 12


def test_its_domain_was_called_key_question_once(tmp_path: Path) -> None:
    table = rated_provider_rows()
    table[0][table[0].index("Domain")] = "Key Question"
    path = write_ods(
        tmp_path / "ratings.ods", latest_ratings_rows(), before={"README": README}, after={"P": table}
    )

    assert list(open_cqc_file(path).provider_rows()) == [EXPECTED]


@pytest.mark.parametrize("table", [latest_ratings_rows(), register_rows()])
def test_a_file_without_such_a_sheet_has_no_rated_providers(
    tmp_path: Path, table: list[list[object]]
) -> None:
    csv = open_cqc_file(write_csv(tmp_path / "01_October_2026.csv", table))  # type: ignore[arg-type]
    ods = open_cqc_file(write_ods(tmp_path / "01_October_2026.ods", table))  # type: ignore[arg-type]

    assert list(csv.provider_rows()) == list(ods.provider_rows()) == []
