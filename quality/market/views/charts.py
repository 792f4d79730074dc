"""The charts of the market, each at an address of its own: a page shows its figures at once, and its pictures after."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from quality.charts.told import Chart
from quality.core.errors import Refused
from quality.core.gate import needs
from quality.market.council.beside_cqc import beside_cqc
from quality.market.council.how_long import how_long
from quality.market.drawing.council import agreement_of, stays_of
from quality.market.drawing.places import map_of
from quality.market.drawing.shares import funnel_of, ladder_of, mix_of, trend_of, waterfall_of
from quality.market.figures.movements import movements
from quality.market.outside.queries import outside_trend
from quality.market.views.area import compared
from quality.market.views.asked import Asked, asked_of, form_of_address
from quality.market.views.common import blueprint
from quality.market.views.council_day import AskedDay, asked_day
from quality.market.views.keeping import Kept, kept_page
from quality.market.views.movements import since_of
from quality.market.views.trend import own_region_england, told
from quality.people.permissions import Permission


@blueprint.get("/charts/<kind>/<path:name>.svg")
@needs(Permission.READ_MARKET)
def chart(kind: str, name: str) -> ResponseReturnValue:
    """One chart about an area, as SVG, from the same address as the page that shows its table."""
    make = _CHARTS.get(kind)
    if make is None:
        abort(404)
    try:
        kept = kept_page(lambda: _drawn(make, name))
    except Refused:
        abort(404)
    return Response(kept.body, mimetype="image/svg+xml")


@blueprint.get("/charts/how-long.svg")
@needs(Permission.READ_AUDITS)
def stays_chart() -> ResponseReturnValue:
    """How long services stay Requires improvement, as SVG."""
    return _of_council(lambda asked: stays_of(how_long(asked.council, asked.day)))


@blueprint.get("/charts/beside-cqc.svg")
@needs(Permission.READ_AUDITS)
def agreement_chart() -> ResponseReturnValue:
    """The council's judgements against CQC's ratings, as SVG."""
    return _of_council(lambda asked: agreement_of(beside_cqc(asked.council, asked.day)))


def _of_council(make: Callable[[AskedDay], Chart]) -> ResponseReturnValue:
    try:
        asked = asked_day()
    except Refused:
        abort(404)
    return Response(make(asked).svg("chart"), mimetype="image/svg+xml")


def _drawn(make: Callable[[Asked], Chart], name: str) -> Kept:
    drawn = make(asked_of(name, form_of_address([])))
    return Kept(drawn.title, Markup(drawn.svg("chart")))  # noqa: S704 -- Charts escape what they are given.


def _ladder(asked: Asked) -> Chart:
    return ladder_of(compared(asked))


def _funnel(asked: Asked) -> Chart:
    return funnel_of(compared(asked), compared(asked, compare="all").lines)


def _trend(asked: Asked) -> Chart:
    series, breaks = told(asked)
    outside = outside_trend(asked.area.code or None, asked.area.name, scope=asked.basis.scope.kind)
    return trend_of(asked.area, asked.basis, series, breaks, outside)


def _changes(asked: Asked) -> Chart:
    since = since_of(asked)
    if since is None:
        raise Refused("Only one edition is held, so nothing changed yet.")
    found = movements(asked.market, asked.area, since, asked.basis)
    if found.refused:
        raise Refused(found.refused)
    return waterfall_of(found)


def _mix(asked: Asked) -> Chart:
    return mix_of([asked.market.share(area, asked.basis) for area in own_region_england(asked.area)])


def _map(asked: Asked) -> Chart:
    return map_of(asked.market, asked.area, asked.basis)


_CHARTS: dict[str, Callable[[Asked], Chart]] = {
    "ladder": _ladder,
    "funnel": _funnel,
    "trend": _trend,
    "changes": _changes,
    "map": _map,
    "mix": _mix,
}
