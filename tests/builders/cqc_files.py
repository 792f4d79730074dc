"""Small files exactly as CQC writes them, about services, providers and places that do not exist."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl  # type: ignore[import-untyped]

from quality.cqc import DOMAINS

Cell = str | date | int | float | None
Table = list[list[Cell]]

HEADINGS_2021 = (
    "Location ID",
    "Location Name",
    "Care Home?",
    "Location Type",
    "Location Primary Inspection Category",
    "Location Street Address",
    "Location Address Line 2",
    "Location City",
    "Location Post Code",
    "Location Local Authority",
    "Location Region",
    "Location ONSPD CCG Code",
    "Location ONSPD CCG",
    "Location Commissioning CCG Code",
    "Location Commissioning CCG Name",
    "Service / Population Group",
    "Domain",
    "Latest Rating",
    "Publication Date",
    "Report Type",
    "Inherited Rating (Y/N)",
    "URL",
    "Provider ID",
    "Provider Name",
    "Brand ID",
    "Brand Name",
)
HEADINGS_2026 = (
    "Location ID",
    "Location ODS Code",
    *HEADINGS_2021[1:11],
    "Location NHS Region",
    *HEADINGS_2021[11:],
)
PROVIDERS_HEADINGS = tuple(
    heading for heading in HEADINGS_2021 if not heading.startswith(("Location", "Care Home"))
)
README = (
    ("Care directory with ratings for providers and locations",),
    ("Source: CQC database as at 01 October 2026",),
)

LARKFIELD: Mapping[str, Cell] = {
    "Location ID": "1-900000001",
    "Location Name": "Larkfield House",
    "Care Home?": "Y",
    "Location Type": "Social Care Org",
    "Location Primary Inspection Category": "Residential social care",
    "Location Street Address": "4 Orchard Lane",
    "Location Address Line 2": "",
    "Location City": "Northmere",
    "Location Post Code": "ZZ1 1AA",
    "Location Local Authority": "Northmere",
    "Location Region": "East of England",
    "Location NHS Region": "East of England",
    "Location ONSPD CCG Code": "E38999999",
    "Location ONSPD CCG": "NHS Northmere CCG",
    "Service / Population Group": "Overall",
    "Domain": "Overall",
    "Latest Rating": "Good",
    "Publication Date": "14/03/2020",
    "Report Type": "Location",
    "Inherited Rating (Y/N)": "N",
    "URL": "http://www.cqc.org.uk/location/1-900000001",
    "Provider ID": "1-800000001",
    "Provider Name": "Larkfield Care Limited",
    "Brand ID": "-",
    "Brand Name": "-",
}
BROOK_END: Mapping[str, Cell] = {
    **LARKFIELD,
    "Location ID": "1-900000002",
    "Location Name": "Brook End Homecare",
    "Care Home?": "N",
    "Location Primary Inspection Category": "Community based adult social care services",
    "Location Street Address": "Unit 2, Brook End",
    "Location Address Line 2": "Mill Road",
    "Location Post Code": "ZZ1 2BB",
    "URL": "http://www.cqc.org.uk/location/1-900000002",
    "Provider ID": "1-800000002",
    "Provider Name": "Brook End Support Limited",
    "Brand ID": "BD999",
    "Brand Name": "BRAND Brook End Group",
}
SERVICES = (LARKFIELD, BROOK_END)


def a_row(
    changes: Mapping[str, Cell] | None = None, *, headings: Sequence[str] = HEADINGS_2026
) -> list[Cell]:
    """One row: Larkfield House, rated Good overall, with these changes by heading."""
    facts = {**LARKFIELD, **(changes or {})}
    return [facts.get(heading, "") for heading in headings]


def latest_ratings_rows(
    services: Sequence[Mapping[str, Cell]] = SERVICES,
    *,
    headings: Sequence[str] = HEADINGS_2026,
    domains: Sequence[str] = DOMAINS,
    changes: Mapping[str, Cell] | None = None,
) -> Table:
    """The row of headings, and below it a row for each service and domain, all with the same changes by heading."""
    rows = [
        a_row({**service, "Domain": domain, **(changes or {})}, headings=headings)
        for service in services
        for domain in domains
    ]
    return [list(headings), *rows]


def write_csv(path: Path, rows: Sequence[Sequence[Cell]], *, encoding: str = "utf-8") -> Path:
    """Write the rows as CSV, dates as DD/MM/YYYY, and give the path back."""
    path.write_bytes(_csv_text(rows).encode(encoding))
    return path


def write_csv_gz(path: Path, rows: Sequence[Sequence[Cell]]) -> Path:
    """The same, packed with gzip."""
    path.write_bytes(gzip.compress(_csv_text(rows).encode()))
    return path


def write_xlsx(
    path: Path,
    rows: Sequence[Sequence[Cell]],
    *,
    sheet: str = "Locations",
    before: Mapping[str, Sequence[Sequence[Cell]]] | None = None,
    after: Mapping[str, Sequence[Sequence[Cell]]] | None = None,
) -> Path:
    """Write the rows as one sheet of a workbook, dates as real dates, with other sheets before and after it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, table in {**(before or {}), sheet: rows, **(after or {})}.items():
        target = book.create_sheet(name)
        for row in table:
            target.append(list(row))
    book.save(path)
    return path


