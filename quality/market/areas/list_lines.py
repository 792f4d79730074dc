"""A list of areas as people type or paste it: ONS codes or names, one a line, or a CSV file's rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from quality.market.areas.finding import listed_area
from quality.market.areas.kinds import Area, NoSuchArea
from quality.market.areas.official import every_area, with_name
from quality.market.areas.set_rules import why_unfit
from quality.market.models import AreaSetKind

__all__ = ["Checked", "Found", "Unknown", "check_lines", "text_of", "with_line", "without_lines"]

# What ONS gives to areas: a letter for the country and eight digits.
_CODE = re.compile(r"\b[A-Z]\d{8}\b", re.IGNORECASE)
_STROKES = re.compile(r"[\t;|]")
_AROUND = " \t\"'“”[]#*•·"
_HEADINGS = {"ons code", "code", "name", "area", "authority", "local authority", "district", "areas"}
_NEAR, _ALIKE, _LONGEST = 3, 0.6, 200
# So many lines that cannot be taken are no slip of the hand: the rest is not looked at.
_MOST_UNKNOWN = 50


@dataclass(frozen=True)
class Found:
    """An area that a line names."""

    line: int
    area: Area


@dataclass(frozen=True)
class Unknown:
    """A line that cannot be taken, why, and the areas of names most like it that could be."""

    line: int
    text: str
    why: str
    near: tuple[Area, ...] = ()

    @property
    def sentence(self) -> str:
        """The line and what is wrong with it, as errors are shown: without a full stop."""
        return f"Line {self.line}: {self.why}".rstrip(".")


@dataclass(frozen=True)
class Checked:
    """What a text names: each area once, those it names again, and the lines that cannot be taken.

    `is_whole` is false where so many lines cannot be taken that the rest was not looked at.
    """

    members: tuple[Found, ...]
    again: tuple[Found, ...]
    unknown: tuple[Unknown, ...]
    is_whole: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """The areas by their ONS codes, in the order of the lines."""
        return tuple(one.area.code for one in self.members)


def check_lines(text: str, kind: AreaSetKind, council: str, as_at: date) -> Checked:
    """What each line of a text names on a day, for a list of this kind of the council of this name.

    A line has an ONS code, whatever stands beside it, or a name; several of either with commas between them. A first
    line of headings is passed over.
    """
    members: dict[str, Found] = {}
    again: list[Found] = []
    unknown: list[Unknown] = []
    for number, line in _lines(text):
        if len(unknown) == _MOST_UNKNOWN:
            return Checked(tuple(members.values()), tuple(again), tuple(unknown), is_whole=False)
        try:
            areas = [_fit(area, kind, council) for area in _areas(line, as_at)]
        except NoSuchArea as error:
            near = _near(line, kind, council, as_at)
            unknown.append(Unknown(number, line[:_LONGEST], error.sentence, near))
            continue
        for area in areas:
            found = Found(number, area)
            if members.setdefault(area.code, found) is not found:
                again.append(found)
    return Checked(tuple(members.values()), tuple(again), tuple(unknown))


def text_of(areas: Sequence[Area]) -> str:
    """Areas as lines that `check_lines` reads: code and name, one a line."""
    return "\n".join(f"{one.code} {one.name}" for one in areas)


def with_line(text: str, number: int, line: str) -> str:
    """The text with another line in the place of the one with this number, counted from 1."""
    return "\n".join(line if at == number else one for at, one in enumerate(text.splitlines(), start=1))


def without_lines(text: str, numbers: Sequence[int]) -> str:
    """The text without the lines that have these numbers."""
    return "\n".join(one for at, one in enumerate(text.splitlines(), start=1) if at not in numbers)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        cells = _cells(line.replace("\0", " "))
        is_headings = number == 1 and any(cell.casefold() in _HEADINGS for cell in cells[:1])
        if cells and not is_headings:
            yield number, line.replace("\0", " ").strip()


def _areas(line: str, as_at: date) -> list[Area]:
    codes = _CODE.findall(line)
    if codes:
        found = [_listed(code, as_at) for code in codes]
        _check_names(line, found)
        return found
    whole = listed_area(line.strip(_AROUND), as_at)
    if whole is not None:
        return [whole]
    return [_listed(cell, as_at) for cell in _cells(line)]


def _listed(text: str, as_at: date) -> Area:
    found = listed_area(text, as_at)
    if found is None:
        what = "has the code" if _CODE.fullmatch(text) else "is called"
        raise NoSuchArea(f"no local authority or district {what} “{text[:_LONGEST]}”.")
    return found


def _cells(line: str) -> list[str]:
    """What stands between tabs, semicolons or upright strokes, else between commas outside quotation marks."""
    cells = _STROKES.split(line) if _STROKES.search(line) else next(csv.reader([line]), [])
    return [cell for cell in (one.strip(_AROUND) for one in cells) if cell]


def _check_names(line: str, found: Sequence[Area]) -> None:
    """Refuse a code beside the name of another area: one of the two is wrong, and nobody but the writer knows which."""
    rest = _CODE.sub("", line)
    named = [one for text in (rest.strip(_AROUND + ",;|"), *_cells(rest)) for one in with_name(text)]
    if named and not {one.name for one in named} & {one.name for one in found}:
        codes = ", ".join(one.words for one in found)
        raise NoSuchArea(f"it has {named[0].name} beside {codes}. Leave only the one that is meant.")


def _fit(area: Area, kind: AreaSetKind, council: str) -> Area:
    if reason := why_unfit(area, kind, council):
        raise NoSuchArea(f"{area.words} {reason}.")
    return area


def _near(line: str, kind: AreaSetKind, council: str, as_at: date) -> tuple[Area, ...]:
    fit = {
        one.name.casefold(): one
        for one in every_area()
        if one.holds_on(as_at) and not why_unfit(one, kind, council)
    }
    name = _CODE.sub("", line).strip(_AROUND + ",;|").casefold()[:_LONGEST]
    return tuple(fit[one] for one in get_close_matches(name, fit, n=_NEAR, cutoff=_ALIKE))
