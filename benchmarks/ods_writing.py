"""Writing OpenDocument spreadsheets of any size as a stream, with the mark-up that programs give every cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tests.builders.cqc_files import ODS_END, ODS_START, Cell

Rows = Iterable[Sequence[Cell]]
Sheets = Sequence[tuple[str, Rows]]
_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/></manifest:manifest>'
)
_CALC = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_STYLED = '<table:table-cell table:style-name="ce2"'
_COLUMN = '<table:table-column table:style-name="co1" table:number-columns-repeated="16384"/>'
_ROW, _ROW_END = '<table:table-row table:style-name="ro1">', "</table:table-row>"
_PADDING = (
    '<table:table-row table:style-name="ro1" table:number-rows-repeated="{}">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)
_MOST_ROWS = 1_048_576
_ROWS_A_WRITE = 200


def write_ods(path: Path, sheets: Sheets) -> Path:
    """Write these sheets, padded with blank rows to the end of a sheet as CQC's are, and give the path back."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MIME, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w") as part:
            part.write(ODS_START.replace(" office:version", f"{_CALC} office:version").encode())
            for name, rows in sheets:
                part.write(f'<table:table table:name="{name}" table:style-name="ta1">{_COLUMN}'.encode())
                count = 0
                for piece, written in _pieces(rows):
                    part.write(piece.encode())
                    count += written
                part.write(f"{_PADDING.format(_MOST_ROWS - count)}</table:table>".encode())
            part.write(ODS_END.encode())
    return path


def _pieces(rows: Rows) -> Iterator[tuple[str, int]]:
    """The mark-up of some rows at a time, and how many they are."""
    piece: list[str] = []
    for row in rows:
        piece.append(_row(row))
        if len(piece) == _ROWS_A_WRITE:
            yield "".join(piece), len(piece)
            piece.clear()
    yield "".join(piece), len(piece)


def _row(row: Sequence[Cell]) -> str:
    cells = [_ROW]
    for is_blank, some in groupby(row, key=lambda cell: cell == ""):
        if is_blank:
            count = len(list(some))
            cells.append(
                f'{_STYLED} table:number-columns-repeated="{count}"/>' if count > 1 else f"{_STYLED}/>"
            )
        else:
            cells.extend(map(_cell, some))
    return "".join(cells) + _ROW_END


@lru_cache(maxsize=200_000)
def _cell(cell: Cell) -> str:
    if isinstance(cell, date):
        return _typed("date", f'office:date-value="{cell.isoformat()}" ', f"{cell:%d/%m/%Y}")
    if isinstance(cell, int | float):
        number = f"{cell:.15g}"
        return _typed("float", f'office:value="{number}" ', number)
    return _typed("string", "", escape(cell or ""))


def _typed(kind: str, value: str, shown: str) -> str:
    return (
        f'{_STYLED} office:value-type="{kind}" {value}calcext:value-type="{kind}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )
