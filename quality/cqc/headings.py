"""Finding the row of headings, and each column by its heading."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from quality.cqc.errors import CqcFileError, letters, quoted
from quality.cqc.sheets import Sheet


@dataclass(frozen=True)
class Wanted:
    """A column we read: its heading as CQC writes it now, and how CQC wrote it before."""

    heading: str
    earlier: tuple[str, ...] = ()
    optional: bool = False
    begins: bool = False  # True where CQC has put a long note behind the heading's first words.


@dataclass(frozen=True)
class Layout:
    """One of CQC's tables: the columns it must and may have.

    `groups` are what the headings of columns of flags begin with; where it needs them, there must be some of each.
    `known` are further headings of such a file, of which we read nothing.
    """

    kind: str
    title: str  # What the file is called in messages.
    wanted: tuple[Wanted, ...]
    known: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    needs_groups: bool = True

    @property
    def required(self) -> tuple[Wanted, ...]:
        """The columns without which it is not this table."""
        return tuple(column for column in self.wanted if not column.optional)


@dataclass(frozen=True)
class Headings:
    """The row of headings of one sheet."""

    layout: Layout
    sheet: Sheet
    row: int
    texts: tuple[str, ...]  # As the file has them, to the last that is not blank.
    positions: dict[str, int]  # From the heading we wanted to its column, counted from 0.
    grouped: dict[
        str, dict[str, int]
    ]  # By the beginning of a group: what its headings go on with, and the columns.
    unknown: tuple[str, ...]  # Those that CQC's files of this kind are not known to have.

    @property
    def missing(self) -> list[str]:
        """The headings and beginnings of headings that should be there."""
        columns = [one.heading for one in self.layout.required if one.heading not in self.positions]
        groups = self.layout.groups if self.layout.needs_groups else ()
        return columns + [f"{group}…" for group in groups if not self.grouped[group]]

    @property
    def share(self) -> float:
        """How much of the layout is there: 1 when all is."""
        wanted = len(self.layout.required) + len(self.layout.groups)
        return 1 - len(self.missing) / wanted


class NothingAlikeError(CqcFileError):
    """No row of a file is anything like the headings of what we read."""


def find_headings(sheets: Iterable[Sheet], layouts: Sequence[Layout]) -> Headings:
    """The first row of headings, on whichever sheet it stands, that has all that one of the layouts needs.

    CqcFileError when there is no such row, or when a heading is missing (naming the closest) or repeated.
    """
    best: list[Headings] = []
    for sheet in sheets:
        rows = [row for layout in layouts if (row := _best_row(sheet, layout))]
        whole = next((row for row in rows if not row.missing), None)
        if whole:
            _check_none_repeated(whole)
            return whole
        best.extend(rows)
    raise _not_found(best, layouts)


def _best_row(sheet: Sheet, layout: Layout) -> Headings | None:
    rows = (_matched(sheet, number, cells, layout) for number, cells in sheet.top)
    return max(rows, key=lambda row: row.share, default=None)


def _matched(sheet: Sheet, number: int, cells: list[str], layout: Layout) -> Headings:
    texts = [cell.strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    at: dict[str, int] = {}
    for position, text in enumerate(texts):
        at.setdefault(_plain(text), position)
    positions = {one.heading: found for one in layout.wanted if (found := _position(one, at)) is not None}
    grouped = {group: _members(group, texts) for group in layout.groups}
    used = set(positions.values()).union(*(members.values() for members in grouped.values()))
    expected = set(map(_plain, layout.known))
    unknown = tuple(
        text for at, text in enumerate(texts) if text and at not in used and _plain(text) not in expected
    )
    return Headings(layout, sheet, number, tuple(texts), positions, grouped, unknown)


def _position(column: Wanted, at: dict[str, int]) -> int | None:
    names = list(map(_plain, (column.heading, *column.earlier)))
    exact = next((at[name] for name in names if name in at), None)
    if exact is None and column.begins:
        return next((place for text, place in at.items() if text.startswith(f"{names[0]} (")), None)
    return exact


def _members(group: str, texts: Sequence[str]) -> dict[str, int]:
    """What follows the group's beginning in the headings that have it, in the words CQC uses, and their columns."""
    beginning = _plain(group)
    return {
        " ".join(text.split())[len(beginning) :].strip(): place
        for place, text in enumerate(texts)
        if _plain(text).startswith(beginning)
    }


def _check_none_repeated(headings: Headings) -> None:
    seen: dict[str, int] = {}
    for position, text in enumerate(headings.texts):
        if text and seen.setdefault(_plain(text), position) != position:
            columns = f"{letters(seen[_plain(text)])} and {letters(position)}"
            raise CqcFileError(
                f"{headings.sheet.place(headings.row)}, the heading {quoted(text)} stands over two columns, {columns}."
            )


def _not_found(rows: list[Headings], layouts: Sequence[Layout]) -> CqcFileError:
    best = max(rows, key=lambda row: row.share, default=None)
    if best is None or best.share < 1 / 2:
        return NothingAlikeError(_not_cqc([row.sheet for row in rows], layouts))
    missing, place = best.missing, best.sheet.place(best.row)
    if len(missing) > len(best.layout.required) // 4:
        some = ", ".join(map(quoted, missing[:3]))
        return CqcFileError(
            f"{place}, {len(missing)} of the headings of {best.layout.title} are missing, among them {some}: "
            "this may be another of CQC's files."
        )
    return CqcFileError(f"{place}, {' and '.join(_missing(heading, best.unknown) for heading in missing)}.")


def _missing(heading: str, candidates: tuple[str, ...]) -> str:
    by_plain = {_plain(text): text for text in candidates}
    # Spellings of one heading can differ by a whole word, so even a distant relation is worth naming.
    close = get_close_matches(_plain(heading), by_plain, n=1, cutoff=0.4)
    nearest = (
        f"the closest there is {quoted(by_plain[close[0]])}" if close else "nothing there is close to it"
    )
    return f"the heading {quoted(heading)} is missing ({nearest})"


def _not_cqc(sheets: Sequence[Sheet], layouts: Sequence[Layout]) -> str:
    if not any(cell.strip() for sheet in sheets for cell in sheet.top_texts()):
        return "The file holds no rows: nothing is written in it."
    firsts = {layout.wanted[0].heading: None for layout in layouts}
    which = layouts[0].title if len(layouts) == 1 else "one of CQC's files that we read"
    text = f"This is not {which}: no row has CQC's headings, the first of which is {' or '.join(map(quoted, firsts))}"
    names = dict.fromkeys(sheet.name for sheet in sheets if sheet.name)
    if names:
        text += f"; its {'sheets are' if len(names) > 1 else 'only sheet is'} {', '.join(map(quoted, names))}"
    mark = _other_mark(sheets, set(map(_plain, firsts)))
    return (
        f"{text}, because its columns are separated by {mark}, where CQC's have commas."
        if mark
        else f"{text}."
    )


def _other_mark(sheets: Sequence[Sheet], firsts: set[str]) -> str | None:
    """What separates the columns, where that is not a comma."""
    for sheet in sheets:
        for cell in sheet.top_texts():
            for mark, name in ((";", "semicolons"), ("\t", "tabs")):
                if mark in cell and firsts.intersection(map(_plain, cell.split(mark))):
                    return name
    return None


@lru_cache(maxsize=4096)
def _plain(heading: str) -> str:
    return re.sub(r"\s*/\s*", "/", " ".join(heading.split())).casefold()
