"""A paper as a spreadsheet: a sheet that says what it is, and one for each table, whole."""

from __future__ import annotations

import io

import odfdo

from quality.core.pages import day
from quality.market.papers.paper import Cell, Paper, PaperTable

__all__ = ["paper_ods"]

_LONGEST_NAME = 31
# Characters that a sheet's name cannot have.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]*?:/\\'", " "))


def paper_ods(paper: Paper) -> bytes:
    """The paper's words and tables as an OpenDocument spreadsheet, numbers as numbers."""
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    bold = str(document.insert_style(odfdo.Style("table-cell", name="heading", bold=True), automatic=True))
    document.body.append(_sheet("Read me", [("What", "Words"), *_words(paper)], bold))
    taken = {"Read me"}
    for table in paper.tables:
        rows: list[tuple[Cell, ...]] = [table.headings, *table.rows]
        document.body.append(_sheet(_name(table, taken), rows, bold))
    document.meta.title = f"{paper.title}, {paper.council}"
    document.meta.creation_date = paper.made_at.replace(tzinfo=None)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _words(paper: Paper) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = [
        ("Title", paper.title),
        ("Council", paper.council),
        ("As at", day(paper.as_at)),
    ]
    rows += [("", words) for words in paper.lead]
    rows += [(section.heading, words) for section in paper.sections for words in section.paragraphs]
    rows += [(f"Sheet “{table.sheet}”", table.caption) for table in paper.tables]
    return [*rows, *(("Source", words) for words in paper.sources)]


def _sheet(name: str, rows: list[tuple[Cell, ...]], bold: str) -> odfdo.Table:
    sheet = odfdo.Table(name)
    for number, cells in enumerate(rows):
        row = odfdo.Row()
        for cell in cells:
            row.append_cell(odfdo.Cell(cell, style=bold if number == 0 else None))
        sheet.append_row(row)
    return sheet


def _name(table: PaperTable, taken: set[str]) -> str:
    """A name no other sheet of the file has, of the length that every spreadsheet program takes."""
    name = base = table.sheet.translate(_NOT_IN_NAMES).strip()[:_LONGEST_NAME] or "Table"
    number = 1
    while name in taken:
        number += 1
        name = f"{base[: _LONGEST_NAME - 4]} {number}"
    taken.add(name)
    return name
