"""Small registers, directories and lists of ended registrations as CQC writes them, about places that do not exist."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.builders.cqc_files import Cell, Table
from tests.builders.cqc_files_headings import (
    DEACTIVATED,
    DIRECTORY_2026,
    DUAL,
    DUAL_HEADINGS,
    IN_2026,
    PRIMARY,
    REGISTER_2026,
)

LARKFIELD: Mapping[str, Cell] = {
    "Location ID": "1-900000001",
    "Location HSCA start date": "14/02/2011",
    "Dormant (Y/N)": "N",
    "Care home?": "Y",
    "Location Name": "Larkfield House",
    "Location Telephone Number": "1632960001",
    "Registered manager": "Invented, Robin",
    "Location Web Address": "www.larkfield.example",
    "Care homes beds": "34",
    "Location Type/Sector": "Social Care Org",
    "Location Inspection Directorate": "Adult social care",
    "Location Primary Inspection Category": "Residential social care",
    "Location Latest Overall Rating": "Good",
    "Publication Date": "14/03/2020",
    "Inherited Rating (Y/N)": "N",
    "Location Region": "East of England",
    "Location Local Authority": "Northmere",
    "Location Street Address": "4 Orchard Lane",
    "Location City": "Northmere",
    "Location County": "Mereshire",
    "Location Postal Code": "ZZ1 1AA",
    "Location Latitude": "51.734512",
    "Location Longitude": "0.471234",
    "Brand ID": "-",
    "Brand Name": "-",
    "Provider Companies House Number": "1234567",
    "Provider ID": "1-800000001",
    "Provider Name": "Larkfield Care Limited",
    "Provider HSCA start date": "10/1/2010 12:00:00 AM",
    "Provider Ownership Type": "Organisation",
    "Provider Nominated Individual Name": "Example, Sam",
    "Regulated activity - Accommodation for persons who require nursing or personal care": "Y",
    "Service type - Care home service without nursing": "Y",
    "Service user band - Older People": "Y",
    "Service user band - Dementia": "Y",
}
BROOK_END: Mapping[str, Cell] = {
    **LARKFIELD,
    "Location ID": "RZ901",
    "Location HSCA start date": "01/10/2010",
    "Care home?": "N",
    "Location Name": "Brook End Homecare",
    "Location Telephone Number": "01632 960002",
    "Registered manager": "*",
    "Care homes beds": "",
    "Location Primary Inspection Category": "Community based adult social care services",
    "Location Latest Overall Rating": "",
    "Publication Date": "",
    "Inherited Rating (Y/N)": "",
    "Location Latitude": "",
    "Location Longitude": "",
    "Provider ID": "RZ9",
    "Provider Name": "Brook End Support Limited",
    "Brand ID": "BD999",
    "Brand Name": "BRAND Brook End Group",
    "Regulated activity - Accommodation for persons who require nursing or personal care": "",
    "Regulated activity - Personal care": "Y",
    "Service type - Care home service without nursing": "",
    "Service type - Domiciliary care service": "Y",
    "Service type - Supported living service": "Y",
    "Service user band - Dementia": "",
    DUAL: "Dual Registration",
    PRIMARY: "1-900000001",
}
SERVICES = (LARKFIELD, BROOK_END)
REGISTER_README = (
    ("Active locations for providers registered under the Health and Social Care Act (HSCA)",),
    (),
    ("Source: CQC database as at 01 October 2026",),
)


def register_rows(
    services: Sequence[Mapping[str, Cell]] = SERVICES,
    *,
    headings: Sequence[str] = REGISTER_2026,
    changes: Mapping[str, Cell] | None = None,
) -> Table:
    """The register's headings, of any vintage, and a row for each service, all with these changes by 2026 heading."""
    facts = [{**service, **(changes or {})} for service in services]
    rows = [[fact.get(IN_2026.get(heading, heading), "") for heading in headings] for fact in facts]
    return [list(headings), *rows]


