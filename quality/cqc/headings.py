"""Finding the row of headings, and each column by its heading."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from quality.cqc.errors import CqcFileError, quoted
from quality.cqc.sheets import Sheet


@dataclass(frozen=True)
class Wanted:
    """A column we need: its heading as CQC writes it now, and how CQC wrote it before."""

    heading: str
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Headings:
    """The row of headings of one sheet."""

    sheet: Sheet
    row: int
    texts: tuple[str, ...]  # As the file has them, to the last that is not blank.
    positions: dict[str, int]  # From the heading we wanted to its column, counted from 0.
    unknown: tuple[str, ...]  # Those that CQC's files of this kind are not known to have.


def find_headings(
    sheets: Iterable[Sheet], wanted: Sequence[Wanted], known: Iterable[str], *, title: str
) -> Headings:
    """The first row of headings, on whichever sheet it stands, that holds every wanted column.

    `known` are further headings such a file may have; `title` is what the file is called in messages. CqcFileError
    when there is no such row, or when a heading is missing (naming the closest) or repeated.
    """
    best: list[Headings] = []
    for sheet in sheets:
        row = _best_row(sheet, wanted)
        if row and len(row.positions) == len(wanted):
            return _checked(row, known)
        if row:
            best.append(row)
    raise _not_found(best, wanted, title)


def _best_row(sheet: Sheet, wanted: Sequence[Wanted]) -> Headings | None:
    rows = (_matched(sheet, number, cells, wanted) for number, cells in sheet.top)
    return max(rows, key=lambda row: len(row.positions), default=None)


def _matched(sheet: Sheet, number: int, cells: list[str], wanted: Sequence[Wanted]) -> Headings:
    texts = [cell.strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    at: dict[str, int] = {}
    for position, text in enumerate(texts):
        at.setdefault(_plain(text), position)
    positions = {
        column.heading: at[name]
        for column in wanted
        for name in map(_plain, (*reversed(column.earlier), column.heading))
        if name in at
    }
    unknown = tuple(
        text for position, text in enumerate(texts) if text and position not in positions.values()
    )
    return Headings(sheet, number, tuple(texts), positions, unknown)


def _checked(headings: Headings, known: Iterable[str]) -> Headings:
    seen: dict[str, int] = {}
    for position, text in enumerate(headings.texts):
        if text and seen.setdefault(_plain(text), position) != position:
            columns = f"{_letters(seen[_plain(text)])} and {_letters(position)}"
            raise CqcFileError(
                f"{headings.sheet.place(headings.row)}, the heading {quoted(text)} stands over two columns, {columns}."
            )
    expected = set(map(_plain, known))
    unknown = tuple(text for text in headings.unknown if _plain(text) not in expected)
    return Headings(headings.sheet, headings.row, headings.texts, headings.positions, unknown)


def _not_found(rows: list[Headings], wanted: Sequence[Wanted], title: str) -> CqcFileError:
    best = max(rows, key=lambda row: len(row.positions), default=None)
    if best is None or len(best.positions) * 2 < len(wanted):
        return CqcFileError(_not_cqc([row.sheet for row in rows], wanted, title))
    missing = [column.heading for column in wanted if column.heading not in best.positions]
    place = best.sheet.place(best.row)
    if len(missing) > len(wanted) // 4:
        some = ", ".join(map(quoted, missing[:3]))
        return CqcFileError(
            f"{place}, {len(missing)} of the headings of {title} are missing, among them {some}: "
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


def _not_cqc(sheets: Sequence[Sheet], wanted: Sequence[Wanted], title: str) -> str:
    if not any(cell.strip() for sheet in sheets for cell in sheet.top_texts()):
        return "The file holds no rows: nothing is written in it."
    text = (
        f"This is not {title}: no row has CQC's headings, the first of which is {quoted(wanted[0].heading)}"
    )
    first = _plain(wanted[0].heading)
    for sheet in sheets:
        for cell in sheet.top_texts():
            for mark, name in ((";", "semicolons"), ("\t", "tabs")):
                if mark in cell and first in map(_plain, cell.split(mark)):
                    return f"{text}, because its columns are separated by {name}, where CQC's have commas."
    return f"{text}."


def _plain(heading: str) -> str:
    return re.sub(r"\s*/\s*", "/", " ".join(heading.split())).casefold()


def _letters(position: int) -> str:
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
