"""Everything a report says, as plain data: no database row, no request, nothing to be looked up later.

All wording is that of the day the report was issued: the levels are the framework's own words, the ratings CQC's. The
two never share a field. Dates are dates; moments carry their time zone and are shown by their own clock.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from quality.reports.pinned import PinnedRatings, with_what_came_later
from quality.reports.plain import NotPlain, from_plain, to_plain

SCHEMA_VERSION = 2
"""Raised whenever a field is added, taken away or given another meaning."""


class SnapshotError(ValueError):
    """The data does not make a report; the message says what is wrong with it."""


class FindingKind(StrEnum):
    """What the council asks of the provider, most important first."""

    MUST_IMPROVE = "must improve"
    IMPROVEMENT_NEEDED = "improvement needed"
    GOOD_PRACTICE = "good practice"


@dataclass(frozen=True, kw_only=True, slots=True)
class Council:
    """Who issues the report, and its colour as #rrggbb."""

    name: str
    colour: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """The service the report is about, as CQC registers it."""

    name: str
    address: str
    cqc_id: str
    cqc_url: str
    type_words: str
    provider_name: str
    local_authority: str

    def __post_init__(self) -> None:
        if not self.cqc_url.startswith("https://"):
            raise SnapshotError("The address of CQC's page must begin with https://.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A member of the council's staff, and the role they had at the time."""

    name: str
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenTo:
    """How many people of one role the officers spoke with. Never their names."""

    role: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sampled:
    """How many records of one kind were read, and how many there were, if that is known."""

    kind: str
    seen: int
    of: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit:
    """The case behind the report. `kind` is the audit's type in words."""

    reference: str
    kind: str
    announced: bool
    visited_on: tuple[date, ...]
    visitors: tuple[Person, ...]
    spoken_to: tuple[SpokenTo, ...]
    sampled: tuple[Sampled, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """A level of the framework's scale: its place, 0 the lowest, and its words. Place None means "Not judged"."""

    place: int | None
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """The council's result, with its reasons as sentences. `score` is None where nothing could be scored."""

    level: Level
    score: str | None
    coverage: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What was recorded to one question. `reason` says why a question did not apply or could not be looked at."""

    question_code: str
    question: str
    answer: str
    evidence: str
    reason: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Standard:
    """One standard, its judgement and every answer behind it."""

    code: str
    title: str
    judgement: Judgement
    answers: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Domain:
    """One domain, its judgement and its standards, in the framework's order."""

    title: str
    judgement: Judgement
    standards: tuple[Standard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A statement the provider must see. Good practice asks for nothing, so it has no `required`."""

    kind: FindingKind
    title: str
    standard_code: str
    standard_title: str
    question_code: str | None
    question: str | None
    found: str
    required: str | None
    by_when: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of a scale, and what it means: "Sound", "75% or more, and less than 90%"."""

    words: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """How the judgement was made. `bands` are the levels, lowest first, so that a level's place is its index here."""

    framework_title: str
    framework_version: str
    framework_sha256: str
    scale: tuple[Step, ...]
    bands: tuple[Step, ...]
    caps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """How much the report holds, counted where it was put together, so that anything dropped on the way shows."""

    answers: int
    findings: int
    ratings: int
    visits: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """One issue of one report. Raises SnapshotError when its parts contradict each other."""

    schema_version: int
    number: str
    issue: int
    issued_at: datetime
    council: Council
    service: Service
    audit: Audit
    cqc: PinnedRatings
    judgement: Judgement
    domains: tuple[Domain, ...]
    findings: tuple[Finding, ...]
    method: Method
    approved_by: Person
    approved_at: datetime
    next_steps: tuple[str, ...]
    limits: tuple[str, ...]
    manifest: Manifest

    def __post_init__(self) -> None:
        if self.schema_version != SCHEMA_VERSION:
            raise SnapshotError(
                f"This report is of schema version {self.schema_version}; version {SCHEMA_VERSION} is known."
            )
        if self.issued_at.tzinfo is None or self.approved_at.tzinfo is None:
            raise SnapshotError("A moment in a report must say its time zone.")
        if self.manifest != self.counted():
            raise SnapshotError(f"The report should hold {self.manifest}, but it holds {self.counted()}.")
        for judgement in self.judgements():
            self._check_level(judgement.level)

    def _check_level(self, level: Level) -> None:
        bands = self.method.bands
        if level.place is None:
            return
        if not 0 <= level.place < len(bands) or bands[level.place].words != level.words:
            raise SnapshotError(
                f"The level {level.words!r} has place {level.place}, which is not its place on the scale."
            )

    def counted(self) -> Manifest:
        """What the snapshot really holds."""
        return count(audit=self.audit, cqc=self.cqc, domains=self.domains, findings=self.findings)

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement in the report: overall, each domain, each standard."""
        standards = (standard for domain in self.domains for standard in domain.standards)
        parts: tuple[Domain | Standard, ...] = (*self.domains, *standards)
        return (self.judgement, *(part.judgement for part in parts))

    def findings_of(self, kind: FindingKind) -> tuple[Finding, ...]:
        """The findings of one kind, in the order they were written down."""
        return tuple(finding for finding in self.findings if finding.kind is kind)

    def as_json(self) -> str:
        """The snapshot as canonical JSON: sorted keys, no spaces, so that the same report has the same hash."""
        return json.dumps(to_plain(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Rebuild a snapshot from `as_json`, of this version or an earlier one. SnapshotError says what is odd."""
        try:
            return from_plain(cls, with_what_came_later(json.loads(text)))
        except (json.JSONDecodeError, NotPlain) as error:
            raise SnapshotError(f"This is not a report's snapshot: {error}.") from error


def count(
    *, audit: Audit, cqc: PinnedRatings, domains: tuple[Domain, ...], findings: tuple[Finding, ...]
) -> Manifest:
    """Count what a report is about to hold."""
    return Manifest(
        answers=sum(len(standard.answers) for domain in domains for standard in domain.standards),
        findings=len(findings),
        ratings=len(cqc.ratings),
        visits=len(audit.visited_on),
    )
