"""The services that were audited below the council's line, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quality.core.pages import short_day
from quality.market.council.issued import IssuedAudit, newest_of
from quality.market.council.pack.data import PackData
from quality.market.council.pack.figures import PackFigure, PackPart, PackRow
from quality.market.council.selection import selection_of
from quality.market.council.told import NOT_TOLD, CqcSide

__all__ = ["supported_figure"]

_RULE = (
    "Each service once, by its first audit below the line in that time. What came after is our newest audit issued "
    "since, and CQC’s overall rating where it was published after that audit’s visit. It does not show that support "
    "made the difference: services found low tend to be found better later in any case."
)


@dataclass(frozen=True)
class _Supported:
    """A service that was audited below the line: that audit, the newest after it, and CQC's rating as it stands."""

    audit: IssuedAudit
    later: IssuedAudit | None
    cqc: CqcSide
    is_registered: bool

    @property
    def cqc_later(self) -> CqcSide:
        """CQC's rating where it was published after the visit."""
        return self.cqc if self.cqc.on is not None and self.cqc.on > self.audit.visited_on else NOT_TOLD

    @property
    def is_better(self) -> bool:
        """True where whoever looked last, the council or CQC, found it at or above their line."""
        looked = []
        if self.later is not None:
            looked.append((self.later.visited_on, self.later.overall.is_good))
        if self.cqc_later.on is not None:
            looked.append((self.cqc_later.on, self.cqc_later.is_good))
        return bool(looked) and max(looked, key=lambda one: one[0])[1] is True


def supported_figure(data: PackData) -> PackFigure:
    """How many services audited below the line in two years were better when the council or CQC last looked."""
    found = _services_supported(data)
    return PackFigure(
        key="supported",
        title="Services supported, and what became of them",
        words="Services audited below our line in the last twenty-four months that were at or above it, or at or above "
        "CQC’s, when either of us last looked.",
        rule=_RULE,
        as_at=data.as_at,
        k=sum(one.is_better for one in found),
        n=len(found),
        chosen=selection_of(one.audit for one in found).words,
        parts=tuple(_parts(found)),
        headings=("Service", "Audit", "Issued on", "Judgement", "Newest audit since", "CQC since"),
        rows=tuple(_row(one) for one in found),
    )


def _parts(found: list[_Supported]) -> Iterator[PackPart]:
    again = [one.later.overall for one in found if one.later is not None]
    good = sum(level.is_good is True for level in again)
    yield PackPart("Audited again, and at or above our line", good, len(again))
    rated = [one.cqc_later for one in found if one.cqc_later.word is not None]
    yield PackPart(
        "Rated by CQC since, and Good or Outstanding", sum(one.is_good is True for one in rated), len(rated)
    )
    neither = sum(one.later is None and one.cqc_later.word is None for one in found)
    yield PackPart("Neither audited nor rated since", neither, len(found))
    yield PackPart(
        "No longer registered in our area", sum(not one.is_registered for one in found), len(found)
    )


def _services_supported(data: PackData) -> list[_Supported]:
    newest = newest_of(data.audits)
    registered = {service.id for service in data.registered}
    cqc = {one.audit.service_id: one.overall.now for one in data.beside.services}
    first: dict[int, IssuedAudit] = {}
    for audit in data.issued_since(2):
        if audit.overall.is_good is False:
            first.setdefault(audit.service_id, audit)
    found = []
    for audit in first.values():
        later = newest[audit.service_id] if newest[audit.service_id].id != audit.id else None
        found.append(
            _Supported(audit, later, cqc.get(audit.service_id, NOT_TOLD), audit.service_id in registered)
        )
    return found


def _row(one: _Supported) -> PackRow:
    later, cqc = one.later, one.cqc_later
    cells = (
        one.audit.service,
        one.audit.reference,
        short_day(one.audit.issued_on),
        one.audit.overall.words,
        f"{later.overall.words}, {short_day(later.issued_on)}" if later else "None",
        f"{cqc.words}, {short_day(cqc.on)}" if cqc.word else "None",
    )
    return PackRow(cells, f"/services/{one.audit.cqc_id}")
