"""A register that does not add up is refused with one sentence that says where and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from quality.cqc import CqcFileError, Limits, open_cqc_file
from tests.builders.cqc_files import Cell, Table, latest_ratings_rows, write_csv, write_ods, write_xlsx
from tests.builders.cqc_files_headings import DEACTIVATED, REGISTER_2026
from tests.builders.cqc_files_register import (
    REGISTER_README,
    SERVICES,
    deactivated_rows,
    dual_rows,
    rated_provider_rows,
    register_rows,
)

AS_AT = date(2026, 10, 1)
TYPE = "Service type - Care home service without nursing"


def refusal(
    path: Path, *, limits: Limits | None = None, as_at: date | None = AS_AT, names: bool = False
) -> str:
    """The sentence with which the file is refused, whenever that is."""
    with pytest.raises(CqcFileError) as caught:
        list(open_cqc_file(path, limits or Limits(), as_at=as_at, names=names).rows())
    sentence = caught.value.sentence
    assert "\n" not in sentence
    assert sentence.endswith((".", "?"))
    return sentence


def with_change(heading: str, value: Cell) -> Table:
    """A register whose second service, in row 3, has this change."""
    first, second = SERVICES
    return register_rows([first, {**second, heading: value}])


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Location ID", "rz901", "is not a CQC id as CQC writes it: its letters must be capital letters"),
        ("Location ID", "1-900 000002", "which is not a CQC id"),
        ("Location ID", "Y", "which is not a CQC id"),
        ("Provider ID", "1–800000001", "which is not a CQC id"),
        ("Primary ID (Dual registration locations)", "Y", "which is not a CQC id"),
        ("Location HSCA start date", "31/02/2011", "which is not a date that exists"),
        ("Location HSCA start date", "soon", "which is not a date like 29/05/2026"),
        ("Location HSCA start date", "31/12/1989", "which is before the year 1990"),
        ("Location HSCA start date", "02/10/2026", "which is after the file's as-at date, 1 October 2026"),
        ("Publication Date", "31/12/1999", "which is before the year 2000"),
        ("Publication Date", "02/10/2026", "which is after the file's as-at date, 1 October 2026"),
        ("Location Latest Overall Rating", "Quite good", "which is not a rating we know"),
        ("Care homes beds", "34.5", "where there must be a whole number of beds, 5,000 at most"),
        ("Care homes beds", "-1", "where there must be a whole number of beds"),
        ("Care homes beds", "9999", "where there must be a whole number of beds"),
        ("Care homes beds", "many", "where there must be a whole number of beds"),
        ("Location Latitude", "0.47", "which is not a latitude in England: those are between 49.8 and 55.9"),
        ("Location Latitude", "nan", "which is not a latitude in England"),
        ("Location Longitude", "51.7", "which is not a longitude in England: those are between -6.6 and 1.8"),
        ("Dormant (Y/N)", "1", "where there must be Y, N or nothing"),
        (TYPE, "X", "where there must be Y, N or nothing"),
        ("Location City", "North\x01mere", "which holds an invisible control character"),
    ],
)
def test_a_wrong_value_is_named_with_its_row_and_heading(
    tmp_path: Path, heading: str, value: str, said: str
) -> None:
    sentence = refusal(write_csv(tmp_path / "register.csv", with_change(heading, value)))

    assert sentence.startswith(f'In row 3, "{heading}" is "')
    assert said in sentence


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_a_spreadsheets_sheet_is_named_too(tmp_path: Path, write: Callable[..., Path]) -> None:
    path = write(
        tmp_path / "register.bin",
        with_change("Care homes beds", "many"),
        sheet="HSCA_Active_Locations",
        before={"README": REGISTER_README},
    )

    assert refusal(path).startswith(
        'In row 3 of the sheet "HSCA_Active_Locations", "Care homes beds" is "many"'
    )


def test_a_name_of_a_person_is_checked_when_it_is_asked_for(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "register.csv", with_change("Registered manager", "A\x01B"))

    assert refusal(path, names=True).startswith('In row 3, "Registered manager" is ')
    assert len(list(open_cqc_file(path, as_at=AS_AT).rows())) == 2


@pytest.mark.parametrize("heading", ["Location ID", "Care homes beds", "Provider Name", "Location Region"])
def test_a_missing_heading_is_named(tmp_path: Path, heading: str) -> None:
    headings = [text for text in REGISTER_2026 if text != heading]

    sentence = refusal(write_csv(tmp_path / "register.csv", register_rows(headings=headings)))

    assert sentence.startswith(f'In row 1, the heading "{heading}" is missing (')


def test_a_register_without_its_service_types_is_refused(tmp_path: Path) -> None:
    headings = [text for text in REGISTER_2026 if not text.startswith("Service type")]

    sentence = refusal(write_csv(tmp_path / "register.csv", register_rows(headings=headings)))

    assert sentence.startswith('In row 1, the heading "Service type - …" is missing (')


def test_a_heading_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "register.csv", register_rows(headings=[*REGISTER_2026, TYPE]))

    assert f'the heading "{TYPE}" stands over two columns, ' in refusal(path)


def test_a_date_column_that_cannot_be_one_way_is_refused(tmp_path: Path) -> None:
    table = with_change("Location HSCA start date", "2/14/2011")

    assert refusal(write_csv(tmp_path / "register.csv", table)) == (
        'In row 3, "Location HSCA start date" is "2/14/2011", which can only be MM/DD/YYYY, but the date in row 2 '
        "can only be DD/MM/YYYY, and the column must be one or the other."
    )


def test_a_deactivated_location_must_have_ended(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ended.csv", deactivated_rows(changes={"Location HSCA End Date": ""}))

    assert refusal(path) == 'In row 2, "Location HSCA End Date" is blank, and every row needs it.'


def test_a_deactivated_list_cut_to_its_first_columns_names_what_is_missing(tmp_path: Path) -> None:
    table = [row[: DEACTIVATED.index("Provider ID")] for row in deactivated_rows()]

    assert 'the heading "Provider ID" is missing' in refusal(write_csv(tmp_path / "ended.csv", table))


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_a_workbook_without_the_sheet_we_need_names_the_sheets_it_has(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    path = write(tmp_path / "register.bin", dual_rows(), sheet="Dual", before={"README": REGISTER_README})

    assert refusal(path) == (
        "This is not one of CQC's files that we read: no row has CQC's headings, the first of which is "
        '"Location ID" or "Name"; its sheets are "README", "Dual".'
    )


def test_a_workbook_with_only_the_ratings_of_providers_says_what_is_missing(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "ratings.ods", rated_provider_rows(), sheet="Providers")

    assert "its sheet of locations is missing" in refusal(path)


def test_a_heading_missing_beside_a_sheet_of_providers_is_named(tmp_path: Path) -> None:
    table = latest_ratings_rows()
    table[0][table[0].index("Latest Rating")] = "Rating"
    path = write_ods(tmp_path / "ratings.ods", table, before={"Providers": rated_provider_rows()})

    assert refusal(path).startswith(
        'In row 1 of the sheet "Locations", the heading "Latest Rating" is missing (the closest there is "Rating")'
    )


def test_a_wrong_row_of_the_dual_registrations_is_named(tmp_path: Path) -> None:
    wrong = dual_rows()
    wrong[2][wrong[0].index("Linked Organisation ID")] = "someone"
    headings = [heading for heading in REGISTER_2026 if not heading.startswith("Primary ID")]
    path = write_ods(tmp_path / "r.ods", register_rows(headings=headings), after={"Dual": wrong})

    assert refusal(path).startswith('In row 3 of the sheet "Dual", "Linked Organisation ID" is "someone"')


@pytest.mark.parametrize(
    "changes", [{"Latest Rating": "Fine"}, {"Provider ID": ""}, {"Publication Date": "2099-01-01"}]
)
def test_a_wrong_row_of_the_ratings_of_providers_is_named(tmp_path: Path, changes: dict[str, Cell]) -> None:
    path = write_ods(
        tmp_path / "r.ods", latest_ratings_rows(), after={"Providers": rated_provider_rows(changes)}
    )

    with pytest.raises(CqcFileError, match='In row 2 of the sheet "Providers", "'):
        list(open_cqc_file(path, as_at=AS_AT).provider_rows())


def test_headings_of_the_ratings_of_providers_that_are_not_whole_are_named(tmp_path: Path) -> None:
    table = [row[:-6] for row in rated_provider_rows()]
    path = write_ods(tmp_path / "r.ods", latest_ratings_rows(), after={"Providers": table})

    with pytest.raises(CqcFileError, match=r'the headings|the heading "'):
        list(open_cqc_file(path, as_at=AS_AT).provider_rows())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_is_refused(tmp_path: Path, encoding: str) -> None:
    path = write_csv(tmp_path / "register.csv", register_rows(), encoding=encoding)

    assert "it may be UTF-16" in refusal(path)


def test_windows_1252_is_refused_with_its_row(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "register.csv", with_change("Location Name", "Molly’s House"), encoding="cp1252"
    )

    assert refusal(path).startswith("In row 3, there is a character that is not UTF-8")


def test_an_as_at_date_that_is_still_to_come_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "01_October_2026_HSCA.csv", register_rows())

    with pytest.raises(CqcFileError, match="1 October 2026, is still to come"):
        open_cqc_file(path, today=date(2026, 9, 30))
