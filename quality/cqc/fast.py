"""OpenDocument spreadsheets read faster: rows are cut up as text, in ways that the XML parser has shown to be right.

CQC's sheets are a gigabyte of mark-up that repeats itself: between the texts of a row stand the same tags as in the row
before. Those tags are the row's shape. The first row of a shape goes through the stream reader of `ods` with marks in
place of its texts, and where the marks come out says which text is which cell; all further rows of that shape are only
split at their tags. A row that is in any way unusual goes through the stream reader itself, and an unusual document is
left to it as a whole: so whatever is refused is refused there, in its words.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, islice

from quality.cqc.ahead import pieces_ahead
from quality.cqc.alike import Same, plain
from quality.cqc.archives import archive, check_archive, elements
from quality.cqc.following import Following
from quality.cqc.limits import Limits
from quality.cqc.ods import CONTENT, OdsSource
from quality.cqc.sheets import TOP_ROWS, Row, Sheet
from quality.cqc.tags import CLOSE, NAMES, OPEN, ROW_END, Ends, NotWhole, Steps, Unusual, read_rows

_ROW = re.compile(r"<table:table-row[\s/>]")
_ROWS_BEGIN = ("<table:table-row ", "<table:table-row>")
_SHEET_END = "</table:table>"
_SHEET = re.compile(r"<table:table[\s/>]")
_LONGEST_START = len("<table:table ")
_SHEET_TAG = re.compile(r'<table:table(?:\s+[\w:.-]+="[^"<&]*")*\s*>')
_NAME = re.compile(r'\stable:name="([^"]*)"')
_TAGS = re.compile(r"(?:<[^<>]*>)*")
_ROOT = re.compile(
    r'\s*(?:<\?xml version="1\.[0-9]"(?: encoding="(?i:utf-8)")?[^<>?]*\?>)?\s*<office:document-content\s[^<>]*>'
)
# A parser for one row costs more than the same row in a stream, so that many are a sign to leave it all to the stream.
_MOST_UNUSUAL = 2_000


class _UnusualDocument(Exception):
    """The stream reader must read the document."""


@dataclass
class FastOdsSource(OdsSource):
    """An ODS file, read fast as far as it can be.

    The checksum of its contents has not been compared yet: that is done when the rows of a sheet have been read.
    """

    _seen: list[Sheet] = field(default_factory=list, repr=False)
    _seen_all: bool = False

    def sheets(self) -> Iterator[Sheet]:
        """Its sheets in order, no more of them read than are asked for. CqcFileError when the file is unsafe."""
        if self._seen_all:
            yield from self._seen
            return
        given = 0
        try:
            with archive(self.path) as opened:
                if any(name == "encryption-data" for name, _ in elements(opened, "META-INF/manifest.xml")):
                    raise _UnusualDocument
                with closing(pieces_ahead(opened, CONTENT)) as pieces:
                    for sheet in self._look(_Text(pieces, self.limits), 0):
                        yield sheet
                        given += 1
        except (_UnusualDocument, NotWhole):
            yield from islice(super().sheets(), given, None)

    def _look(self, text: _Text, number: int) -> Iterator[Sheet]:
        """The sheets from here on, of which this is the number of the first."""
        while (name := text.next_sheet()) is not None:
            top = list(islice(_Sheet(text, name, self.limits, None).rows(), TOP_ROWS))
            rows = partial(self._rows, number)
            sheet = Sheet(name, top, rows, spreadsheet=True, follow=rows)
            if number == len(self._seen):
                self._seen.append(sheet)
            yield sheet
            number += 1
        self._seen_all = number == len(self._seen)

    def _rows(self, index: int, headings: int, following: Following | None = None) -> Iterator[Row]:
        last = 0
        try:
            with archive(self.path) as opened, closing(pieces_ahead(opened, CONTENT)) as pieces:
                text = _Text(pieces, self.limits)
                names = [text.next_sheet() for _ in range(index + 1)]
                for row in _Sheet(text, names[-1] or "", self.limits, headings).rows(following):
                    yield row
                    last = row[0]
                self._to_the_end(text, index + 1, pieces)
        except (_UnusualDocument, NotWhole):
            yield from (row for row in super()._rows(index, headings) if row[0] > last)
            check_archive(self.path, self.limits)

    def _to_the_end(self, text: _Text, number: int, pieces: Iterator[bytes]) -> None:
        """Read the rest, which compares the checksum, and see which sheets there are, since we come by."""
        try:
            for _ in self._look(text, number):
                pass
        except (_UnusualDocument, NotWhole):
            for _ in pieces:
                pass


class _Text:
    """The text of the document, as much of it at a time as is looked at."""

    def __init__(self, pieces: Iterator[bytes], limits: Limits) -> None:
        self._pieces = pieces
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._limits = limits
        self.left = ""
        while (root := _ROOT.match(self.left)) is None:
            self._read()
        if not all(name in root[0] for name in NAMES):
            raise _UnusualDocument
        self.left = self.left[root.end() :]
        self._check()

    def more(self) -> None:
        """Read on."""
        self._read()
        self._check()

    def next_sheet(self) -> str | None:
        """Skip to the next sheet, behind its first tag, and tell its name; None when there is none."""
        try:
            while (start := _SHEET.search(self.left)) is None:
                self.left = self.left[-_LONGEST_START:]
                self.more()
        except _AtEnd:
            return None
        self.left = self.left[start.start() :]
        while (tag := _SHEET_TAG.match(self.left)) is None:
            self.more()
        self.left = self.left[tag.end() :]
        name = _NAME.search(tag[0])
        return name[1] if name else ""

    def _read(self) -> None:
        piece = next(self._pieces, None)
        if piece is None:
            raise _AtEnd
        # What is left of a row, or is looked for, is a few thousand characters.
        if len(self.left) > self._limits.row_characters:
            raise _UnusualDocument
        try:
            self.left += self._decoder.decode(piece)
        except UnicodeDecodeError:
            raise _UnusualDocument from None

    def _check(self) -> None:
        # Declarations, comments, unparsed text and instructions may hold what looks like tags; XML replaces carriage
        # returns. Looking for a rare character first takes no time.
        left = self.left
        if "\r" in left or ("!" in left and "<!" in left) or ("?" in left and "<?" in left):
            raise _UnusualDocument


class _AtEnd(_UnusualDocument):
    """There is no more, although something was begun that needs it."""


class _Sheet:
    """One sheet, from behind its first tag."""

    def __init__(self, text: _Text, name: str, limits: Limits, headings: int | None) -> None:
        self._text = text
        self._name = name
        self._limits = limits
        self._headings = headings
        self._row = 0
        self._steps, self._ends = Steps(limits), Ends(limits)
        self._same = Same()
        self._unusual = 0
        self._last = ""  # What stands between the last row and the sheet's end.

    def rows(self, following: Following | None = None) -> Iterator[Row]:
        """Its rows, blank ones left out, and those that are passed over where an earlier file is followed."""
        following = following or Following()
        for piece, digest in following.steps(self._pieces()):
            if isinstance(piece, int):
                count = digest
                following.pass_over(piece, self._row + 1, count)
                self._row += count
                continue
            cells = self._cells(piece)
            if cells is None:
                yield from self._slowly(piece + ROW_END)
                continue
            self._row += 1
            if cells:
                following.note(self._row, digest)
                yield self._row, cells
        # The rows in what stands before the sheet's end are blank, and have no end of their own.
        if _ROW.search(self._last):
            yield from self._slowly(_row_of(self._last, self._limits))

    def _pieces(self) -> Iterator[str]:
        """The mark-up of each row, without its end."""
        text = self._text
        while True:
            pieces = text.left.split(ROW_END)
            left = pieces.pop()
            for position, piece in enumerate(pieces):
                if not piece.startswith(_ROWS_BEGIN) or len(piece) > self._limits.cell_characters:
                    if _SHEET_END in piece:
                        text.left = self._end(ROW_END.join([*pieces[position:], left]))
                        return
                    piece = _row_of(piece, self._limits)  # noqa: PLW2901 - what came before the row says nothing.
                yield piece
            if _SHEET_END in left:
                text.left = self._end(left)
                return
            text.left = left
            text.more()

    def _end(self, left: str) -> str:
        """Keep what stands before the sheet's end. Returns what stands behind it."""
        self._last, _, behind = left.partition(_SHEET_END)
        return behind

    def _slowly(self, mark_up: str) -> Iterator[Row]:
        self._unusual += 1
        if self._unusual > _MOST_UNUSUAL:
            raise _UnusualDocument
        rows, self._row = read_rows(
            mark_up, self._limits, sheet=self._name, above=self._row, headings=self._headings
        )
        yield from rows

    def _cells(self, row: str) -> list[str] | None:
        """The cells of a row up to the last that is not blank; None when the stream reader must read it."""
        if self._row >= self._limits.rows:
            return None
        try:
            cells = self._same.cells(row) or self._split(row)
        except Unusual:
            return None
        while cells and not cells[-1]:
            cells.pop()
        return cells if len(cells) <= self._limits.columns else None

    def _split(self, row: str) -> list[str]:
        pieces = row.replace(CLOSE, OPEN).split(OPEN)
        *tags, end = pieces[::2]
        texts = pieces[1::2]
        if len(texts) != len(tags):
            raise Unusual
        self._ends.check(end)
        texts = plain(texts)
        cells: list[str] = []
        steps = list(map(self._steps.__getitem__, tags))
        for (blanks, again, value), text in zip(steps, texts, strict=True):
            if blanks:
                cells += blanks
            if again == 1:
                cells.append(value or text)
            else:
                cells += [value or text] * again
        if all(again == 1 and value is None for _, again, value in steps):
            places = list(accumulate((len(blanks) + 1 for blanks, _, _ in steps), initial=-1))[1:]
            self._same.look(row, pieces, texts, places, cells)
        return cells


def _row_of(piece: str, limits: Limits) -> str:
    """The row in a piece of mark-up, without the tags before it that say nothing of its cells."""
    start = _ROW.search(piece)
    if start is None or _SHEET.search(piece) or not _TAGS.fullmatch(piece, 0, start.start()):
        raise _UnusualDocument
    if len(piece) > limits.cell_characters:
        raise _UnusualDocument
    return piece[start.start() :]
