"""A report in which every text, number and date is different from every other, and the list of all of them."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import UTC, date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from quality.printing.wording import in_words
from quality.reports.snapshot import Council, FindingKind, Level, Manifest, Method, Service, Snapshot, Step
from tests.builders.report_snapshots import a_snapshot


class Filler:
    """Builds dataclasses by their annotations, and remembers each thing it put in, as a reader would see it.

    Every text is a token, so many words, and the token again backwards.
    """

    def __init__(self, words: int) -> None:
        self.words = " ".join(["care"] * words)
        self.seen: list[str] = []
        self._count = itertools.count(1)
        self._kinds = itertools.cycle(FindingKind)
        self._bands = tuple(Step(words=self._text("level"), meaning=self._text("meaning")) for _ in range(4))

    def fill(self, hint: Any, name: str) -> Any:
        """A value for one field. Lists get three members, and what may be None is not."""
        if get_origin(hint) in (Union, UnionType):
            return self.fill(next(part for part in get_args(hint) if part is not type(None)), name)
        if get_origin(hint) is tuple:
            return tuple(self.fill(get_args(hint)[0], name) for _ in range(3))
        if dataclasses.is_dataclass(hint):
            return self._dataclass(hint)
        return self._simple(hint, name)

    def _dataclass(self, kind: Any) -> Any:
        if kind is Level:
            place = next(self._count) % 4
            return Level(place=place, words=self._bands[place].words)
        given: dict[str, Any] = {}
        if kind is Council:
            given = {"colour": "#1d5b7a", "check_at": self._address("check_at")}
        elif kind is Service:
            given = {"cqc_url": self._address("cqc_url")}
        elif kind is Method:
            given = {"bands": self._bands}
        hints = {name: hint for name, hint in get_type_hints(kind).items() if name not in given}
        return kind(**given, **{name: self.fill(hint, name) for name, hint in hints.items()})

    def _address(self, name: str) -> str:
        return "https://www.example.org/" + self._text(name).replace(" ", "/")

    def _text(self, name: str) -> str:
        token = f"{name}{next(self._count):04}z"
        self.seen += [token, token[::-1]]
        return f"{token} {self.words} {token[::-1]}"

    def _simple(self, hint: Any, name: str) -> Any:
        if issubclass(hint, StrEnum):
            return next(self._kinds)
        if hint is bool:
            return True
        if hint is str:
            return self._text(name)
        number = next(self._count)
        value: Any = {
            int: 70_000 + number,
            date: date(2000 + number % 7000, 5, 4),
            datetime: datetime(2000 + number % 7000, 5, 4, 14, 5, tzinfo=UTC),
        }[hint]
        self.seen.append(in_words(value) if isinstance(value, date) else str(value))
        return value


def a_report_of_tokens(words: int) -> tuple[Snapshot, list[str]]:
    """The report, with so many words in every text, and everything in it that must be found in each of its forms."""
    filler = Filler(words)
    derived = {"schema_version", "manifest", "photographs"}
    hints = {name: hint for name, hint in get_type_hints(Snapshot).items() if name not in derived}
    report = a_snapshot(**{name: filler.fill(hint, name) for name, hint in hints.items()})
    return report, [*filler.seen, *_manifest_words(report.manifest)]


def _manifest_words(manifest: Manifest) -> list[str]:
    return [
        f"{manifest.answers} answers",
        f"{manifest.findings} findings",
        f"{manifest.photographs} photographs",
        f"{manifest.responses} responses",
        f"{manifest.actions} actions",
        f"{manifest.ratings_over_time} ratings over time",
        f"{manifest.visits} days of visits",
    ]
