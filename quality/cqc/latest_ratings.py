"""CQC's *Latest ratings* (also called the care directory with ratings), the sheet of locations.

It has a row for each service, service group and domain. In 2021 it had 26 columns, in 2026 it has 28; they are found by
their headings, wherever they stand.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain, dropwhile
from operator import call, getitem, itemgetter
from pathlib import Path

from quality.core import clock
from quality.cqc import as_at as as_at_dates
from quality.cqc.cells import Memo, Parse, identifier, required_text, text_or_none, yes_or_no
from quality.cqc.dates import DateColumn
from quality.cqc.errors import BadValue, CqcFileError, quoted
from quality.cqc.formats import sha256
from quality.cqc.headings import Headings, Wanted, find_headings
from quality.cqc.limits import DEFAULT_LIMITS, Limits
from quality.cqc.opening import open_source
from quality.cqc.rows import RatingRow
from quality.cqc.sheets import Row, Sheet
from quality.cqc.words import domain, rating_word

TITLE = "CQC's Latest ratings (its sheet of locations)"
_PUBLISHED = "Publication Date"
# The fields of RatingRow after the row's number, in their order, with the headings CQC gives them: first what is said
# of the service, the same on all of its rows, then of one rating.
_SERVICE: tuple[tuple[Wanted, Parse], ...] = (
    (Wanted("Location ID"), identifier),
    (Wanted("Location Name"), required_text),
    (Wanted("Care Home?"), yes_or_no),
    (Wanted("Location Type"), text_or_none),
    (Wanted("Location Primary Inspection Category"), text_or_none),
    (Wanted("Location Street Address"), text_or_none),
    (Wanted("Location Address Line 2"), text_or_none),
    (Wanted("Location City"), text_or_none),
    (Wanted("Location Post Code"), text_or_none),
    (Wanted("Location Local Authority"), text_or_none),
    (Wanted("Location Region"), text_or_none),
    (Wanted("URL"), text_or_none),
    (Wanted("Provider ID"), identifier),
    (Wanted("Provider Name"), required_text),
    (Wanted("Brand ID"), text_or_none),
    (Wanted("Brand Name"), text_or_none),
)
_RATING: tuple[tuple[Wanted, Parse], ...] = (
    (Wanted("Service / Population Group"), required_text),
    (Wanted("Domain", earlier=("Key Question",)), domain),
    (Wanted("Latest Rating"), rating_word),
    (Wanted("Latest Rating"), required_text),
    (Wanted(_PUBLISHED), text_or_none),
    (Wanted("Report Type"), text_or_none),
    (Wanted("Inherited Rating (Y/N)"), yes_or_no),
)
_EACH_ITS_OWN = {"Location ID", "Location Name", "Location Street Address", "Location Post Code", "URL"}
_WANTED = tuple(dict.fromkeys(wanted for wanted, _ in _SERVICE + _RATING))
# The heading CQC gives each field of RatingRow, for messages.
HEADINGS = dict(zip(RatingRow._fields[1:], (wanted.heading for wanted, _ in _SERVICE + _RATING), strict=True))
_ALSO_KNOWN = (
    "Location ODS Code",
    "Location NHS Region",
    "Location ONSPD CCG Code",
    "Location ONSPD CCG",
    "Location Commissioning CCG Code",
    "Location Commissioning CCG Name",
)


# Going past the class's own way of making a row halves the time it takes.
_MAKE = tuple.__new__


@dataclass
class RatingsFile:
    """An opened file of *Latest ratings*, its headings found and its rows not read yet."""

    sha256: str
    file_name: str
    format: str  # `csv`, `csv.gz`, `xlsx` or `ods`.
    as_at: date | None
    headings: tuple[str, ...]
    warnings: list[str]
    _found: Headings = field(repr=False)
    _limit: tuple[date, str] = field(repr=False)  # The latest date a rating can have, and what that date is.
    kind: str = "latest_ratings_locations"
    rows_read: int = 0

    def rows(self) -> Iterator[RatingRow]:
        """Every row in the file's order, checked; `rows_read` counts them. CqcFileError at the first that is not right.

        The rows before it have been given out by then: whoever stores them must take them back.
        """
        dates = self._dates()
        rating = [
            (wanted, dates.parse if wanted.heading == _PUBLISHED else parse) for wanted, parse in _RATING
        ]
        pick_service, pick_rating = self._picker(_SERVICE), self._picker(rating)
        # What many services share is worth remembering; a name or a postcode is not.
        parses = [
            parse if wanted.heading in _EACH_ITS_OWN else Memo(parse).__getitem__
            for wanted, parse in _SERVICE
        ]
        memos = [Memo(parse) for _, parse in rating]
        width = len(self._found.texts)
        same: object = None
        service: tuple[object, ...] = ()
        self.rows_read = 0
        for number, cells in _below(self._found):
            if len(cells) != width and not (cells := self._fitted(number, cells)):
                continue
            try:
                if (facts := pick_service(cells)) != same:
                    service, same = tuple(map(call, parses, facts)), facts
                row = _MAKE(RatingRow, (number, *service, *map(getitem, memos, pick_rating(cells))))
            except BadValue:
                if any(map(str.strip, cells)):
                    raise self._refusal(number, cells, [*_SERVICE, *rating]) from None
                continue
            self.rows_read += 1
            yield row
        dates.check_whole_column()
        if not self.rows_read:
            raise CqcFileError("The file has CQC's headings and no rows below them.")

    def _picker(self, columns: Sequence[tuple[Wanted, Parse]]) -> Callable[[list[str]], tuple[str, ...]]:
        return itemgetter(*(self._found.positions[wanted.heading] for wanted, _ in columns))

    def _dates(self) -> DateColumn:
        latest, latest_words = self._limit
        position = self._found.positions[_PUBLISHED]
        return DateColumn(
            latest=latest,
            latest_words=latest_words,
            cells=partial(_column, self._found, position),
            has_real_dates=self._found.sheet.spreadsheet,
            warnings=self.warnings,
        )

    def _fitted(self, number: int, cells: list[str]) -> list[str]:
        """The row's cells, as many as there are headings; none for a blank row."""
        width = len(self._found.texts)
        if not any(map(str.strip, cells)):
            return []
        place = self._found.sheet.place(number)
        if any(map(str.strip, cells[width:])):
            raise CqcFileError(f"{place}, there are {len(cells)} cells under {width} headings.")
        if len(cells) < width and not self._found.sheet.spreadsheet:
            raise CqcFileError(
                f"{place}, there are {len(cells)} cells under {width} headings: "
                "the file may have been cut off there, so please download it again."
            )
        return cells[:width] + [""] * (width - len(cells))

    def _refusal(
        self, number: int, cells: list[str], columns: Sequence[tuple[Wanted, Parse]]
    ) -> CqcFileError:
        place = self._found.sheet.place(number)
        for wanted, parse in columns:
            position = self._found.positions[wanted.heading]
            value = cells[position].strip()
            try:
                parse(value)
            except BadValue as bad:
                said = f"is {quoted(value)}, {bad.reason}" if value else "is blank, and every row needs it"
                return CqcFileError(f"{place}, {quoted(self._found.texts[position])} {said}.")
        return CqcFileError(f"{place}, a value is not as it must be.")


