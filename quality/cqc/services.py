"""The rows of the register, of the deactivated locations and of the directory: one of each service."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from operator import call, itemgetter
from typing import Any

from quality.cqc import directories, registers
from quality.cqc.cells import Memo, Parse, text_or_none, yes_or_no
from quality.cqc.dates import DateColumn
from quality.cqc.duals import read_duals
from quality.cqc.errors import BadValue, CqcFileError
from quality.cqc.files import DEACTIVATED, DIRECTORY, EARLIEST_REGISTRATION, REGISTER, CqcFile
from quality.cqc.following import Following
from quality.cqc.headings import Headings, Wanted
from quality.cqc.rows import ServiceRow
from quality.cqc.tables import is_blank
from quality.cqc.traits import in_the_registers_words

FIELDS: dict[str, dict[str, tuple[Wanted, Parse]]] = {
    REGISTER: registers.REGISTER_FIELDS,
    DEACTIVATED: registers.DEACTIVATED_FIELDS,
    DIRECTORY: directories.DIRECTORY_FIELDS,
}
_TUPLES = ("service_types", "activities", "specialisms", "people")
_SINGLE = tuple(field for field in ServiceRow._fields[1:] if field not in _TUPLES)
_GROUPS = {
    "service_types": registers.SERVICE_TYPE,
    "activities": registers.ACTIVITY,
    "specialisms": registers.BAND,
}
_IN_ONE_CELL: dict[str, tuple[str, Parse]] = {
    "service_types": (directories.SERVICE_TYPES, directories.service_types),
    "activities": (directories.SPECIALISMS, directories.activities),
    "specialisms": (directories.SPECIALISMS, directories.specialisms),
}
_EACH_ITS_OWN = {"service_id", "name", "address_1", "postcode", "url", "phone", "latitude", "longitude"}
_DATES = {
    registers.STARTED: EARLIEST_REGISTRATION,
    registers.ENDED: EARLIEST_REGISTRATION,
    registers.PUBLISHED: None,
    directories.CHECKED_ON: None,
}
# What takes one or more cells out of a row, and what makes the value of a field from them.
_Part = tuple[Callable[[list[str]], Any], Callable[[Any], Any]]
_MAKE = tuple.__new__


@dataclass
class ServicesFile(CqcFile):
    """An opened register, list of deactivated locations, or directory."""

    names: bool = False  # True when the names of managers and the like were asked for.
    duals: Mapping[str, str] = field(default_factory=dict, repr=False)  # See `read_duals`.

    def rows(self, following: Following | None = None) -> Iterator[ServiceRow]:
        """Every row in the file's order; see `CqcFile.rows`."""
        following = following or Following()
        table, width = self.table, self.table.width
        dates = self._dates()
        columns = self._columns(dates)
        pick, parses = self._single(columns)
        parts, checks = self._parts(), self._checks(dates)
        duals = self.duals
        self.rows_read = 0
        for number, cells in table.below(following):
            if len(cells) != width and not (cells := table.fitted(number, cells)):
                continue
            try:
                tuples = [make(take(cells)) for take, make in parts]
                for take, check in checks:
                    check(take(cells))
                row: ServiceRow = _MAKE(ServiceRow, (number, *map(call, parses, pick(cells)), *tuples))
            except BadValue:
                if is_blank(cells):
                    continue
                raise table.refusal(number, cells, self._all_columns(columns, dates)) from None
            self.rows_read += 1
            yield row._replace(primary_id=duals[row.service_id]) if row.service_id in duals else row
        following.judge_dates(dates.values())
        self.rows_read += following.rows_passed
        if not self.rows_read:
            raise CqcFileError("The file has CQC's headings and no rows below them.")

    def look_for_duals(self) -> None:
        """Take in the sheet of dual registrations, where the register's own rows do not tell them."""
        if (
            self.kind == REGISTER
            and "primary_id" not in self.told
            and (duals := read_duals(self)) is not None
        ):
            self.duals, self.told = duals, self.told | {"primary_id"}

    @property
    def _at(self) -> Mapping[str, int]:
        return self.table.headings.positions

    def _dates(self) -> dict[str, DateColumn]:
        return {
            heading: self.date_column(self.table, heading, *([earliest] if earliest else []))
            for heading, earliest in _DATES.items()
            if heading in self._at
        }

    def _columns(self, dates: Mapping[str, DateColumn]) -> dict[str, tuple[int, Parse]]:
        """By field, the column it is read from and how, for the fields of one column that this file has."""
        found: dict[str, tuple[int, Parse]] = {}
        for name, (wanted, parse) in FIELDS[self.kind].items():
            if (position := self._at.get(wanted.heading)) is not None:
                found[name] = position, _dated(wanted.heading, parse, dates)
        return found

    def _single(
        self, columns: Mapping[str, tuple[int, Parse]]
    ) -> tuple[Callable[[list[str]], tuple[str, ...]], list[Parse]]:
        """What takes the cells of all fields of one column out of a row, and what each of them means."""
        placed = [columns.get(name, (0, _nothing)) for name in _SINGLE]
        parses = [
            parse if name in _EACH_ITS_OWN else Memo(parse).__getitem__
            for name, (_, parse) in zip(_SINGLE, placed, strict=True)
        ]
        return itemgetter(*(position for position, _ in placed)), parses

    def _parts(self) -> list[_Part]:
        """The fields that hold several things, in the order of ServiceRow."""
        if self.kind == DIRECTORY:
            several: list[_Part] = [
                (itemgetter(self._at[heading]), Memo(parse).__getitem__)
                for heading, parse in _IN_ONE_CELL.values()
            ]
        else:
            several = [self._group(self.table.headings.grouped.get(group, {})) for group in _GROUPS.values()]
        return [*several, self._people()]

    def _group(self, members: Mapping[str, int]) -> _Part:
        # So few combinations of flags occur that each is made out once.
        return _taking(members.values()), Memo(partial(_flagged, tuple(members))).__getitem__

    def _people(self) -> _Part:
        columns = {
            role: self._at[heading] for heading, role in registers.PEOPLE.items() if heading in self._at
        }
        if not self.names or not columns:
            return _taking(()), _none
        return _taking(columns.values()), partial(_named, tuple(columns))

    def _checks(self, dates: Mapping[str, DateColumn]) -> list[_Part]:
        """The columns that nothing is kept of."""
        return [
            (itemgetter(position), Memo(parse).__getitem__) for position, parse in self._only_checked(dates)
        ]

    def _only_checked(self, dates: Mapping[str, DateColumn]) -> Iterator[tuple[int, Parse]]:
        checked = [(wanted.heading, parse) for wanted, parse in registers.CHECKED]
        for heading, parse in [*checked, (directories.CHECKED_ON, text_or_none)]:
            if heading in self._at:
                yield self._at[heading], _dated(heading, parse, dates)

    def _all_columns(
        self, columns: Mapping[str, tuple[int, Parse]], dates: Mapping[str, DateColumn]
    ) -> list[tuple[int, Parse]]:
        """Every column that is read, from the left, each with what takes its value or refuses it."""
        found = [*columns.values(), *self._only_checked(dates)]
        for members in self.table.headings.grouped.values():
            found.extend((position, yes_or_no) for position in members.values())
        others = (*(heading for heading, _ in _IN_ONE_CELL.values()), *registers.PEOPLE)
        found.extend((self._at[heading], _every_part) for heading in others if heading in self._at)
        return sorted(found, key=itemgetter(0))