def dual_rows() -> Table:
    """The sheet of dual registrations: Larkfield House counts, Brook End does not."""
    larkfield: list[Cell] = ["1-900000001", "Larkfield House", "14/02/2011", "Social Care Org", "1-800000001"]
    brook_end: list[Cell] = ["RZ901", "Brook End Homecare", "01/10/2010", "Social Care Org", "RZ9"]
    relation: list[Cell] = ["Dual Registration", "01/04/2015"]
    return [
        list(DUAL_HEADINGS),
        [*larkfield, "Larkfield Care Limited", "RZ901", "Brook End Homecare", *relation, "Y"],
        [*brook_end, "Brook End Support Limited", "1-900000001", "Larkfield House", *relation, "N"],
    ]


def deactivated_rows(
    services: Sequence[Mapping[str, Cell]] = SERVICES, *, changes: Mapping[str, Cell] | None = None
) -> Table:
    """The headings of *Deactivated Locations*, and a row for each service: each ended on 30 June 2026."""
    ended: Mapping[str, Cell] = {
        "Location Status": "Inactive-Dereg",
        "Location HSCA End Date": "30/06/2026",
        "Care homes beds at point location de-activated": "12",
        **(changes or {}),
    }
    facts = [{**service, **ended} for service in services]
    return [list(DEACTIVATED), *([fact.get(heading, "") for heading in DEACTIVATED] for fact in facts)]


_LISTED: tuple[Cell, ...] = (
    "Larkfield House",
    "",
    "4 Orchard Lane, Northmere",
    "ZZ1 1AA",
    "1632960001",
    "",
    "Residential homes|Nursing homes|Residential homes",
    "09/Jan/2018 - 00:00",
    "Caring for adults over 65 yrs|Dementia|Treatment of disease, disorder or injury",
    "Larkfield Care Limited",
    "Durham",
    "Yorkshire & Humberside",
    "https://www.cqc.org.uk/location/1-900000001",
    "1-900000001",
    "1-800000001",
)


def directory_rows(
    *,
    headings: Sequence[str] = DIRECTORY_2026,
    changes: Mapping[str, Cell] | None = None,
    preamble: bool = True,
) -> Table:
    """CQC's directory of one service, with its preamble as at 16 September 2026; changes by heading of 2026."""
    facts = {**dict(zip(DIRECTORY_2026, _LISTED, strict=True)), **(changes or {})}
    above: Table = [
        ["CQC Locations data", *[""] * 14],
        [""] * 15,
        ["This data was produced on 16 September 2026", *[""] * 14],
        [""] * 15,
    ]
    return [*(above if preamble else []), list(headings), list(facts.values())]


PROVIDERS_2026 = (
    "Provider ID",
    "Provider ODS Code",
    "Provider Name",
    "Provider Type",
    "Provider Primary Inspection Category",
    "Provider Street Address",
    "Provider Address Line 2",
    "Provider City",
    "Provider Post Code",
    "Provider Local Authority",
    "Provider Region",
    "Provider NHS Region",
    "Service / Population Group",
    "Domain",
    "Latest Rating",
    "Publication Date",
    "Report Type",
    "Inherited Rating (Y/N)",
    "URL",
    "Brand ID",
    "Brand Name",
)


def rated_provider_rows(changes: Mapping[str, Cell] | None = None) -> Table:
    """The sheet of providers of *Latest ratings*: one trust, with one rating."""
    facts: dict[str, Cell] = {
        "Provider ID": "RZ9",
        "Provider Name": "Northmere Invented NHS Trust",
        "Provider Type": "NHS Healthcare Organisation",
        "Service / Population Group": "Overall",
        "Domain": "Well-led",
        "Latest Rating": "Requires improvement",
        "Publication Date": "14/03/2020",
        "Report Type": "Provider",
        "Inherited Rating (Y/N)": "N",
        **(changes or {}),
    }
    return [list(PROVIDERS_2026), [facts.get(heading, "") for heading in PROVIDERS_2026]]


def write_zip(path: Path, *files: Path) -> Path:
    """Pack the files into an archive, and give its path back."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return path