def open_latest_ratings(
    path: Path, limits: Limits = DEFAULT_LIMITS, *, as_at: date | None = None, today: date | None = None
) -> RatingsFile:
    """Open a file of *Latest ratings*: CSV, CSV.GZ, XLSX or ODS, told by its content.

    `as_at` is the date the person gives the file; without it, the file's own is used, else the one in its name.
    `today` is the day no date can be after. CqcFileError when the file is none of CQC's, damaged, or unsafe to unpack.
    """
    today = today or clock.today()
    source = open_source(path, limits)
    read: list[Sheet] = []
    found = find_headings(_noting(source.sheets(), read), _WANTED, _ALSO_KNOWN, title=TITLE)
    in_file = as_at_dates.from_texts(chain.from_iterable(_above(sheet, found) for sheet in read))
    in_name = as_at_dates.from_file_name(path.name)
    day = as_at_dates.agreed(told=as_at, in_name=in_name, in_file=in_file, today=today)
    overruled = as_at_dates.overruled(told=as_at, in_name=in_name, in_file=in_file)
    left_out = [f"The column {quoted(text)} is not one of CQC's, and was left out." for text in found.unknown]
    return RatingsFile(
        sha256=sha256(path),
        file_name=path.name,
        format=source.format,
        as_at=day,
        headings=found.texts,
        warnings=[*source.warnings, *overruled, *left_out],
        _found=found,
        _limit=(day, f"the file's as-at date, {as_at_dates.in_words(day)}") if day else (today, "today"),
    )


def _noting(sheets: Iterable[Sheet], read: list[Sheet]) -> Iterator[Sheet]:
    for sheet in sheets:
        read.append(sheet)
        yield sheet


def _above(sheet: Sheet, found: Headings) -> Iterator[str]:
    """The texts of a sheet that speaks about the file, or of the lines above the headings."""
    for number, cells in sheet.top:
        if sheet is not found.sheet or number < found.row:
            yield from cells


def _below(found: Headings) -> Iterator[Row]:
    return dropwhile(lambda row: row[0] <= found.row, found.sheet.rows())


def _column(found: Headings, position: int) -> Iterator[tuple[int, str]]:
    for number, cells in _below(found):
        yield number, cells[position] if position < len(cells) else ""
