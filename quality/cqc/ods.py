"""OpenDocument spreadsheets, read as a stream: CQC's hold over a gigabyte of XML, and this holds one row of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from xml.parsers import expat

from quality.cqc.archives import Attributes, archive, elements, feed
from quality.cqc.errors import CqcFileError
from quality.cqc.grids import DAMAGED, MERGED, UNCOUNTED, Grid, whole_number
from quality.cqc.limits import Limits
from quality.cqc.sheets import TOP_ROWS, Row, Sheet

CONTENT = "content.xml"
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"


@dataclass
class OdsSource:
    """An ODS file."""

    path: Path
    limits: Limits
    warnings: list[str] = field(default_factory=list)
    format: str = "ods"

    @property
    def names(self) -> tuple[str, ...]:
        """The file's name."""
        return (self.path.name,)

    def sheets(self) -> Iterator[Sheet]:
        """Its sheets in order, no more of them read than are asked for. CqcFileError when the file is unsafe."""
        scan = Scan(self.limits, None, None)
        given = 0
        with archive(self.path) as opened:
            if any(name == "encryption-data" for name, _ in elements(opened, "META-INF/manifest.xml")):
                raise CqcFileError("The file has a password: please save it without one.")
            for _ in feed(opened, CONTENT, scan.parser):
                scan.check()
                while given < scan.complete:
                    name, grid = scan.sheets[given]
                    yield Sheet(name, grid.take()[:TOP_ROWS], partial(self._rows, given), spreadsheet=True)
                    given += 1

    def _rows(self, index: int, headings: int) -> Iterator[Row]:
        scan = Scan(self.limits, index, headings)
        with archive(self.path) as opened:
            for _ in feed(opened, CONTENT, scan.parser):
                scan.check()
                if len(scan.sheets) > index:
                    yield from scan.sheets[index][1].take()
                if scan.complete > index:
                    return


class Scan:
    """Reads all rows of one sheet, or the top rows of every sheet, and skips the rest as fast as it can."""

    def __init__(self, limits: Limits, only: int | None, headings: int | None) -> None:
        self.limits = limits
        self.headings = headings
        self.only = only
        self.sheets: list[tuple[str, Grid]] = []
        self.complete = 0  # So many of the sheets have all the rows that were wanted.
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start_document
        self._text: list[str] = []
        self._outside_note: list[str] = []
        self._in_row = False
        self._column = 0

    def check(self) -> None:
        """CqcFileError when one cell's text has outgrown a cell."""
        if self.sheets:
            self.sheets[-1][1].check_text(self._text)

    def _start_document(self, _: str, attributes: Attributes) -> None:
        # Asking expat to resolve every name costs a third of its time, so the prefixes are looked up once.
        by_uri = {uri: key.partition(":")[2] for key, uri in attributes.items() if key.startswith("xmlns:")}
        table, text, office = (
            by_uri.get(NAMESPACE.format(name), name) for name in ("table", "text", "office")
        )
        self._sheet, self._sheet_name, self._row = f"{table}:table", f"{table}:name", f"{table}:table-row"
        self._cell, self._covered = f"{table}:table-cell", f"{table}:covered-table-cell"
        self._formula = f"{table}:formula"
        self._rows_again, self._columns_again = (
            f"{table}:number-rows-repeated",
            f"{table}:number-columns-repeated",
        )
        self._paragraph, self._note, self._value_type = (
            f"{text}:p",
            f"{office}:annotation",
            f"{office}:value-type",
        )
        # Where a cell that is not text keeps its value. What it shows is a rounded or a local form of it.
        self._values = tuple(f"{office}:{name}" for name in ("date-value", "value", "boolean-value"))
        self._spaces = {f"{text}:s": " ", f"{text}:tab": "\t", f"{text}:line-break": "\n"}
        self._skip()

    def _skip(self) -> None:
        self.parser.StartElementHandler = self._look_for_sheet
        self.parser.EndElementHandler = None
        self.parser.CharacterDataHandler = None

    def _look_for_sheet(self, name: str, attributes: Attributes) -> None:
        if name != self._sheet:
            return
        title = attributes.get(self._sheet_name, "")
        self._grid = Grid(self.limits, title, self.headings)
        self.sheets.append((title, self._grid))
        if self.only is None or self.only == len(self.sheets) - 1:
            self._text.clear()
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end
            self.parser.CharacterDataHandler = self._text.append

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == self._cell or name == self._covered:  # noqa: PLR1714 - twice as fast as asking a set
            self._text.clear()
            self._value = ""
            self._again = 1
            if attributes or name == self._covered:
                self._start_cell(name, attributes)
        elif name == self._paragraph:
            if self._text:
                self._text.append("\n")
        elif name == self._row:
            if self._in_row:
                raise CqcFileError(f"A row of the spreadsheet stands within another: {DAMAGED}")
            self._in_row = True
            self._column = 0
            self._times = whole_number(attributes.get(self._rows_again, "1"))
            self._grid.row += 1
        elif name in self._spaces:
            self._text.append(self._spaces[name])
        elif name == self._note:
            self._outside_note = self._text.copy()
            self._text.clear()
        elif name == self._sheet:
            raise CqcFileError("The spreadsheet has a table inside a cell, which none of CQC's has.")

    def _start_cell(self, name: str, attributes: Attributes) -> None:
        if self._columns_again in attributes:
            self._again = whole_number(attributes[self._columns_again])
        kind = attributes.get(self._value_type)
        if kind is None or name == self._covered:
            self._look_at_blank(name, attributes)
        elif kind != "string":
            self._value = next((attributes[key] for key in self._values if key in attributes), "")

    def _look_at_blank(self, name: str, attributes: Attributes) -> None:
        """A cell without a value can be one that another was merged over, or a formula nobody has counted yet."""
        if name == self._covered:
            # The cell that was made wide or high stands to the left or above.
            self._grid.refuse_below_headings(self._grid.row, self._column, MERGED)
        elif self._formula in attributes:
            self._grid.refuse_below_headings(self._grid.row, self._column, UNCOUNTED)

    def _end(self, name: str) -> None:
        if name == self._cell or name == self._covered:  # noqa: PLR1714 - as above
            if self._text or self._value:
                self._end_cell()
            elif self._in_row:
                self._column += self._again
        elif name == self._row:
            self._in_row = False
            self._grid.finish(self._times)
            if self.only is None and len(self._grid.done) >= TOP_ROWS:
                self._end_sheet()
        elif name == self._note:
            self._text[:] = self._outside_note
        elif name == self._sheet:
            self._end_sheet()

    def _end_cell(self) -> None:
        if not self._in_row:
            return
        value = self._value or "".join(self._text).strip()
        column = self._column
        self._column += self._again
        if value and self._again == 1:
            self._grid.put(column, value)
        elif value:
            for position in range(column, self._column):
                self._grid.put(position, value)

    def _end_sheet(self) -> None:
        self.complete = len(self.sheets)
        self._skip()
