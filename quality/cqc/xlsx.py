"""Excel workbooks, read as a stream. Only the texts that Excel keeps once for all cells are held in memory."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from xml.parsers import expat

from quality.cqc.archives import Attributes, archive, feed
from quality.cqc.errors import CqcFileError, quoted
from quality.cqc.grids import DAMAGED, FAULTY, MERGED, UNCOUNTED, Grid, whole_number
from quality.cqc.limits import Limits
from quality.cqc.sheets import TOP_ROWS, Row, Sheet
from quality.cqc.workbooks import read_workbook

_TRUE_OR_FALSE = {"1": "TRUE", "0": "FALSE"}
_RANGE = re.compile(r"[A-Z]{1,3}\d{1,7}:([A-Z]{1,3})(\d{1,7})")  # Its last cell.
_TEXT_OVERHEAD = 50  # What Python needs for even a blank text.


@dataclass
class XlsxSource:
    """An XLSX file."""

    path: Path
    limits: Limits
    warnings: list[str] = field(default_factory=list)
    format: str = "xlsx"

    @property
    def names(self) -> tuple[str, ...]:
        """The file's name."""
        return (self.path.name,)

    def sheets(self) -> Iterator[Sheet]:
        """Its sheets in order, no more of them read than are asked for. CqcFileError when the file is unsafe."""
        with archive(self.path) as opened:
            workbook = read_workbook(opened)
        shared = self._shared_texts(workbook.shared_texts)
        for name, part in workbook.sheets:
            rows = partial(self._rows, name, part, shared)
            yield Sheet(name, list(islice(rows(0), TOP_ROWS)), rows, spreadsheet=True)

    def _shared_texts(self, part: str | None) -> list[str]:
        texts = _SharedTexts(self.limits)
        if part:
            with archive(self.path) as opened:
                for _ in feed(opened, part, texts.parser):
                    texts.check()
        return texts.found

    def _rows(self, name: str, part: str, shared: list[str], headings: int) -> Iterator[Row]:
        scan = _Scan(Grid(self.limits, name, headings or None), shared)
        with archive(self.path) as opened:
            for _ in feed(opened, part, scan.parser):
                scan.check()
                yield from scan.grid.take()


class _SharedTexts:
    """Reads the texts that cells refer to by number."""

    def __init__(self, limits: Limits) -> None:
        self.found: list[str] = []
        self.limits = limits
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._text: list[str] = []
        self._size = 0
        self._aloud = False

    def check(self) -> None:
        """CqcFileError when the texts together are more than we hold in memory."""
        if self._size + sum(map(len, self._text)) > self.limits.shared_text_bytes:
            most = f"{self.limits.shared_text_bytes / 1e6:,.0f} MB"
            raise CqcFileError(f"The workbook holds more than {most} of different texts.")

    def _start(self, name: str, _: Attributes) -> None:
        plain = name.rpartition(":")[2]
        if plain == "t" and not self._aloud:
            self.parser.CharacterDataHandler = self._text.append
        elif plain == "rPh":
            self._aloud = True  # How the text is pronounced (in Japanese) is not part of it.

    def _end(self, name: str) -> None:
        plain = name.rpartition(":")[2]
        if plain == "t":
            self.parser.CharacterDataHandler = None
        elif plain == "rPh":
            self._aloud = False
        elif plain == "si":
            text = "".join(self._text).strip()
            self.found.append(text)
            self._size += len(text) + _TEXT_OVERHEAD
            self._text.clear()


class _Scan:
    """Reads the rows of one sheet."""

    def __init__(self, grid: Grid, shared: list[str]) -> None:
        self.grid = grid
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start_document
        self._shared = shared
        self._text: list[str] = []
        self._in_row = False

    def check(self) -> None:
        """CqcFileError when one cell's text has outgrown a cell."""
        self.grid.check_text(self._text)

    def _start_document(self, name: str, _: Attributes) -> None:
        # Excel writes these names without a prefix; other programs have one, the same throughout.
        prefix = name[: name.find(":") + 1]
        self._row, self._cell = f"{prefix}row", f"{prefix}c"
        self._texts = frozenset({f"{prefix}v", f"{prefix}t"})
        self._formula, self._merged = f"{prefix}f", f"{prefix}mergeCell"
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == self._cell:
            self._place = attributes.get("r", "")
            self._kind = attributes.get("t", "n")
            self._is_formula = False
            self._text.clear()
        elif name in self._texts:
            self.parser.CharacterDataHandler = self._text.append
        elif name == self._row:
            row = whole_number(attributes.get("r", str(self.grid.row + 1)))
            if row <= self.grid.row:
                raise CqcFileError(f"Row {row} of the spreadsheet is out of order: {DAMAGED}")
            if self._in_row:
                raise CqcFileError(f"Row {row} of the spreadsheet stands within another: {DAMAGED}")
            self._in_row, self.grid.row, self._column = True, row, -1
        elif name == self._formula:
            self._is_formula = True
        elif name == self._merged and (found := _RANGE.fullmatch(attributes.get("ref", ""))):
            # They are listed after all rows.
            self.grid.refuse_below_headings(int(found[2]), _column(found[1]), MERGED)

    def _end(self, name: str) -> None:
        if name in self._texts:
            self.parser.CharacterDataHandler = None
        elif name == self._cell:
            if not self._in_row:
                raise CqcFileError(f"A cell of the spreadsheet stands outside its rows: {DAMAGED}")
            self._column = _column(self._place.rstrip("0123456789")) if self._place else self._column + 1
            # The value of a formula can be a blank text, and is then said to be a text.
            if self._is_formula and self._kind != "str" and not self._text:
                self.grid.refuse_below_headings(self.grid.row, self._column, UNCOUNTED)
            if value := self._value("".join(self._text).strip()):
                self.grid.put(self._column, value)
        elif name == self._row:
            self._in_row = False
            self.grid.finish()

    def _value(self, text: str) -> str:
        if self._kind == "e":
            self.grid.refuse_below_headings(self.grid.row, self._column, FAULTY.format(quoted(text)))
        if self._kind == "s" and text:
            return self._shared[whole_number(text)]
        return _TRUE_OR_FALSE.get(text, text) if self._kind == "b" else text


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """The column, counted from 0, that a spreadsheet calls by these letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
