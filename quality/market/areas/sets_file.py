"""Reading a council's file of its own areas: TOML that people write by hand, as docs/areas.md describes it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from quality.core.clock import today
from quality.frameworks.tables import Table
from quality.frameworks.vocabulary import FrameworkDefinitionError
from quality.market.areas.files import AreaFileError
from quality.market.areas.finding import official_area
from quality.market.areas.kinds import NoSuchArea
from quality.market.areas.set_rules import LONGEST_KEY, LONGEST_NAME, MOST_MEMBERS, why_not_called, why_unfit
from quality.market.models import AreaSetKind

_MOST_BYTES = 1_000_000
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SET = re.compile(r"\s*\[\[\s*set\s*\]\]")


@dataclass(frozen=True)
class SetDefinition:
    """One set as it is defined; its members are ONS codes that hold on `as_at`."""

    key: str
    name: str
    kind: AreaSetKind
    members: tuple[str, ...]
    source: str
    as_at: date


@dataclass(frozen=True)
class SetsFile:
    """What a file says: whose sets, as at which day, and which."""

    council: str
    as_at: date
    sets: tuple[SetDefinition, ...]


def read_sets(path: Path) -> SetsFile:
    """Read a file of a council's own areas. Raises AreaFileError, naming the line, for one that is unfit."""
    return sets_in(_text(path), path.name)


def sets_in(text: str, file_name: str) -> SetsFile:
    """Read what a file of a council's own areas says. Raises AreaFileError as `read_sets` does."""
    try:
        table = Table(tomllib.loads(text), file_name)
        council = table.text("council")
        as_at = _as_at(table)
        reader = _Reader(file_name, text.splitlines(), council, as_at)
        sets = tuple(reader.read(one, number) for number, one in enumerate(table.tables("set")))
        table.finish()
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise AreaFileError(f"{file_name} is not a TOML file: {error}.") from None
    except FrameworkDefinitionError as error:
        raise AreaFileError(str(error)) from None
    return SetsFile(council, as_at, sets)


class _Reader:
    """Reads sets one after the other, and remembers which keys and names were there."""

    def __init__(self, file_name: str, lines: list[str], council: str, as_at: date) -> None:
        self._file_name, self._lines, self._council, self._as_at = file_name, lines, council, as_at
        self._begins = [number for number, line in enumerate(lines) if _SET.match(line)]
        self._taken: set[str] = set()

    def read(self, table: Table, number: int) -> SetDefinition:
        """One set. The file's line stands in front of whatever is wrong with it."""
        table.where = self._line(number, "")
        key, name = (
            self._free(table, number, "key", LONGEST_KEY),
            self._free(table, number, "name", LONGEST_NAME),
        )
        if not _KEY.fullmatch(key):
            raise AreaFileError(
                f"{self._line(number, key)}: “key” should be small letters, digits and hyphens, like west-quadrant."
            )
        kind = table.choice("kind", AreaSetKind)
        members = self._members(table, number, kind)
        found = SetDefinition(key, name, kind, members, table.text("source"), self._as_at)
        table.finish()
        return found

    def _free(self, table: Table, number: int, field: str, longest: int) -> str:
        value = table.text(field)
        where = self._line(number, value)
        if len(value) > longest or not value.isprintable():
            raise AreaFileError(f"{where}: “{field}” should be one line of at most {longest} characters.")
        taken = f"{field} {value.casefold()}"
        if taken in self._taken:
            raise AreaFileError(f"{where}: the {field} “{value}” is there twice.")
        if reason := why_not_called(value):
            raise AreaFileError(f"{where}: {reason}")
        self._taken.add(taken)
        return value

    def _members(self, table: Table, number: int, kind: AreaSetKind) -> tuple[str, ...]:
        values = table.take("members")
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise table.wrong("“members” should be a list of ONS codes, each in quotation marks")
        if not 1 <= len(values) <= MOST_MEMBERS:
            raise table.wrong(f"“members” should name 1 to {MOST_MEMBERS} areas, and names {len(values)}")
        codes: list[str] = []
        for value in values:
            code = self._member(value, self._line(number, value), kind)
            if code in codes:
                raise AreaFileError(f"{self._line(number, value)}: {code} is there twice.")
            codes.append(code)
        return tuple(codes)

    def _member(self, value: str, where: str, kind: AreaSetKind) -> str:
        try:
            area = official_area(value, self._as_at)
        except NoSuchArea as error:
            raise AreaFileError(f"{where}: {error.sentence}") from None
        if area.code != value.strip().upper():
            raise AreaFileError(f"{where}: members are ONS codes, and {area.name} has {area.code}.")
        if reason := why_unfit(area, kind, self._council):
            raise AreaFileError(f"{where}: {area.words} {reason}.")
        return area.code

    def _line(self, number: int, needle: str) -> str:
        """`file, line 12`: where a text first stands in the set with this number, or else where the set begins."""
        begins = self._begins[number] if number < len(self._begins) else 0
        ends = self._begins[number + 1] if number + 1 < len(self._begins) else len(self._lines)
        whole = re.compile(rf"(?<!\w){re.escape(needle)}(?!\w)")
        for line in range(begins, ends):
            said = self._lines[line].partition("=")[2] + self._lines[line].partition("#")[0]
            if needle and whole.search(said):
                return f"{self._file_name}, line {line + 1}"
        return f"{self._file_name}, line {begins + 1}"


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise AreaFileError(f"{path.name} is larger than 1 MB, which no file of areas is.")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise AreaFileError(f"{path.name} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise AreaFileError(f"{path.name} is not UTF-8 text.") from None


def _as_at(table: Table) -> date:
    value = table.take("as_at")
    if not isinstance(value, date) or value > today():
        raise table.wrong(
            "“as_at” should be a day that is not in the future, like 2026-04-01 without quotation marks"
        )
    return value
