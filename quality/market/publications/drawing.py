"""The chart of a publication, drawn from its snapshot alone."""

from __future__ import annotations

from dataclasses import replace

from quality.charts.ladder import Ladder, LadderRow
from quality.core.pages import day
from quality.market.papers.paper import Paper
from quality.market.publications.snapshot import Figure, Role, ScopeSaid, Snapshot
from quality.market.publications.telling import paper_of

__all__ = ["chart_of", "printed"]

_SOURCE = "Care Quality Commission ratings, Open Government Licence v3.0"


def chart_of(said: Snapshot, scope: ScopeSaid) -> Ladder:
    """The council among those it is compared with, highest share first; suppressed figures are not drawn."""
    whole = next(iter(scope.of(Role.ENGLAND)), None)
    own = scope.of(Role.OWN)[0]
    lines = [one for one in scope.of(Role.COMPARATOR) if _names(one) != _names(own)]
    shown = [one for one in (own, *lines) if one.n]
    return Ladder(
        title=f"{scope.words}: {said.council} beside others",
        source=_SOURCE,
        as_at=f"As at {day(said.as_at)}",
        rows=tuple(
            LadderRow(one.area_name, one.k or 0, one.n or 0, one.low, one.high, one is own) for one in shown
        ),
        reference=(whole.area_name, whole.k / whole.n) if whole and whole.k is not None and whole.n else None,
    )


def _names(one: Figure) -> tuple[str, str]:
    return one.area_code, one.area_name


def printed(said: Snapshot) -> Paper:
    """The publication as a paper with its charts in it."""
    paper = paper_of(said)
    charts = {
        scope.words: chart_of(said, scope).svg(f"chart-{scope.key}")
        for scope in said.scopes
        if scope.is_beside
    }
    return replace(
        paper, sections=tuple(replace(one, chart=charts.get(one.heading, "")) for one in paper.sections)
    )
