"""The page of shares by deprivation, and in town and country."""

from __future__ import annotations

from collections.abc import Iterator

from flask import render_template
from flask.typing import ResponseReturnValue

from quality.core.csv_files import Value, csv_response, file_name
from quality.core.errors import Refused
from quality.core.gate import needs
from quality.market.areas import NoLookup
from quality.market.figures.comparators import comparators_offered
from quality.market.figures.neighbourhoods import Groups, by_deprivation, by_rurality
from quality.market.views.asked import Asked, asked_of, form_of_address, refused, refused_in_plain_text
from quality.market.views.common import LICENCE, PUBLISHER, blueprint
from quality.people.permissions import Permission
from quality.people.sign_in import current_person

_SOURCES = (
    f"{PUBLISHER}; Office for National Statistics; Ministry of Housing, Communities and Local Government"
)
_HEADINGS = (
    *("Area code", "Area", "As at", "Grouped by", "Group code", "Group", "Good or Outstanding", "Counted"),
    *("95% low", "95% high", "Scope", "Rule", "Placed by", "Ranked by", "Not placed", "Source", "Licence"),
)


@blueprint.get("/neighbourhoods/<path:name>")
@needs(Permission.READ_MARKET)
def neighbourhoods(name: str) -> ResponseReturnValue:
    """Whether services in poorer places, and in the country, are rated as well as others."""
    form = form_of_address(comparators_offered(current_person().local_authority_id))
    form.area.data = name
    try:
        asked = asked_of(name, form)
        deprivation, rurality, missing = _told(asked)
    except Refused as refusal:
        return refused(form, refusal)
    form.area.data = asked.area.name
    return render_template(
        "market/neighbourhoods.html",
        form=form,
        asked=asked,
        deprivation=deprivation,
        rurality=rurality,
        missing=missing,
    )


@blueprint.get("/neighbourhoods/<path:name>/shares.csv")
@needs(Permission.READ_MARKET)
def neighbourhoods_csv(name: str) -> ResponseReturnValue:
    """The same as a file: one row for each group; what has no lookup is not in it."""
    try:
        asked = asked_of(name, form_of_address([]))
        deprivation, rurality, missing = _told(asked)
        if missing and not (deprivation or rurality):
            raise NoLookup(missing[0])
    except Refused as refusal:
        return refused_in_plain_text(refusal)
    rows = [
        row
        for by, groups in (("deprivation", deprivation), ("urban or rural", rurality))
        if groups
        for row in _rows(asked, by, groups)
    ]
    return csv_response(file_name("neighbourhoods", asked.area.name, asked.basis.day), _HEADINGS, rows)


def _rows(asked: Asked, by: str, groups: Groups) -> Iterator[tuple[Value, ...]]:
    area = asked.area.code, asked.area.name, asked.basis.day
    same = asked.basis.scope.words, asked.basis.rule.key, groups.places, groups.edition, groups.unplaced
    for group in groups.groups:
        share = group.share
        ends = (round(share.interval.low, 6), round(share.interval.high, 6)) if share.interval else ("", "")
        yield (*area, by, group.code, group.words, share.k, share.n, *ends, *same, _SOURCES, LICENCE)


def _told(asked: Asked) -> tuple[Groups | None, Groups | None, list[str]]:
    """Both, each none where its lookup is not loaded; then the sentence says how to get it."""
    found: list[Groups | None] = []
    missing: dict[str, None] = {}
    for by in (by_deprivation, by_rurality):
        try:
            found.append(by(asked.market, asked.area, asked.basis))
        except NoLookup as refusal:
            found.append(None)
            missing[refusal.sentence] = None
    return found[0], found[1], list(missing)