def told_by(found: Headings, *, names: bool) -> frozenset[str]:
    """The fields of ServiceRow that a file tells; names of people only where they are asked for."""
    kind, positions = found.layout.kind, found.positions
    told = {name for name, (wanted, _) in FIELDS[kind].items() if wanted.heading in positions}
    told.update(name for name, group in _GROUPS.items() if kind == DIRECTORY or found.grouped[group])
    if names and any(heading in positions for heading in registers.PEOPLE):
        told.add("people")
    return frozenset(told)


def _dated(heading: str, parse: Parse, dates: Mapping[str, DateColumn]) -> Parse:
    if heading not in dates:
        return parse
    if heading != registers.ENDED:
        return dates[heading].parse
    return partial(_required_date, parse, dates[heading])


def _required_date(required: Parse, column: DateColumn, text: str) -> Any:
    return column.parse(required(text))


def _taking(positions: Iterable[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """What takes the cells at these positions out of a row, as a tuple even of one or none."""
    places = tuple(positions)
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: tuple(cells[place] for place in places)


def _flagged(names: tuple[str, ...], flags: tuple[str, ...]) -> tuple[str, ...]:
    """The names whose flag is Y."""
    return in_the_registers_words(name for name, flag in zip(names, flags, strict=True) if yes_or_no(flag))


def _named(roles: tuple[str, ...], cells: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    people = ((role, text_or_none(cell)) for role, cell in zip(roles, cells, strict=True))
    return tuple((role, name) for role, name in people if name)


def _every_part(text: str) -> None:
    for part in text.split("|"):
        text_or_none(part)


def _nothing(_: str) -> None:
    return None


def _none(_: object) -> tuple[()]:
    return ()
