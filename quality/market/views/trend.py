"""The page of a share over time, beside region and England, with the breaks in its line."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from quality.core.csv_files import csv_response, file_name
from quality.core.errors import Refused
from quality.core.gate import needs
from quality.market.areas.kinds import Area, AreaKind
from quality.market.figures.comparators import comparators_offered, england, region_around
from quality.market.figures.trend import Break, Point, Series, breaks_between, edition_days, series_of
from quality.market.outside.queries import outside_trend
from quality.market.views.asked import Asked, asked_of, form_of_address, refused, refused_in_plain_text
from quality.market.views.common import LICENCE, PUBLISHER, blueprint
from quality.people.permissions import Permission
from quality.people.sign_in import current_person


@blueprint.get("/trend/<path:name>")
@needs(Permission.READ_MARKET)
def trend(name: str) -> ResponseReturnValue:
    """The share of an area on the day of every edition up to the day asked for."""
    form = form_of_address(comparators_offered(current_person().local_authority_id))
    form.area.data = name
    try:
        asked = asked_of(name, form)
        series, breaks = told(asked)
    except Refused as refusal:
        return refused(form, refusal)
    form.area.data = asked.area.name
    outside = outside_trend(asked.area.code or None, asked.area.name, scope=asked.basis.scope.kind)
    return render_template(
        "market/trend.html", form=form, asked=asked, series=series, breaks=breaks, outside=outside
    )


@blueprint.get("/trend/<path:name>/shares.csv")
@needs(Permission.READ_MARKET)
def trend_csv(name: str) -> ResponseReturnValue:
    """The same as a file: one row for each area and day."""
    try:
        asked = asked_of(name, form_of_address([]))
        series, _ = told(asked)
    except Refused as refusal:
        return refused_in_plain_text(refusal)
    headings = (
        *("ONS code", "Area", "As at", "Good or Outstanding", "Counted", "95% low", "95% high"),
        *("Not the same ground, because", "Scope", "Rule", "Source", "Licence"),
    )
    same = asked.basis.scope.words, asked.basis.rule.key, PUBLISHER, LICENCE
    rows = (
        (
            one.area.code,
            one.area.name,
            point.day,
            "" if point.refused else point.k,
            "" if point.refused else point.n,
            round(point.interval.low, 6) if point.interval else "",
            round(point.interval.high, 6) if point.interval else "",
            point.refused,
            *same,
        )
        for one in series
        for point in one.points
    )
    return csv_response(file_name("trend", asked.area.name, asked.basis.day), headings, rows)


@blueprint.get("/trend/<path:name>/shares.json")
@needs(Permission.READ_MARKET)
def trend_json(name: str) -> ResponseReturnValue:
    """The same for programs, with the days on which the line breaks and why."""
    try:
        asked = asked_of(name, form_of_address([]))
        series, breaks = told(asked)
    except Refused as refusal:
        return {"error": refusal.sentence}, 422
    return {
        "scope": asked.basis.scope.words,
        "rule": asked.basis.rule.key,
        "source": PUBLISHER,
        "licence": LICENCE,
        "series": [
            {
                "code": one.area.code,
                "area": one.area.name,
                "points": [_as_json(point) for point in one.points],
            }
            for one in series
        ],
        "breaks": [
            {
                "on": one.day.isoformat(),
                "reason": one.reason,
                "comparable": "no" if one.refused else "with caution",
            }
            for one in breaks
        ],
    }


def told(asked: Asked) -> tuple[list[Series], list[Break]]:
    """The area's share, its region's and England's on every day of an edition, and the breaks between these days."""
    days = [day for day in edition_days() if day <= asked.basis.day]
    if not days:
        return [], []
    series = series_of(asked.market, own_region_england(asked.area), days, asked.basis)
    return series, breaks_between(asked.area, days[0], days[-1], asked.basis.rule)


def _as_json(point: Point) -> dict[str, Any]:
    if point.refused:
        return {"as_at": point.day.isoformat(), "refused": point.refused}
    low, high = (point.interval.low, point.interval.high) if point.interval else (None, None)
    return {"as_at": point.day.isoformat(), "k": point.k, "n": point.n, "low": low, "high": high}


def own_region_england(own: Area) -> list[Area]:
    """An area, its region where it has one, and England."""
    region = region_around(own)
    return [own, *([region] if region else []), *([] if own.kind is AreaKind.COUNTRY else [england()])]
