"""The page of one area: its share, who was left out, and how it compares."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from quality.core.csv_files import csv_response, file_name
from quality.core.errors import Refused
from quality.core.gate import needs
from quality.market.drawing.shares import mix_of
from quality.market.figures.benchmarks import Benchmark, benchmark
from quality.market.figures.comparators import comparators, comparators_offered, england, region_around
from quality.market.figures.share import Share
from quality.market.outside.queries import claims_for, outside_for
from quality.market.views.asked import (
    Asked,
    MarketForm,
    asked_of,
    form_of_address,
    own_area_name,
    refused,
    refused_in_plain_text,
)
from quality.market.views.common import blueprint
from quality.market.views.keeping import Kept, kept_page
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.services.contracts import undated_on

_PAGES = {"trend": "market.trend", "changes": "market.movement", "neighbourhoods": "market.neighbourhoods"}


@blueprint.get("")
@needs(Permission.READ_MARKET)
def index() -> Response:
    """The market of one's own council, or of the area that was typed."""
    form = _form()
    name = form.area.data or own_area_name()
    chosen: dict[str, Any] = {key: word for key, word in form.chosen().items() if key != "area"}
    page = _PAGES.get(request.args.get("page", ""), "market.area")
    return redirect(url_for(page, name=name, **chosen))


@blueprint.get("/areas/<path:name>")
@needs(Permission.READ_MARKET)
def area(name: str) -> ResponseReturnValue:
    """An area's share as at a day, with its interval, its rule, who was left out, and how it compares."""
    try:
        page = kept_page(lambda: _told(name))
    except Refused as refusal:
        form = _form()
        form.area.data = name
        return refused(form, refusal)
    return render_template("market/kept.html", page=page)


def _told(name: str) -> Kept:
    form = _form()
    asked = asked_of(name, form)
    found = compared(asked)
    form.area.data = asked.area.name
    code, day = asked.area.code or None, asked.basis.day
    contracted_by = asked.basis.scope.contracted_by
    body = render_template(
        "market/area.html",
        form=form,
        asked=asked,
        area=asked.area,
        share=found.own,
        found=found,
        mix=mix_of(_mixed(found)),
        outside=outside_for(code, asked.area.name, day, scope=asked.basis.scope.kind),
        claims=claims_for(code, asked.area.name),
        told_on=asked.market.told_on(day),
        undated=undated_on(contracted_by, day) if contracted_by is not None else 0,
    )
    return Kept(f"The market in {asked.area.name}", Markup(body))  # noqa: S704 -- A template of ours made it.


@blueprint.get("/areas/<path:name>/share.json")
@needs(Permission.READ_MARKET)
def share_json(name: str) -> ResponseReturnValue:
    """The same share as the page shows and `flask market share --json` prints."""
    try:
        asked = asked_of(name, _form())
        share = asked.market.share(asked.area, asked.basis)
    except Refused as refusal:
        return {"error": refusal.sentence}, 422
    return {**share.as_json(), "newest_edition": asked.market.told_on(asked.basis.day).isoformat()}


@blueprint.get("/areas/<path:name>/benchmarks.csv")
@needs(Permission.READ_MARKET)
def benchmarks_csv(name: str) -> ResponseReturnValue:
    """The table of the page as a file, with codes, counts and intervals."""
    try:
        asked = asked_of(name, _form())
        found = compared(asked)
    except Refused as refusal:
        return refused_in_plain_text(refusal)
    headings = (
        *(
            "ONS code",
            "Area",
            "Good or Outstanding",
            "Counted",
            "Share",
            "95% low",
            "95% high",
            "Against England",
        ),
        *("As at", "Scope", "Rule", "Comparators"),
    )
    same = (asked.basis.day, asked.basis.scope.words, asked.basis.rule.key, found.comparators.definition)
    rows = (
        (
            line.area.code,
            line.area.name,
            line.k,
            line.n,
            round(line.k / line.n, 6) if line.n else "",
            round(line.interval.low, 6) if line.interval else "",
            round(line.interval.high, 6) if line.interval else "",
            line.against_england or "",
            *same,
        )
        for line in found.lines
    )
    return csv_response(file_name("market", asked.area.name, asked.basis.day), headings, rows)


def compared(asked: Asked, compare: str = "") -> Benchmark:
    """The area of the address beside its region, England and those it is compared with, or another set of them."""
    own = asked.area
    others = comparators(
        compare or asked.compare,
        market=asked.market,
        area=own,
        council=current_person().local_authority_id,
        basis=asked.basis,
    )
    return benchmark(
        asked.market,
        own,
        others,
        region=region_around(own),
        england=england(),
        basis=asked.basis,
    )


def _mixed(found: Benchmark) -> list[Share]:
    """The area, its region and England, each once."""
    others = (found.region, found.england)
    return [found.own, *(one for one in others if one and one.area != found.own.area)]


def _form() -> MarketForm:
    return form_of_address(comparators_offered(current_person().local_authority_id))
