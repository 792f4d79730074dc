"""All that a publication says, as plain data: every form of it is made from this and from nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from quality.core.errors import Refused
from quality.reports.plain import NotPlain, from_plain, to_plain

__all__ = [
    "SCHEMA_VERSION",
    "SMALL",
    "ComparatorsSaid",
    "EditionSaid",
    "Figure",
    "LeftOut",
    "OutsideSaid",
    "Role",
    "RuleSaid",
    "ScopeSaid",
    "Snapshot",
    "SnapshotError",
    "sha256_of",
]

SCHEMA_VERSION = 1
SMALL = 5
"""Figures of so many services or fewer are small: each publication says whether it shows them."""


class SnapshotError(Refused):
    """This is no snapshot of a publication that this version can read. The sentence says why."""


class Role(StrEnum):
    """What a line is there for."""

    OWN = "own"
    REGION = "region"
    ENGLAND = "england"
    COMPARATOR = "comparator"


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """How many registered services do not count, for one reason."""

    key: str
    words: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """k of n of one area. Shares lie from 0 to 1, to six places.

    Where `is_suppressed`, every number is none; where n is 0 there is no share and no interval. `registered` and
    `left_out` are told of the council, its region and England only.
    """

    role: Role
    area_code: str
    area_name: str
    k: int | None
    n: int | None
    share: float | None
    low: float | None
    high: float | None
    against_england: str | None
    is_suppressed: bool
    registered: int | None
    left_out: tuple[LeftOut, ...]

    @property
    def key(self) -> str:
        """What the line is known by in another year: what it is there for, and the area's code or name."""
        return f"{self.role.value}:{self.area_code or self.area_name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparatorsSaid:
    """The authorities it is set beside, as chosen and as defined."""

    key: str
    words: str
    definition: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ScopeSaid:
    """The figures about one kind of service. `place` tells the council's rank with its uncertainty; may be empty."""

    key: str
    words: str
    comparators: ComparatorsSaid
    figures: tuple[Figure, ...]
    place: str

    @property
    def is_beside(self) -> bool:
        """True where it is set beside others, so that there is a chart to draw."""
        return bool(self.of(Role.COMPARATOR))

    def of(self, *roles: Role) -> tuple[Figure, ...]:
        """The lines that are there for this."""
        return tuple(one for one in self.figures if one.role in roles)


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleSaid:
    """The rule of counting."""

    key: str
    title: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionSaid:
    """A file of CQC's that the figures rest on."""

    kind: str
    file_name: str
    as_at: date
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideSaid:
    """What somebody else published, beside ours and never in it."""

    title: str
    publisher: str
    licence: str
    address: str
    scope: str
    words: str
    differences: tuple[str, ...]
    file_name: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """One publication. Number 0 is a draft's preview. `corrects` is the number of the one it puts right, or none."""

    schema_version: int
    number: int
    council: str
    council_code: str
    colour: str
    title: str
    as_at: date
    newest_edition: date
    published_at: datetime
    introduction: str
    notes: str
    rule: RuleSaid
    show_small: bool
    corrects: int | None
    correction: str
    scopes: tuple[ScopeSaid, ...]
    editions: tuple[EditionSaid, ...]
    outside: tuple[OutsideSaid, ...]

    def __post_init__(self) -> None:
        if self.schema_version != SCHEMA_VERSION:
            raise SnapshotError(
                f"This publication is of schema version {self.schema_version}; version {SCHEMA_VERSION} is known."
            )

    def as_json(self) -> str:
        """Canonical JSON: sorted keys, no spaces, so that the same publication has the same hash."""
        return json.dumps(to_plain(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Rebuild a snapshot from `as_json`. SnapshotError says what is odd."""
        try:
            return from_plain(cls, json.loads(text))
        except (json.JSONDecodeError, NotPlain) as error:
            raise SnapshotError(f"This is not a publication’s snapshot: {error}.") from error


def sha256_of(said: str) -> str:
    """The hash of a snapshot's JSON."""
    return hashlib.sha256(said.encode()).hexdigest()