def as_excel_keeps_texts(path: Path) -> Path:
    """Rewrite a workbook so that its cells refer to shared texts by number, as Excel's own files do."""
    texts: dict[str, int] = {}

    def shared(found: re.Match[str]) -> str:
        return f't="s"><v>{texts.setdefault(found[1], len(texts))}</v></c>'

    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    for name, xml in parts.items():
        if name.startswith("xl/worksheets/"):
            parts[name] = re.sub(r't="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>', shared, xml)
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_SPREADSHEET}/main">{items}</sst>'
    relation = f'<Relationship Id="shared" Type="{_RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    end, relations = "</Relationships>", parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(end, relation + end)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in parts.items():
            new.writestr(name, text)
    return path


def write_ods(
    path: Path,
    rows: Sequence[Sequence[Cell]],
    *,
    sheet: str = "Locations",
    before: Mapping[str, Sequence[Sequence[Cell]]] | None = None,
    after: Mapping[str, Sequence[Sequence[Cell]]] | None = None,
) -> Path:
    """The same as an OpenDocument spreadsheet, padded with blank rows and columns to the sheet's end as CQC's are."""
    tables = {**(before or {}), sheet: rows, **(after or {})}
    return write_ods_content(
        path, ODS_START + "".join(_ods_table(*item) for item in tables.items()) + ODS_END
    )


def write_ods_content(path: Path, content: str, *, more: Mapping[str, str] | None = None) -> Path:
    """An OpenDocument spreadsheet of this `content.xml`, and further parts by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        for name, text in (more or {}).items():
            archive.writestr(name, text)
    return path


_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_URN}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)
ODS_START = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_URN}:office:1.0" '
    f'xmlns:table="{_URN}:table:1.0" xmlns:text="{_URN}:text:1.0" office:version="1.3">'
    "<office:body><office:spreadsheet>"
)
ODS_END = "</office:spreadsheet></office:body></office:document-content>"


def _csv_text(rows: Sequence[Sequence[Cell]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in row] for row in rows)
    return text.getvalue()


def _ods_table(name: str, rows: Sequence[Sequence[Cell]]) -> str:
    padding = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    return f"<table:table table:name={quoteattr(name)}>{''.join(map(_ods_row, rows))}{padding}</table:table>"


def _ods_row(cells: Sequence[Cell]) -> str:
    blank = '<table:table-cell table:number-columns-repeated="16300"/>'
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}{blank}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        kind, shown = f'"date" office:date-value="{cell.isoformat()}"', f"{cell:%d/%m/%y}"
    elif isinstance(cell, int | float):
        kind, shown = f'"float" office:value="{cell}"', str(cell)
    else:
        kind, shown = '"string"', cell
    return f"<table:table-cell office:value-type={kind}><text:p>{escape(shown)}</text:p></table:table-cell>"
