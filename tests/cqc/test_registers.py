"""CQC's register is read whatever its vintage and format, and so is its list of deactivated locations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from quality.cqc import CqcFileError, ServiceRow, open_cqc_file
from quality.cqc.kinds import TOLD
from tests.builders.cqc_files import (
    Cell,
    Table,
    as_excel_keeps_texts,
    write_csv,
    write_csv_gz,
    write_ods,
    write_xlsx,
)
from tests.builders.cqc_files_headings import REGISTER_2017, REGISTER_2021, REGISTER_2026
from tests.builders.cqc_files_register import (
    LARKFIELD,
    REGISTER_README,
    deactivated_rows,
    dual_rows,
    register_rows,
)

Write = Callable[[Path, Table], Path]
WRITERS: dict[str, Write] = {"csv": write_csv, "csv.gz": write_csv_gz, "xlsx": write_xlsx, "ods": write_ods}
every_format = pytest.mark.parametrize(("name", "write"), WRITERS.items(), ids=list(WRITERS))
AS_AT = date(2026, 10, 1)


def read(path: Path, *, names: bool = False) -> list[ServiceRow]:
    rows = list(open_cqc_file(path, as_at=AS_AT, names=names).rows())
    assert all(isinstance(row, ServiceRow) for row in rows)
    return [row for row in rows if isinstance(row, ServiceRow)]


def only_change(
    folder: Path, heading: str, value: Cell, *, headings: Sequence[str] = REGISTER_2026
) -> ServiceRow:
    table = register_rows([LARKFIELD], headings=headings, changes={heading: value})
    return read(write_csv(folder / "register.csv", table))[0]


@every_format
def test_every_format_gives_the_same_services(tmp_path: Path, name: str, write: Write) -> None:
    opened = open_cqc_file(write(tmp_path / f"01_October_2026_HSCA_Active_Locations.{name}", register_rows()))

    rows = list(opened.rows())

    assert (opened.kind, opened.format, opened.as_at) == ("register", name, AS_AT)
    assert opened.headings == REGISTER_2026
    assert opened.warnings == []
    assert opened.rows_read == len(rows) == 2
    assert rows[0] == ServiceRow(
        row_number=2,
        service_id="1-900000001",
        name="Larkfield House",
        care_home=True,
        location_type="Social Care Org",
        primary_category="Residential social care",
        address_1="4 Orchard Lane",
        address_2=None,
        town="Northmere",
        county="Mereshire",
        postcode="ZZ1 1AA",
        local_authority="Northmere",
        region="East of England",
        url=None,
        phone="01632960001",
        website="www.larkfield.example",
        beds=34,
        is_dormant=False,
        registered_on=date(2011, 2, 14),
        ended_on=None,
        primary_id=None,
        latitude=51.734512,
        longitude=0.471234,
        provider_id="1-800000001",
        provider_name="Larkfield Care Limited",
        brand_id=None,
        brand_name=None,
        ownership="Organisation",
        companies_house_number="01234567",
        service_types=("Care home service without nursing",),
        activities=("Accommodation for persons who require nursing or personal care",),
        specialisms=("Dementia", "Older People"),
        people=(),
    )
    assert rows[1][:3] == (3, "RZ901", "Brook End Homecare")


def test_the_register_as_excel_writes_it_is_read_too(tmp_path: Path) -> None:
    path = as_excel_keeps_texts(write_xlsx(tmp_path / "register.xlsx", register_rows()))

    assert read(path) == read(write_csv(tmp_path / "register.csv", register_rows()))


@pytest.mark.parametrize(
    ("headings", "columns"), [(REGISTER_2017, 94), (REGISTER_2021, 119), (REGISTER_2026, 122)]
)
def test_each_vintage_tells_what_it_has_columns_for(
    tmp_path: Path, headings: Sequence[str], columns: int
) -> None:
    opened = open_cqc_file(
        write_csv(tmp_path / "register.csv", register_rows(headings=headings)), as_at=AS_AT, names=True
    )
    (first, second) = opened.rows()

    assert len(opened.headings) == columns
    assert opened.warnings == []
    assert opened.told <= TOLD["register"]
    assert isinstance(first, ServiceRow)
    assert isinstance(second, ServiceRow)
    assert (first.beds, first.phone, first.county) == (34, "01632960001", "Mereshire")
    assert first.registered_on == date(2011, 2, 14)
    assert first.people == (
        ("Registered manager", "Invented, Robin"),
        ("Nominated individual", "Example, Sam"),
    )
    assert second.service_types == ("Domiciliary care service", "Supported living service")
    assert (first.latitude is None) == (columns == 94) == ("latitude" not in opened.told)
    assert (first.is_dormant is None) == (columns == 94) == ("is_dormant" not in opened.told)
    assert (second.primary_id is None) == (columns != 122) == ("primary_id" not in opened.told)


@every_format
def test_the_headings_are_found_below_six_lines_or_on_any_sheet(
    tmp_path: Path, name: str, write: Write
) -> None:
    above: Table = [
        ["HSCA Active Locations"],
        [],
        ["a line"],
        [],
        ["Source: CQC database as at 1 August 2017"],
        [],
    ]
    table = [*above, *register_rows(headings=REGISTER_2017)]
    opened = open_cqc_file(write(tmp_path / f"HSCA Active Locations.{name}", table))

    assert [row.row_number for row in opened.rows()] == [8, 9]
    assert opened.as_at == date(2017, 8, 1)


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_the_readme_gives_the_as_at_date_even_when_it_comes_last(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    before = write(tmp_path / "first.bin", register_rows(), before={"README": REGISTER_README})
    after = write(tmp_path / "last.bin", register_rows(), after={"README": REGISTER_README})

    assert open_cqc_file(before).as_at == open_cqc_file(after).as_at == AS_AT


def test_a_file_without_any_as_at_date_asks_for_it(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "HSCA Active Locations.csv", register_rows())

    with pytest.raises(CqcFileError, match="give the day with --as-at"):
        open_cqc_file(path)


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_dual_registrations_come_from_their_sheet_where_the_register_does_not_tell_them(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    path = write(
        tmp_path / "register.bin",
        register_rows(headings=REGISTER_2021),
        sheet="HSCA_Active_Locations",
        after={"Dual_Registration_Locations": dual_rows()},
    )
    opened = open_cqc_file(path, as_at=AS_AT)

    assert "primary_id" in opened.told
    assert [row.primary_id for row in read(path)] == ["1-900000001", "1-900000001"]


def test_the_registers_own_word_on_dual_registration_counts_before_the_sheets(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "register.ods", register_rows(), after={"Dual": dual_rows()})

    assert [row.primary_id for row in read(path)] == [None, "1-900000001"]


def test_names_of_people_are_given_only_when_asked_for(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "register.csv", register_rows())

    assert [row.people for row in read(path)] == [(), ()]
    assert read(path, names=True)[1].people == (("Nominated individual", "Example, Sam"),)


def test_deactivated_locations_tell_when_a_registration_ended(tmp_path: Path) -> None:
    readme = {"Contents": [["Source: CQC database as at 01 July 2026"]]}
    opened = open_cqc_file(write_ods(tmp_path / "deactivated.ods", deactivated_rows(), before=readme))

    row = next(opened.rows())

    assert (opened.kind, opened.as_at, opened.warnings) == ("deactivated", date(2026, 7, 1), [])
    assert isinstance(row, ServiceRow)
    assert (row.ended_on, row.registered_on, row.beds) == (date(2026, 6, 30), date(2011, 2, 14), 12)
    assert (row.service_types, row.phone, row.provider_name) == ((), None, "Larkfield Care Limited")
    assert opened.told <= TOLD["deactivated"]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2011, 2, 14), date(2011, 2, 14)),
        ("14/02/2011", date(2011, 2, 14)),
        ("2/14/2011", date(2011, 2, 14)),
        ("2011-02-14", date(2011, 2, 14)),
        ("2011-02-14T00:00:00", date(2011, 2, 14)),
        ("2011-02-14 00:00:00", date(2011, 2, 14)),
        ("14/02/2011 - 00:00", date(2011, 2, 14)),
        ("14/Feb/2011 - 00:00", date(2011, 2, 14)),
        ("14-Feb-2011", date(2011, 2, 14)),
        ("2/14/2011 12:00:00 AM", date(2011, 2, 14)),
        ("40588", date(2011, 2, 14)),
        ("40588.0", date(2011, 2, 14)),
        ("-", None),
        ("", None),
    ],
)
def test_a_start_date_is_understood_in_every_form(tmp_path: Path, value: Cell, day: date | None) -> None:
    assert only_change(tmp_path, "Location HSCA start date", value).registered_on == day


def test_a_column_of_american_dates_is_judged_as_a_whole(tmp_path: Path) -> None:
    table = register_rows([LARKFIELD, {**LARKFIELD, "Location HSCA start date": "2/14/2011"}])
    table[1][REGISTER_2026.index("Location HSCA start date")] = "3/4/2012"

    assert [row.registered_on for row in read(write_csv(tmp_path / "us.csv", table))] == [
        date(2012, 3, 4),
        date(2011, 2, 14),
    ]


@pytest.mark.parametrize(
    ("heading", "value", "field", "expected"),
    [
        ("Location ID", "  1-900000001 ", "service_id", "1-900000001"),
        ("Location Telephone Number", "01632 960001", "phone", "01632 960001"),
        ("Location Telephone Number", "163296001", "phone", "0163296001"),
        ("Location Telephone Number", "1632960001.0", "phone", "01632960001"),
        ("Location Telephone Number", "+44 1632 960001", "phone", "+44 1632 960001"),
        ("Location Telephone Number", "*", "phone", None),
        ("Location Region", "(pseudo) Wales", "region", "(pseudo) Wales"),
        ("Location Region", "Unspecified", "region", None),
        ("Care homes beds", "34.0", "beds", 34),
        ("Care homes beds", "0", "beds", 0),
        ("Dormant (Y/N)", "y", "is_dormant", True),
        ("Provider Companies House Number", "SC123456", "companies_house_number", "SC123456"),
        ("Brand Name", "*", "brand_name", None),
    ],
)
def test_a_value_is_taken_as_it_is_meant(
    tmp_path: Path, heading: str, value: str, field: str, expected: object
) -> None:
    assert getattr(only_change(tmp_path, heading, value), field) == expected


def test_a_file_can_be_read_twice(tmp_path: Path) -> None:
    opened = open_cqc_file(write_ods(tmp_path / "register.ods", register_rows()), as_at=AS_AT)

    assert list(opened.rows()) == list(opened.rows())
    assert opened.rows_read == 2


def test_what_else_a_list_of_deactivated_locations_has_in_common_with_the_register_is_read(
    tmp_path: Path,
) -> None:
    more = ("Location Telephone Number", "Service type - Domiciliary care service")
    table = deactivated_rows()
    table[0] += more
    for cells in table[1:]:
        cells += ["1632960001", "Y"]
    opened = open_cqc_file(write_csv(tmp_path / "ended.csv", table), as_at=AS_AT)

    (row, _) = opened.rows()

    assert isinstance(row, ServiceRow)
    assert (row.phone, row.service_types) == ("01632960001", ("Domiciliary care service",))
    assert opened.warnings == []
    assert {"phone", "service_types"} <= opened.told <= TOLD["deactivated"]
    assert "specialisms" not in opened.told
