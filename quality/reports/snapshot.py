"""Everything a report says, as plain data: no database row, no request, nothing to be looked up later.

All wording is that of the day the report was issued: the levels are the framework's own words, the ratings CQC's. The
two never share a field. Dates are dates; moments carry their time zone and are shown by their own clock.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from quality.reports.earlier import with_what_came_later
from quality.reports.parts import (
    Action,
    Answer,
    Audit,
    Correction,
    Council,
    Domain,
    Evidence,
    Finding,
    FindingKind,
    Judgement,
    Level,
    Method,
    Person,
    Photograph,
    Response,
    Sampled,
    Service,
    SnapshotError,
    SpokenTo,
    Standard,
    Step,
    Term,
)
from quality.reports.pinned import PinnedRatings
from quality.reports.plain import NotPlain, from_plain, to_plain

__all__ = [
    "SCHEMA_VERSION",
    "Action",
    "Answer",
    "Audit",
    "Correction",
    "Council",
    "Domain",
    "Evidence",
    "Finding",
    "FindingKind",
    "Judgement",
    "Level",
    "Manifest",
    "Method",
    "Person",
    "Photograph",
    "Response",
    "Sampled",
    "Service",
    "Snapshot",
    "SnapshotError",
    "SpokenTo",
    "Standard",
    "Step",
    "Term",
    "count",
]

SCHEMA_VERSION = 4
"""Raised whenever a field is added, taken away or given another meaning."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """How much the report holds, counted where it was put together, so that anything dropped on the way shows."""

    answers: int
    findings: int
    photographs: int
    responses: int
    actions: int
    ratings: int
    ratings_over_time: int
    visits: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """One version of one report, or a draft, which nobody has approved. SnapshotError when its parts contradict."""

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
    photographs: tuple[Photograph, ...]
    responses: tuple[Response, ...]
    plan: tuple[Action, ...]
    method: Method
    approved_by: Person | None
    approved_at: datetime | None
    corrects: Correction | None
    next_steps: tuple[str, ...]
    limits: tuple[str, ...]
    complaints: tuple[str, ...]
    glossary: tuple[Term, ...]
    manifest: Manifest

    def __post_init__(self) -> None:
        if self.schema_version != SCHEMA_VERSION:
            raise SnapshotError(
                f"This report is of schema version {self.schema_version}; version {SCHEMA_VERSION} is known."
            )
        if any(at is not None and at.tzinfo is None for at in (self.issued_at, self.approved_at)):
            raise SnapshotError("A moment in a report must say its time zone.")
        if (self.approved_by is None) != (self.approved_at is None):
            raise SnapshotError("A report says who approved it and when, or neither.")
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

    @property
    def is_draft(self) -> bool:
        """True until somebody has approved what it says."""
        return self.approved_by is None

    def counted(self) -> Manifest:
        """What the snapshot really holds."""
        return count(
            audit=self.audit,
            cqc=self.cqc,
            domains=self.domains,
            findings=self.findings,
            photographs=self.photographs,
            responses=self.responses,
            plan=self.plan,
        )

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement in the report: overall, each domain, each standard."""
        standards = (standard for domain in self.domains for standard in domain.standards)
        parts: tuple[Domain | Standard, ...] = (*self.domains, *standards)
        return (self.judgement, *(part.judgement for part in parts))

    @property
    def is_low(self) -> bool:
        """Whether the service was judged in the lower half of the scale: then something is wrong, finding or not."""
        place = self.judgement.level.place
        return place is not None and place * 2 < len(self.method.bands)

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
    *,
    audit: Audit,
    cqc: PinnedRatings,
    domains: Sequence[Domain],
    findings: Sequence[Finding],
    photographs: Sequence[Photograph] = (),
    responses: Sequence[Response] = (),
    plan: Sequence[Action] = (),
) -> Manifest:
    """Count what a report is about to hold."""
    return Manifest(
        answers=sum(len(standard.answers) for domain in domains for standard in domain.standards),
        findings=len(findings),
        photographs=len(photographs),
        responses=len(responses),
        actions=len(plan),
        ratings=len(cqc.ratings),
        ratings_over_time=len(cqc.over_time.ratings),
        visits=len(audit.visited_on),
    )
