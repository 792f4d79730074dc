"""How much of the market the council's audits cover, and whether evenly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from quality.core.pages import plural, short_day
from quality.market.council.issued import IssuedAudit, newest_of
from quality.market.council.pack.data import PackData
from quality.market.council.pack.figures import PackFigure, PackPart, PackRow
from quality.market.council.pack.registered import RULE, RegisteredService
from quality.market.council.selection import selection_of

__all__ = ["coverage_figures"]

_MONTHS = {1: "twelve months", 2: "twenty-four months"}


def coverage_figures(data: PackData) -> list[PackFigure]:
    """Services audited in one year and in two, those that were not, and the coverage by kind, deprivation and place."""
    kinds = {service.id: service.kind for service in data.registered}
    by = (
        ("kind", "Coverage by kind of service", kinds),
        ("deprivation", "Coverage by deprivation", data.places.deprivation),
        ("rurality", "Coverage in towns and in the country", data.places.rurality),
        ("district", "Coverage by district", data.places.district),
    )
    even = [_even(data, f"coverage-by-{key}", title, of) for key, title, of in by if of is not None]
    return [_covered(data, 1), _covered(data, 2), _not_audited(data), *even]


def _covered(data: PackData, years: int) -> PackFigure:
    newest = newest_of(data.issued_since(years))
    audited = [service for service in data.registered if service.id in newest]
    gone = len(newest) - len(audited)
    counted = plural(gone, "audited service is", "audited services are")
    left_out = f" {counted} no longer registered and left out." if gone else ""
    return PackFigure(
        key=f"covered-{years * 12}-months",
        title=f"Services audited in {_MONTHS[years]}",
        words=f"Registered services with an audit of ours issued in the last {_MONTHS[years]}, of all registered.",
        rule=f"{RULE} A service counts once, on the day a report about it is issued.{left_out}",
        as_at=data.as_at,
        k=len(audited),
        n=len(data.registered),
        chosen=selection_of(newest[service.id] for service in audited).words,
        headings=("Service", "CQC location ID", "Kind", "Newest audit", "Issued on", "Judgement"),
        rows=tuple(_covered_row(service, newest[service.id]) for service in audited),
    )


def _covered_row(service: RegisteredService, audit: IssuedAudit) -> PackRow:
    issued = short_day(audit.issued_on)
    cells = (service.name, service.cqc_id, service.kind, audit.reference, issued, audit.overall.words)
    return PackRow(cells, f"/services/{service.cqc_id}")


def _not_audited(data: PackData) -> PackFigure:
    recent = {audit.service_id for audit in data.issued_since(2)}
    waiting = [service for service in data.registered if service.id not in recent]
    last = newest_of(data.audits)
    return PackFigure(
        key="not-audited",
        title="Services not audited in twenty-four months",
        words="Registered services without an audit of ours issued in the last twenty-four months, of all registered.",
        rule=RULE,
        as_at=data.as_at,
        k=len(waiting),
        n=len(data.registered),
        headings=("Service", "CQC location ID", "Kind", "Last audit issued on"),
        rows=tuple(_waiting_row(service, last.get(service.id)) for service in waiting),
    )


def _waiting_row(service: RegisteredService, last: IssuedAudit | None) -> PackRow:
    cells = (service.name, service.cqc_id, service.kind, short_day(last.issued_on) if last else "Never")
    return PackRow(cells, f"/services/{service.cqc_id}")


def _even(data: PackData, key: str, title: str, group_of: Mapping[int, str]) -> PackFigure:
    recent = newest_of(data.issued_since(2))
    groups: dict[str, list[RegisteredService]] = defaultdict(list)
    for service in data.registered:
        groups[group_of.get(service.id, "Not known")].append(service)
    ordered = sorted(groups.items())
    return PackFigure(
        key=key,
        title=title,
        words="Registered services with an audit of ours issued in the last twenty-four months, of those registered.",
        rule=f"{RULE} Kinds are CQC’s primary inspection categories; places are those of the postcode.",
        as_at=data.as_at,
        chosen=selection_of(recent[one.id] for one in data.registered if one.id in recent).words,
        parts=tuple(
            PackPart(name, sum(service.id in recent for service in services), len(services))
            for name, services in ordered
        ),
        headings=("Service", "CQC location ID", "Group", "Newest audit", "Judgement"),
        rows=tuple(
            _group_row(service, name, recent.get(service.id))
            for name, services in ordered
            for service in services
        ),
    )


def _group_row(service: RegisteredService, group: str, audit: IssuedAudit | None) -> PackRow:
    audited = (audit.reference, audit.overall.words) if audit else ("", "")
    return PackRow((service.name, service.cqc_id, group, *audited), f"/services/{service.cqc_id}")
