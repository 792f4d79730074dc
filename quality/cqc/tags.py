"""What the tags between the texts of a spreadsheet's row say, found out once for each by the stream reader.

The tags between one text and the next close a cell, may hold blank cells, and open another. There are few different
ones in a sheet. Each goes through the stream reader once, with marks in place of the texts around it, and where the
marks come out says how many blank cells there are. What it says does not depend on the rest of the row: the reader is
in the same place, inside a cell's text, before it and after it.
"""

import re
from typing import TypeVar
from xml.parsers import expat

from quality.cqc.errors import CqcFileError
from quality.cqc.limits import Limits
from quality.cqc.ods import NAMESPACE, Scan
from quality.cqc.sheets import Row

OPEN, CLOSE = "<text:p>", "</text:p>"
ROW_END = "</table:table-row>"
# The names we know the three vocabularies by, as they are declared on the root of a document.
NAMES = tuple(f'xmlns:{name}="{NAMESPACE.format(name)}"' for name in ("office", "table", "text"))
_HEAD = f"<office:document-content {' '.join(NAMES)}><table:table>"
_ROW, _CELL, _CELL_END = "<table:table-row>", "<table:table-cell>", "</table:table-cell>"
_BEGINS = "<table:table-row"
_FIRST, _NEXT, _VALUE = "first;", "next;", "value;"
# A value in a cell's tag that stands for itself, whatever XML and the reader do with blanks.
_WHOLE_VALUE = re.compile(r"[\w.:+-]+")
_MOST = 20_000

# So many blank cells, then so many times the value: that in the tag, or else the text behind it.
Step = tuple[list[str], int, str | None]


_Tags = TypeVar("_Tags")


class Unusual(Exception):
    """The stream reader must read the row."""


class NotWhole(Unusual):
    """The mark-up is not whole: this part of the document cannot be read by itself."""


class Steps(dict[str, Step]):
    """What the tags before and between the texts of rows say."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits
        self._bare: dict[tuple[str, str, str], Step] = {}

    def __missing__(self, tags: str) -> Step:
        """Unusual for those that say something else."""
        before, mark, behind = tags.partition(' office:value="')
        is_number = bool(mark)
        if not is_number:
            before, mark, behind = tags.partition(' office:date-value="')
        value, _, after = behind.partition('"')
        if not _WHOLE_VALUE.fullmatch(value):
            return _keep(self, tags, self._learn(tags))
        # Values are many, tags without them few.
        bare = before, mark, after
        known = self._bare.get(bare) or _keep(
            self._bare, bare, self._learn(f'{before}{mark}{_VALUE}"{after}')
        )
        step = known if known[2] is None else (known[0], known[1], value)
        return step if is_number else _keep(self, tags, step)

    def _learn(self, tags: str) -> Step:
        # A formula may have come to an error, and its text says so.
        if ":formula" in tags:
            raise Unusual
        is_first = tags.startswith(_BEGINS)
        before = "" if is_first else f"{_ROW}{_CELL}{OPEN}{_FIRST}{CLOSE}"
        cells = _cells(f"{before}{tags}{OPEN}{_NEXT}{CLOSE}{_CELL_END}", self._limits)
        if not is_first and cells.pop(0) != _FIRST:
            raise Unusual
        value = cells[-1] if cells else ""
        blanks: list[str] = [cell for cell in cells if not cell]
        again = len(cells) - len(blanks)
        if cells != blanks + [value] * again or value not in (_NEXT, _VALUE):
            raise Unusual
        return blanks, again, None if value == _NEXT else value


class Ends(set[str]):
    """The tags after the last text of a row, and those of blank rows, that are known to say nothing."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def check(self, tags: str) -> None:
        """Unusual unless these tags say nothing."""
        if tags in self:
            return
        is_first = tags.startswith(_BEGINS)
        before = "" if is_first else f"{_ROW}{_CELL}{OPEN}{_FIRST}{CLOSE}"
        if ":formula" in tags or _cells(before + tags, self._limits) != [_FIRST][is_first:]:
            raise Unusual
        if len(self) < _MOST:
            self.add(tags)


def read_rows(
    mark_up: str, limits: Limits, *, sheet: str, above: int, headings: int | None
) -> tuple[list[Row], int]:
    """The rows in a piece of a sheet, below so many others, by the stream reader, and the number of the last of them.

    CqcFileError when it refuses one; NotWhole when the piece is not whole rows.
    """
    scan = Scan(limits, 0, headings)
    try:
        scan.parser.Parse(_HEAD)
        grid = scan.sheets[0][1]
        grid.sheet, grid.row = sheet, above
        scan.parser.Parse(f"{mark_up}</table:table></office:document-content>", True)
    except (expat.ExpatError, ValueError, IndexError):
        raise NotWhole from None
    return grid.take(), grid.row


def _cells(row: str, limits: Limits) -> list[str]:
    """The cells of what must be one row, without its end."""
    try:
        rows, last = read_rows(row + ROW_END, limits, sheet="", above=0, headings=0)
    except CqcFileError:
        raise Unusual from None
    if last != 1:
        raise Unusual
    return rows[0][1] if rows else []


def _keep(known: dict[_Tags, Step], tags: _Tags, step: Step) -> Step:
    if len(known) >= _MOST:
        known.clear()
    known[tags] = step
    return step
