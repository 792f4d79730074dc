"""Lines of a table about audits: in how many of those that were asked something was found, and which these are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from quality.core.errors import Refused
from quality.findings.models import FindingKind
from quality.frameworks.definition import ServiceType
from quality.market.council.crosswalk import Asked
from quality.market.council.issued import IssuedAudit
from quality.market.council.recorded import Found, Recorded
from quality.scoring.percentages import percent_of

__all__ = ["Line", "Place", "find_line", "lines_by_audit", "lines_by_question"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something belongs in a table: its order, a key for its address, and its words."""

    order: tuple[Any, ...]
    key: str
    title: str


@dataclass(frozen=True)
class Line:
    """k of n audits had a finding that asks for improvement; n are those that were asked about it.

    `findings` are all of the line, also good practice. `low` are the audits with an answer of partly met or not met,
    whether or not a finding was written about it.
    """

    key: str
    title: str
    asked: tuple[int, ...]
    findings: tuple[Found, ...]
    low: tuple[int, ...]

    @property
    def audits(self) -> tuple[int, ...]:
        """The audits with a finding that asks for improvement."""
        return tuple(dict.fromkeys(one.audit_id for one in self.findings if one.asks_for_improvement))

    @property
    def k(self) -> int:
        """How many audits had a finding that asks for improvement."""
        return len(self.audits)

    @property
    def n(self) -> int:
        """How many audits were asked about it."""
        return len(self.asked)

    @property
    def share(self) -> str:
        """k of n in per cent, in words."""
        return percent_of(self.k, self.n) if self.n else "no figure"

    def number(self, kind: str) -> int:
        """How many findings of a kind, by its stored word."""
        return sum(one.kind is FindingKind(kind) for one in self.findings)

    def audits_with(self, kind: FindingKind) -> tuple[int, ...]:
        """The audits with a finding of this kind."""
        return tuple(dict.fromkeys(one.audit_id for one in self.findings if one.kind is kind))


def lines_by_question(held: Recorded, place_of: Callable[[Asked], Place | None]) -> tuple[Line, ...]:
    """A line for each place that questions belong to, in order.

    A finding about a standard as a whole stands where all questions of the standard do; where they lie in several
    places it is counted in none of them.
    """
    # There are some hundred questions, and as many times more answers: each question is placed once.
    place_by_id = {number: place_of(one) for number, one in held.crosswalk.questions.items()}
    asked: dict[Place, dict[int, None]] = defaultdict(dict)
    places_of: dict[tuple[int, ServiceType], set[Place | None]] = {}
    for audit in held.audits:
        put = audit.framework_version_id, audit.service_type
        if put not in places_of:
            places_of[put] = {place_by_id[one.id] for one in held.asked_at(audit)}
        for place in places_of[put]:
            if place is not None:
                asked[place][audit.id] = None
    findings: dict[Place, list[Found]] = defaultdict(list)
    for found in held.findings:
        place = _place_of_finding(found, held, place_of)
        if place is not None:
            findings[place].append(found)
    low: dict[Place, dict[int, None]] = defaultdict(dict)
    for answer in held.below_met:
        place = place_by_id[answer.question_id]
        if answer.value.is_low and place is not None:
            low[place][answer.audit_id] = None
    return tuple(
        Line(place.key, place.title, tuple(audits), tuple(findings[place]), tuple(low[place]))
        for place, audits in sorted(asked.items())
    )


def lines_by_audit(held: Recorded, place_of: Callable[[IssuedAudit], Place | None]) -> tuple[Line, ...]:
    """A line for each place that whole audits belong to: a quarter, a district."""
    asked: dict[Place, list[IssuedAudit]] = defaultdict(list)
    for audit in held.audits:
        place = place_of(audit)
        if place is not None:
            asked[place].append(audit)
    low = {one.audit_id for one in held.below_met if one.value.is_low}
    return tuple(_of_audits(place, audits, held, low) for place, audits in sorted(asked.items()))


def find_line(lines: Iterable[Line], key: str) -> Line:
    """The line with this key. Refused, in a sentence, where there is none."""
    for line in lines:
        if line.key == key:
            return line
    raise Refused("There is no such line on this day.")


def _of_audits(place: Place, audits: list[IssuedAudit], held: Recorded, low: set[int]) -> Line:
    ids = [audit.id for audit in audits]
    inside = set(ids)
    return Line(
        place.key,
        place.title,
        tuple(ids),
        tuple(one for one in held.findings if one.audit_id in inside),
        tuple(number for number in ids if number in low),
    )


def _place_of_finding(
    found: Found, held: Recorded, place_of: Callable[[Asked], Place | None]
) -> Place | None:
    if found.question_id is not None:
        return place_of(held.crosswalk.questions[found.question_id])
    places = {place_of(one) for one in held.crosswalk.of_standard(found.standard_id)}
    return places.pop() if len(places) == 1 else None
