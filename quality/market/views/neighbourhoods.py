"""The page of shares by deprivation, and in town and country."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from quality.core.errors import Refused
from quality.core.gate import needs
from quality.market.areas import NoLookup
from quality.market.figures.comparators import comparators_offered
from quality.market.figures.neighbourhoods import Groups, by_deprivation, by_rurality
from quality.market.views.asked import Asked, asked_of, form_of_address, refused
from quality.market.views.common import blueprint
from quality.people.permissions import Permission
from quality.people.sign_in import current_person


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
