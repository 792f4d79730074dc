"""Rows that are as they were in an earlier file, known by their digests before anything in them is looked at.

A month changes one row in a hundred of what CQC publishes. The rows of a service are a run; a run that is wholly as it
was is passed over. A row that is not known says nothing of whose it is, so the runs beside it are given out too.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain, repeat

from xxhash import xxh3_64_intdigest

from quality.cqc.dates import DateColumn

# CQC keeps its order. A row that is not where it was is looked for so many rows ahead; every so many rows that are not
# found, much further ahead; and now and then in all that is left: looking takes time, and new rows are found nowhere.
_AHEAD = 100
_FURTHER, _FURTHER_AHEAD = 8, 10_000
_ANYWHERE = 80
# After so many rows of which most are not known, the file is another than the one that was remembered.
_GIVE_UP_AFTER = 5_000

# The mark-up of a row with its digest; or the place of a run that is passed over, with how many rows it has.
Step = tuple[str, int] | tuple[int, int]


def digest_of(row: str) -> int:
    """The digest of a row's mark-up, 64 bits: two rows of a file share it once in a hundred million files."""
    return xxh3_64_intdigest(row.encode())


class NotFollowed(Exception):
    """The file must be read as a whole: what differs from the earlier one cannot be understood by itself."""


@dataclass(frozen=True)
class Remembered:
    """The rows of an earlier file, run by run in its order: how many rows each run has, and their digests.

    `ways` are those in which its dates were written, by heading; see `DateColumn.way`. Runs that are `touched`, by
    their place, are given out even if they are as they were.
    """

    counts: array[int]
    digests: array[int]
    ways: Mapping[str, str]
    touched: Set[int] = frozenset()


@dataclass
class Following:
    """One reading of a file, followed along an earlier one. Without one, it only takes the digests of rows."""

    remembered: Remembered | None = None
    # The numbers and digests of the rows that were given out.
    rows: array[int] = field(default_factory=lambda: array("I"))
    digests: array[int] = field(default_factory=lambda: array("Q"))
    # The runs that were passed over, by their place among those remembered, and the row each begins at.
    passed: array[int] = field(default_factory=lambda: array("I"))
    begins: array[int] = field(default_factory=lambda: array("I"))
    rows_passed: int = 0
    ways: dict[str, str] = field(default_factory=dict)

    def note(self, row: int, digest: int) -> None:
        """Take down the digest of a row that is given out."""
        self.rows.append(row)
        self.digests.append(digest)

    def judge_dates(self, columns: Iterable[DateColumn]) -> None:
        """Judge columns of dates, of which all cells were parsed that were given out.

        CqcFileError when a spreadsheet program has swapped days and months, and NotFollowed when dates are not written
        as they were: then what was passed over may not mean what it meant.
        """
        ways = self.remembered.ways if self.remembered and self.rows_passed else {}
        for column in columns:
            before = ways.get(column.heading, "")
            if not before:
                column.check_whole_column()
            elif column.way not in ("", before):
                raise NotFollowed
            self.ways[column.heading] = column.way or before

    def pass_over(self, run: int, row: int, count: int) -> None:
        """Take down that the rows of a run are as they were, the first of them being this row."""
        self.passed.append(run)
        self.begins.append(row)
        self.rows_passed += count

    def steps(self, rows: Iterable[str]) -> Iterator[Step]:
        """The rows to be looked at and the runs to be passed over, in order.

        Whoever takes the steps counts the rows, and takes them down with `note` and `pass_over`.
        """
        digested = ((row, digest_of(row)) for row in rows)
        if self.remembered is None or not self.remembered.digests:
            yield from digested
            return
        yield from _Sifting(self.remembered).steps(digested)


class _Sifting:
    """The run that rows are being gathered of, and where in the earlier file we are."""

    def __init__(self, remembered: Remembered) -> None:
        self._digests, self._counts = remembered.digests, remembered.counts
        self._touched = remembered.touched
        self._run_of = array(
            "I", chain.from_iterable(repeat(run, count) for run, count in enumerate(remembered.counts))
        )
        self._place = 0
        self._gathered: list[tuple[str, int]] = []
        self._run = -1
        self._beside_unknown = False
        self._unknown = self._unknown_in_a_row = self._looked_at = 0

    def steps(self, rows: Iterator[tuple[str, int]]) -> Iterator[Step]:
        for one in rows:
            self._looked_at += 1
            run = self._run_at(one[1])
            if run < 0:
                self._unknown += 1
                self._unknown_in_a_row += 1
                yield from self._given_out()
                yield one
                self._beside_unknown = True
                if self._looked_at > _GIVE_UP_AFTER and self._unknown > self._looked_at // 2:
                    yield from rows
                    return
                continue
            self._unknown_in_a_row = 0
            if run != self._run:
                yield from self._closed()
                self._run = run
            self._gathered.append(one)
        yield from self._closed()

    def _run_at(self, digest: int) -> int:
        """The run of the row with this digest, at or soon after the place where we are; -1 when it is not known."""
        place, digests = self._place, self._digests
        if place < len(digests) and digests[place] == digest:
            self._place = place + 1
            return self._run_of[place]
        try:
            place = digests.index(digest, place, place + self._ahead())
        except ValueError:
            return -1
        self._place = place + 1
        return self._run_of[place]

    def _ahead(self) -> int:
        unknown = self._unknown_in_a_row + 1
        if unknown % _ANYWHERE == 0:
            return len(self._digests)
        return _AHEAD if unknown % _FURTHER else _FURTHER_AHEAD

    def _closed(self) -> Iterator[Step]:
        """What becomes of the rows that were gathered, now that a row of another service follows."""
        count = len(self._gathered)
        if not count:
            return
        if self._beside_unknown or count != self._counts[self._run] or self._run in self._touched:
            yield from self._gathered
        else:
            yield self._run, count
        self._gathered.clear()
        self._beside_unknown = False

    def _given_out(self) -> Iterator[Step]:
        yield from self._gathered
        self._gathered.clear()
        self._run = -1
