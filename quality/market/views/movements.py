"""The page of what changed between two days: which services moved, and how much of the change each kind explains."""

from __future__ import annotations

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from quality.core.database import db
from quality.core.errors import Invalid, Refused
from quality.core.gate import needs
from quality.market.figures.comparators import comparators_offered
from quality.market.figures.movements import Change, Movements, movements
from quality.market.figures.trend import breaks_between, edition_days
from quality.market.views.asked import Asked, asked_of, form_of_address, refused
from quality.market.views.common import blueprint
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.ratings.standing import RATINGS
from quality.services.models import Service


@blueprint.get("/movements/<path:name>")
@needs(Permission.READ_MARKET)
def movement(name: str) -> ResponseReturnValue:
    """What changed in an area up to the day asked for, since another."""
    form = form_of_address(comparators_offered(current_person().local_authority_id))
    form.area.data = name
    try:
        asked = asked_of(name, form)
        since = since_of(asked)
        found = movements(asked.market, asked.area, since, asked.basis) if since else None
    except Refused as refusal:
        return refused(form, refusal)
    form.area.data = asked.area.name
    if since is None or found is None:
        return render_template("market/movements.html", form=form, asked=asked, found=None)
    return render_template(
        "market/movements.html",
        form=form,
        asked=asked,
        since=since,
        found=found,
        days=[day for day in reversed(edition_days()) if day < asked.basis.day],
        changes=[change for change in Change if change is not Change.SAME],
        services=_services(found),
        breaks=breaks_between(asked.area, since, asked.basis.day, asked.basis.rule),
        words=lambda number: RATINGS[number - 1] if number else None,
    )


def since_of(asked: Asked) -> date | None:
    """The day to compare with: as the address says, else of the edition a year or less before; none before a second."""
    text = request.args.get("since", "").strip()
    if text:
        try:
            return asked.market.check_day(date.fromisoformat(text))
        except ValueError:
            raise Invalid(
                "as_at", f"“{text}” is no day to compare with. Choose one of the editions."
            ) from None
    earlier = [day for day in edition_days() if day < asked.basis.day]
    if not earlier:
        return None
    within_a_year = [day for day in earlier if (asked.basis.day - day).days <= _DAYS_A_YEAR]
    return within_a_year[0] if within_a_year else earlier[-1]


def _services(found: Movements) -> dict[int, Service]:
    """The services that moved, by their number."""
    numbers = sorted(one.service_id for one in found.moved)
    services: dict[int, Service] = {}
    for begin in range(0, len(numbers), _AT_ONCE):
        some = select(Service).where(Service.id.in_(numbers[begin : begin + _AT_ONCE]))
        services |= {service.id: service for service in db.session.scalars(some)}
    return services


_DAYS_A_YEAR = 366
_AT_ONCE = 500
