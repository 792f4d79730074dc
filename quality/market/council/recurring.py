"""What comes back: the same question below met in sister services, or at the next audit of the same service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from quality.market.council.crosswalk import Asked
from quality.market.council.issued import IssuedAudit, newest_of
from quality.market.council.recorded import Recorded
from quality.scoring import AnswerValue

__all__ = ["Recurring", "Repeat", "Repeats", "across_sisters", "repeats_of"]

_FEWEST_SERVICES = 2


@dataclass(frozen=True)
class Recurring:
    """A question that was below met at the newest audits of k of the n services of one owner that were asked it.

    `low` of them were partly met or not met. `audits` are those of the k services, the worst answers first.
    """

    owner_kind: str
    owner: str
    owner_id: str
    question: Asked
    k: int
    n: int
    low: int
    audits: tuple[tuple[int, AnswerValue], ...]


@dataclass(frozen=True)
class Repeat:
    """A question that was below met at an audit and again at the next audit of the same service."""

    question: Asked
    before: int
    again: int
    values: tuple[AnswerValue, AnswerValue]


@dataclass(frozen=True)
class Repeats:
    """The repeats, and of how many questions below met that the next audit asked again."""

    found: tuple[Repeat, ...]
    n: int

    @property
    def k(self) -> int:
        """How many were below met again."""
        return len(self.found)


def across_sisters(held: Recorded) -> tuple[Recurring, ...]:
    """The questions below met in two or more audited services of a provider or a brand, those of most services first.

    A brand is told beside its providers only where its audited services belong to more than one of them.
    """
    found: list[Recurring] = []
    for kind, owner_id, owner, audits in _owners(held):
        found.extend(_of_owner(held, kind, owner_id, owner, audits))
    return tuple(sorted(found, key=lambda one: (-one.k, -one.low, one.owner, one.question.place)))


def repeats_of(held: Recorded) -> Repeats:
    """What was below met at an audit and at the next audit of the service, among what was asked again."""
    by_service: dict[int, list[IssuedAudit]] = defaultdict(list)
    for audit in sorted(held.audits, key=lambda one: (one.visited_on, one.id)):
        by_service[audit.service_id].append(audit)
    found: list[Repeat] = []
    asked_again = 0
    for audits in by_service.values():
        for before, after in pairwise(audits):
            again = {one.same: one for one in held.asked_at(after)}
            below = held.below_met_of.get(after.id, {})
            for number, value in held.below_met_of.get(before.id, {}).items():
                question = again.get(held.crosswalk.questions[number].same)
                if question is None:
                    continue
                asked_again += 1
                if question.id in below:
                    found.append(Repeat(question, before.id, after.id, (value, below[question.id])))
    return Repeats(tuple(found), asked_again)


def _owners(held: Recorded) -> Iterator[tuple[str, str, str, list[IssuedAudit]]]:
    newest = newest_of(held.audits).values()
    providers: dict[tuple[int, str], list[IssuedAudit]] = defaultdict(list)
    brands: dict[tuple[str, str], list[IssuedAudit]] = defaultdict(list)
    for audit in newest:
        providers[audit.provider_id, audit.provider].append(audit)
        if audit.brand_id:
            brands[audit.brand_id, audit.brand or audit.brand_id].append(audit)
    for (number, name), audits in providers.items():
        yield "provider", str(number), name, audits
    for (code, name), audits in brands.items():
        if len({audit.provider_id for audit in audits}) > 1:
            yield "brand", code, name, audits


def _of_owner(
    held: Recorded, kind: str, owner_id: str, owner: str, audits: list[IssuedAudit]
) -> Iterator[Recurring]:
    asked: dict[tuple[str, str, str], int] = defaultdict(int)
    below: dict[tuple[str, str, str], list[tuple[int, AnswerValue]]] = defaultdict(list)
    questions: dict[tuple[str, str, str], Asked] = {}
    for audit in audits:
        for question in held.asked_at(audit):
            asked[question.same] += 1
        for number, value in held.below_met_of.get(audit.id, {}).items():
            question = held.crosswalk.questions[number]
            questions[question.same] = question
            below[question.same].append((audit.id, value))
    worst_first = list(reversed(AnswerValue))
    for same, some in below.items():
        if len(some) >= _FEWEST_SERVICES:
            ordered = sorted(some, key=lambda one: worst_first.index(one[1]))
            low = sum(value.is_low for _, value in some)
            yield Recurring(
                kind, owner, owner_id, questions[same], len(some), asked[same], low, tuple(ordered)
            )
