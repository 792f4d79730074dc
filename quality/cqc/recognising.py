"""Telling by its headings which of CQC's files a file is, and as at which day it speaks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from quality.core import clock
from quality.cqc import directories, latest_ratings, registers
from quality.cqc.as_at import Told, from_file_name, from_texts
from quality.cqc.errors import CqcFileError, quoted
from quality.cqc.files import LATEST_RATINGS
from quality.cqc.formats import sha256
from quality.cqc.headings import Headings, Layout, NothingAlikeError, find_headings
from quality.cqc.kinds import TOLD
from quality.cqc.latest_ratings import RatingsFile
from quality.cqc.limits import DEFAULT_LIMITS, Limits
from quality.cqc.opening import open_source
from quality.cqc.providers import is_of_providers
from quality.cqc.services import ServicesFile, told_by
from quality.cqc.sheets import Sheet
from quality.cqc.tables import Table

_LAYOUTS = (
    latest_ratings.LAYOUT,
    registers.REGISTER_LAYOUT,
    registers.DEACTIVATED_LAYOUT,
    directories.LAYOUT,
)


def open_cqc_file(
    path: Path,
    limits: Limits = DEFAULT_LIMITS,
    *,
    as_at: date | None = None,
    today: date | None = None,
    names: bool = False,
) -> RatingsFile | ServicesFile:
    """Open a file of CQC's: CSV, CSV.GZ, XLSX, ODS or a ZIP of one of these, told by its content.

    `as_at` is the day the person says the file speaks of; without it, the file's own is used, else the one in its name.
    `today` is the day no date can be after. `names` asks for the names of managers and the like, which are otherwise
    left out. CqcFileError when the file is none of CQC's, damaged, or unsafe to unpack, or its day has to be given.
    """
    source = open_source(path, limits)
    sheets = _Sheets(source.sheets())
    found = sheets.find(_LAYOUTS)
    dates = Told(as_at, tuple(map(from_file_name, source.names)))
    dates.in_file = sheets.day(found, looking_on=not (as_at or any(dates.names)))
    kind = found.layout.kind
    file = (RatingsFile if kind == LATEST_RATINGS else partial(ServicesFile, names=names))(
        sha256=sha256(path),
        file_name=path.name,
        format=source.format,
        kind=kind,
        as_at=dates.day(today or clock.today()),
        headings=found.texts,
        warnings=[*source.warnings, *dates.overruled(), *map(_left_out, found.unknown)],
        told=TOLD[kind] if kind == LATEST_RATINGS else told_by(found, names=names),
        table=Table(found),
        source=source,
    )
    if isinstance(file, ServicesFile):
        file.look_for_duals()
    return file


def _left_out(heading: str) -> str:
    return f"The column {quoted(heading)} is not one of CQC's, and was left out."


class _Sheets:
    """The sheets of a file, and what those read so far say about it: other sheets, and lines above the headings."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._sheets = iter(sheets)
        self._read: list[Sheet] = []

    def find(self, layouts: Sequence[Layout]) -> Headings:
        """The row of headings. CqcFileError where there is none."""
        try:
            return find_headings(self, layouts)
        except CqcFileError:
            others = [sheet for sheet in self._read if not is_of_providers(sheet)]
            if len(others) == len(self._read):
                raise
        try:
            return find_headings(others, layouts)
        except NothingAlikeError:
            raise CqcFileError(
                "The file has the sheet of providers of CQC's Latest ratings, and its sheet of locations is missing: "
                "please load the file with both, as CQC published it."
            ) from None

    def __iter__(self) -> Iterator[Sheet]:
        for sheet in self._sheets:
            self._read.append(sheet)
            yield sheet

    def day(self, found: Headings, *, looking_on: bool) -> date | None:
        """The date the file gives itself, if need be on one of the sheets that have not been read yet."""
        for sheet in chain(list(self._read), self if looking_on else ()):
            above = (cells for number, cells in sheet.top if sheet is not found.sheet or number < found.row)
            if day := from_texts(chain.from_iterable(above)):
                return day
        return None
