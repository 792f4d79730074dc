"""The council beside CQC, who was concerned first, and how long services stay Requires improvement."""

from __future__ import annotations

from quality.core.pages import short_day
from quality.market.council.beside_cqc import ServiceBeside, Verdict
from quality.market.council.concerns import RULE as CONCERNS_RULE
from quality.market.council.concerns import Concern, First
from quality.market.council.how_long import RULE as STAYS_RULE
from quality.market.council.how_long import Moved
from quality.market.council.pack.data import PackData
from quality.market.council.pack.figures import PackFigure, PackPart, PackRow
from quality.market.council.selection import selection_of
from quality.scoring.proportions import Interval

__all__ = ["outcome_figures"]

_ADDRESS = "/services/{}"


def outcome_figures(data: PackData) -> list[PackFigure]:
    """Agreement with CQC, who was concerned first, and how long services stay Requires improvement."""
    return [_agreement(data), _concerned(data), _lasting(data)]


def _agreement(data: PackData) -> PackFigure:
    overall = data.beside.elements[0]
    agreed = overall.now
    verdicts = overall.verdicts
    kappa = agreed.kappa
    beyond = f"{kappa.value:.2f}{_between(kappa.interval)}" if kappa else agreed.note
    return PackFigure(
        key="beside-cqc",
        title="The council beside CQC",
        words="Services whose newest audit and CQC’s overall rating as it stands fall on the same side of their lines, "
        f"of those that have both.{_interval_words(agreed.interval)}",
        rule=f"{data.beside.rule.words} ({data.beside.rule.key})",
        as_at=data.as_at,
        k=agreed.agreed,
        n=agreed.n,
        chosen=data.beside.selection.words,
        parts=(
            *(PackPart(one.words, verdicts.get(one, 0), len(data.beside.services)) for one in Verdict),
            PackPart("As at the visits", overall.then.agreed, overall.then.n),
            PackPart("Agreement beyond chance (Cohen’s kappa)", value=beyond),
        ),
        headings=(
            "Service",
            "Audit",
            "Issued on",
            "Our judgement",
            "CQC’s rating",
            "Published on",
            "Side by side",
        ),
        rows=tuple(_beside_row(one) for one in data.beside.services),
    )


def _concerned(data: PackData) -> PackFigure:
    concerns = data.beside.concerns
    total = len(concerns.found)
    parts = []
    for first in First:
        days = concerns.days_words(first.value)
        words = f"{first.words} ({days})" if days else first.words
        parts.append(PackPart(words, len(concerns.of(first.value)), total))
    return PackFigure(
        key="concerned-first",
        title="Who was concerned first",
        words="Concerns of both in which the council’s came before CQC’s rating below Good.",
        rule=CONCERNS_RULE,
        as_at=data.as_at,
        k=len(concerns.of("council")),
        n=concerns.of_both,
        chosen=selection_of(data.audits).words,
        parts=tuple(parts),
        headings=(
            "Service",
            "Our audit",
            "Our report issued",
            "CQC’s rating",
            "CQC published",
            "First",
            "Days",
        ),
        rows=tuple(_concern_row(one) for one in concerns.found),
    )


def _lasting(data: PackData) -> PackFigure:
    lasting = data.lasting
    parts = [PackPart(ending.words, count, lasting.own.n) for ending, count in lasting.own.endings]
    for stays in (lasting.own, lasting.england):
        middle = stays.lasting.median if stays.lasting else None
        parts.append(
            PackPart(
                f"{stays.area}: half of the stays are over after",
                value=f"{middle:,} days (of {stays.n:,} stays)"
                if middle
                else f"not known yet ({stays.n:,} stays)",
            )
        )
    audited, over, _ = lasting.audited("better")
    return PackFigure(
        key="requires-improvement",
        title="How long services stay Requires improvement",
        words="Stays that ended with Good or Outstanding during which the council issued an audit of the service.",
        rule=f"{STAYS_RULE} It does not show that the audit made the difference.",
        as_at=data.as_at,
        k=audited,
        n=over,
        chosen=selection_of(audit for one in lasting.moved for audit in one.audits).words,
        parts=tuple(parts),
        headings=("Service", "From", "To", "Ended by", "Days", "Audits issued during it"),
        rows=tuple(_stay_row(one) for one in lasting.moved),
    )


def _beside_row(one: ServiceBeside) -> PackRow:
    cells = (
        one.audit.service,
        one.audit.reference,
        short_day(one.audit.issued_on),
        one.overall.level.words,
        one.overall.now.words,
        short_day(one.overall.now.on),
        one.overall.verdict.words,
    )
    return PackRow(cells, _ADDRESS.format(one.audit.cqc_id))


def _concern_row(one: Concern) -> PackRow:
    cells = (
        one.service,
        one.audit.reference if one.audit else "",
        short_day(one.council_on),
        one.cqc_word,
        short_day(one.cqc_on),
        one.first.words,
        "" if one.days is None else str(one.days),
    )
    return PackRow(cells, _ADDRESS.format(one.cqc_id))


def _stay_row(one: Moved) -> PackRow:
    cells = (
        one.service,
        short_day(one.stay.begin),
        short_day(one.stay.end),
        one.stay.ending.words,
        str(one.stay.days),
        ", ".join(audit.reference for audit in one.audits),
    )
    return PackRow(cells, _ADDRESS.format(one.cqc_id))


def _interval_words(interval: Interval | None) -> str:
    return f" 95% interval {interval.low * 100:.1f}% to {interval.high * 100:.1f}%." if interval else ""


def _between(interval: Interval | None) -> str:
    return f", 95% interval {interval.low:.2f} to {interval.high:.2f}" if interval else ""
