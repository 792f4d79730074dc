"""How audits came to be chosen, in words that stand beside every figure about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from quality.audits.models import AuditType, ChosenBecause
from quality.core.pages import plural

__all__ = ["NO_SAMPLE", "Selection", "selection_of"]

NO_SAMPLE = (
    "This is not a sample of the market: it tells of the services that were audited, and of no others."
)
_ALL_AT_RANDOM = (
    "All were drawn at random: they stand, within what chance allows, for the services they were drawn from."
)
# How a sentence tells the reason: "9 were chosen because of a concern or safeguarding".
_PHRASES = {
    ChosenBecause.PROGRAMME: "by the routine programme",
    ChosenBecause.FOLLOW_UP: "to follow up an earlier audit",
    ChosenBecause.CONCERN: "because of a concern or safeguarding",
    ChosenBecause.CQC: "because of a CQC rating or notice",
    ChosenBecause.CHANGE: "as new services or after a change of owner",
    ChosenBecause.SAMPLE: "at random",
    ChosenBecause.ASKED: "because the provider asked",
    ChosenBecause.OTHER: "for another reason",
    ChosenBecause.NOT_RECORDED: "for a reason that was not recorded",
}


class _Chosen(Protocol):
    """An audit, as far as how it was chosen goes."""

    @property
    def audit_type(self) -> AuditType: ...

    @property
    def chosen_because(self) -> ChosenBecause: ...

    @property
    def announced(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Selection:
    """How some audits came to be chosen: how many, by reason (most first), by type, and how many were announced."""

    n: int
    by_reason: tuple[tuple[ChosenBecause, int], ...]
    by_type: tuple[tuple[AuditType, int], ...]
    announced: int

    @property
    def counts(self) -> str:
        """How many by reason, and how many announced: "3 routine programme, 1 random sample; 2 announced"."""
        if not self.n:
            return "none"
        reasons = ", ".join(f"{count} {_in_sentence(reason)}" for reason, count in self.by_reason)
        return f"{reasons}; {self.announced} announced"

    @property
    def words(self) -> str:
        """The sentences that stand beside a figure: "Of 24 audits, 9 were chosen because of a concern ..."."""
        if not self.n:
            return "No audit is counted here."
        (reason, count), *others = self.by_reason
        told = [f"{count} {_were(count)} chosen {_PHRASES[reason]}"]
        told += [f"{count} {_PHRASES[reason]}" for reason, count in others]
        reasons = f"{', '.join(told[:-1])} and {told[-1]}" if others else told[0]
        announced = f"{self.announced} {_were(self.announced)} announced"
        return f"Of {plural(self.n, 'audit')}, {reasons}; {announced}. {self.claim}"

    @property
    def claim(self) -> str:
        """What the audits stand for."""
        drawn = [reason for reason, _ in self.by_reason] == [ChosenBecause.SAMPLE]
        return _ALL_AT_RANDOM if drawn else NO_SAMPLE


def selection_of(audits: Iterable[_Chosen]) -> Selection:
    """How these audits came to be chosen."""
    held = list(audits)
    reasons, types = Counter(one.chosen_because for one in held), Counter(one.audit_type for one in held)
    order = list(ChosenBecause)
    return Selection(
        n=len(held),
        by_reason=tuple(sorted(reasons.items(), key=lambda one: (-one[1], order.index(one[0])))),
        by_type=tuple((kind, types[kind]) for kind in AuditType if types[kind]),
        announced=sum(one.announced for one in held),
    )


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _in_sentence(reason: ChosenBecause) -> str:
    """The reason's words inside a sentence; CQC keeps its capitals."""
    words = reason.words
    return words if words.startswith("CQC") else f"{words[0].lower()}{words[1:]}"
