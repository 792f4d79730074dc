"""The council beside CQC: where the two agree or differ, by service and element, each with its own day and scale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from quality.audits.models import Audit, PinnedRating
from quality.core.database import db
from quality.frameworks.vocabulary import KeyQuestion
from quality.market.council.concerns import Concerns, concerns_of
from quality.market.council.crosswalk import Crosswalk, crosswalk_of
from quality.market.council.issued import (
    IssuedAudit,
    Level,
    issued_audits,
    issued_ids,
    newest_of,
)
from quality.market.council.rule import AT_LEAST_GOOD, GoodRule
from quality.market.council.selection import Selection, selection_of
from quality.market.council.told import NOT_TOLD, CqcSide, history_of, stood_at
from quality.ratings.models import OVERALL, Rating
from quality.scoring.agreement import Agreement, agreement_of

__all__ = ["Beside", "ElementAgreement", "ServiceBeside", "Side", "Verdict", "beside_cqc"]

NOT_JUDGED = Level("Not judged", None, None)
_LINES = ("at or above", "below")


class Verdict(StrEnum):
    """What is said of the two sides."""

    BOTH_GOOD = "both_good"
    BOTH_BELOW = "both_below"
    COUNCIL_LOWER = "council_lower"
    CQC_LOWER = "cqc_lower"
    NOT_COMPARED = "not_compared"

    @property
    def words(self) -> str:
        """As a table says it."""
        return {
            "both_good": "Agree: both at or above",
            "both_below": "Agree: both below",
            "council_lower": "Differ: the council below, CQC not",
            "cqc_lower": "Differ: CQC below, the council not",
            "not_compared": "Not compared",
        }[self.value]


@dataclass(frozen=True)
class Side:
    """One element of one service: the council's level beside CQC's rating as at the visit, and as it stands now."""

    element: str
    level: Level
    then: CqcSide
    now: CqcSide

    @property
    def verdict_then(self) -> Verdict:
        """Beside CQC's rating as at the visit."""
        return _verdict(self.level.is_good, self.then.is_good)

    @property
    def verdict(self) -> Verdict:
        """Beside CQC's rating as it stands now."""
        return _verdict(self.level.is_good, self.now.is_good)


@dataclass(frozen=True)
class ServiceBeside:
    """A service by the council's newest audit of it: overall first, then the five key questions."""

    audit: IssuedAudit
    sides: tuple[Side, ...]

    @property
    def overall(self) -> Side:
        """The service overall."""
        return self.sides[0]


@dataclass(frozen=True)
class ElementAgreement:
    """How far the two agree in one element, as at the visits and now; `not_compared` services lack one side now."""

    element: str
    then: Agreement
    now: Agreement
    verdicts: dict[Verdict, int]

    @property
    def not_compared(self) -> int:
        """How many services cannot be compared."""
        return self.verdicts.get(Verdict.NOT_COMPARED, 0)


@dataclass(frozen=True)
class Beside:
    """All of it as at a day: each audited service, the agreement by element, and who was concerned first."""

    as_at: date
    rule: GoodRule
    selection: Selection
    services: tuple[ServiceBeside, ...]
    elements: tuple[ElementAgreement, ...]
    concerns: Concerns


def beside_cqc(council: int, as_at: date, audits: tuple[IssuedAudit, ...] | None = None) -> Beside:
    """The council's newest judgement of each service beside CQC's ratings. A few statements however many services."""
    audits = issued_audits(council, as_at) if audits is None else audits
    crosswalk = crosswalk_of(audit.framework_version_id for audit in audits)
    served = select(Audit.service_id).where(Audit.id.in_(issued_ids(council, as_at)))
    history = history_of(Rating.service_id.in_(served), as_at)
    pinned = _pinned(council, as_at)
    services = []
    for audit in newest_of(audits).values():
        sides = [
            Side(
                element,
                level,
                pinned.get(audit.id, {}).get(element, NOT_TOLD),
                stood_at(history, audit.service_id, element, as_at),
            )
            for element, level in _levels(audit, crosswalk)
        ]
        services.append(ServiceBeside(audit, tuple(sides)))
    services.sort(key=lambda one: (one.overall.verdict not in _DIFFER, one.audit.service.casefold()))
    return Beside(
        as_at=as_at,
        rule=AT_LEAST_GOOD,
        selection=selection_of(one.audit for one in services),
        services=tuple(services),
        elements=_agreements(services),
        concerns=concerns_of(audits, history),
    )


def _levels(audit: IssuedAudit, crosswalk: Crosswalk) -> Iterable[tuple[str, Level]]:
    """The council's level overall, and for each key question the lowest of the standards that speak to it."""
    yield OVERALL, audit.overall
    standards: dict[str, set[str]] = defaultdict(set)
    for question in crosswalk.put_to(audit.framework_version_id, audit.service_type):
        standards[question.key_question].add(question.standard_code)
    for key_question in KeyQuestion:
        judged = [
            level
            for code in standards[key_question.value]
            if (level := audit.standards.get(code)) is not None and level.rank is not None
        ]
        yield key_question.words, max(judged, key=lambda one: one.rank or 0, default=NOT_JUDGED)


def _pinned(council: int, as_at: date) -> dict[int, dict[str, CqcSide]]:
    """CQC's ratings of the whole service as they were pinned to each audit, by element."""
    wanted = (
        select(PinnedRating.audit_id, Rating.domain, Rating.word, Rating.published_on)
        .join(Rating, Rating.id == PinnedRating.rating_id)
        .where(PinnedRating.audit_id.in_(issued_ids(council, as_at)), Rating.service_group == OVERALL)
    )
    found: dict[int, dict[str, CqcSide]] = defaultdict(dict)
    for audit_id, domain, word, published_on in db.session.execute(wanted):
        found[audit_id][domain] = CqcSide(word, published_on)
    return found


def _agreements(services: list[ServiceBeside]) -> tuple[ElementAgreement, ...]:
    elements = [OVERALL, *(one.words for one in KeyQuestion)]
    found = []
    for place, element in enumerate(elements):
        sides = [service.sides[place] for service in services]
        verdicts = {
            verdict: count for verdict in Verdict if (count := sum(one.verdict is verdict for one in sides))
        }
        found.append(
            ElementAgreement(
                element,
                _agreement((one.level.is_good, one.then.is_good) for one in sides),
                _agreement((one.level.is_good, one.now.is_good) for one in sides),
                verdicts,
            )
        )
    return tuple(found)


def _agreement(pairs: Iterable[tuple[bool | None, bool | None]]) -> Agreement:
    both = [(ours, theirs) for ours, theirs in pairs if ours is not None and theirs is not None]
    return agreement_of(((_LINES[not ours], _LINES[not theirs]) for ours, theirs in both), _LINES)


def _verdict(ours: bool | None, theirs: bool | None) -> Verdict:
    if ours is None or theirs is None:
        return Verdict.NOT_COMPARED
    if ours == theirs:
        return Verdict.BOTH_GOOD if ours else Verdict.BOTH_BELOW
    return Verdict.CQC_LOWER if ours else Verdict.COUNCIL_LOWER


_DIFFER = (Verdict.COUNCIL_LOWER, Verdict.CQC_LOWER)
