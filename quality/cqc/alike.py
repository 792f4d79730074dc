"""What rows of a spreadsheet's mark-up have in common, so that only what differs need be looked at."""

from __future__ import annotations

import re

from quality.cqc.tags import CLOSE, OPEN, Unusual

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_ENTITY = re.compile("|".join(_ENTITIES))


class Same:
    """What a row has in common with the one before: CQC repeats all it says of a service on each row of its ratings.

    Where a row begins and ends in the same mark-up as the one before, only what is between is split.
    """

    def __init__(self) -> None:
        self._first = self._last = 0  # So many texts at the beginning and at the end have been the same.
        self._before = self._after = ""
        self._shortest = 0
        self._texts: list[str] = []
        self._cells: list[str] = []
        self._tags: list[str] = []
        self._places: list[int] = []  # The columns of the texts between those.

    def cells(self, row: str) -> list[str] | None:
        """The row's cells, when it is like the last one that was looked at."""
        if (
            not self._places
            or not row.startswith(self._before)
            or not row.endswith(self._after)
            or len(row) < self._shortest
        ):
            return None
        between = row[len(self._before) : len(row) - len(self._after)].replace(CLOSE, OPEN).split(OPEN)
        if between[1::2] != self._tags:
            return None
        cells = self._cells.copy()
        for place, text in zip(self._places, plain(between[::2]), strict=True):
            cells[place] = text
        return cells

    def look(
        self, row: str, pieces: list[str], texts: list[str], places: list[int], cells: list[str]
    ) -> None:
        """Learn from a row of texts alone, in these columns, what the next may have in common with it."""
        before, self._texts = self._texts, texts
        self._places = []
        if len(before) != len(texts):
            return
        first = _alike(texts, before)
        last = _alike(texts[::-1], before[::-1])
        if len(texts) > first + last >= len(texts) // 2:
            self._first = min(first, self._first or first)
            self._last = min(last, self._last or last)
        if self._first and self._last:
            self._keep(row, pieces)
            self._places = places[self._first : len(places) - self._last]
            self._cells = cells.copy()

    def _keep(self, row: str, pieces: list[str]) -> None:
        first, last = 2 * self._first + 1, len(pieces) - 2 * self._last - 1
        opened, closed = len(OPEN), len(CLOSE)
        before = sum(map(len, pieces[:first])) + (self._first + 1) * opened + self._first * closed
        after = sum(map(len, pieces[last:])) + (self._last + 1) * closed + self._last * opened
        self._before, self._after = row[:before], row[len(row) - after :]
        self._shortest = before + after
        self._tags = pieces[first + 1 : last : 2]


def _alike(these: list[str], those: list[str]) -> int:
    """How many at the beginning are the same."""
    pairs = enumerate(zip(these, those, strict=False))
    return next((position for position, (this, that) in pairs if this != that), min(len(these), len(those)))


def plain(texts: list[str]) -> list[str]:
    """The texts without spaces around them. Unusual when one holds more than text."""
    joined = "".join(texts)
    if "<" in joined:
        raise Unusual
    if "&" in joined:
        if joined.count("&") != len(_ENTITY.findall(joined)):
            raise Unusual
        texts = [_ENTITY.sub(_meant, text) for text in texts]
    return list(map(str.strip, texts))


def _meant(entity: re.Match[str]) -> str:
    return _ENTITIES[entity[0]]
