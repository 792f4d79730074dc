"""The page of what changed between two days: which services moved, and how much of the change each kind explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from quality.core.csv_files import Value, csv_response, file_name
from quality.core.database import db
from quality.core.errors import Invalid, Refused
from quality.core.gate import needs
from quality.core.paging import PAGE_SIZE, offset, page_of
from quality.cqc import RatingWord
from quality.market.figures.comparators import comparators_offered
from quality.market.figures.movements import Change, Moved, Movements, movements
from quality.market.figures.trend import breaks_between, edition_days
from quality.market.views.asked import Asked, asked_of, form_of_address, refused, refused_in_plain_text
from quality.market.views.common import LICENCE, PUBLISHER, blueprint
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.ratings.standing import RATINGS
from quality.services.bulk import MOST_NUMBERS, in_pieces
from quality.services.models import Service
from quality.services.views.common import page_number

_DAYS_A_YEAR = 366
_WORDS = {
    Change.UP: "Went up",
    Change.DOWN: "Went down",
    Change.NOT_COMPARED: "Not compared",
    Change.IN: "Came in",
    Change.OUT: "Went out",
}
_HEADINGS = (
    *("CQC location ID", "Service", "Area code", "Area", "Change code", "Change", "From", "To"),
    *("Rating code on the first day", "Rating on the first day"),
    *("Rating code on the second day", "Rating on the second day"),
    *("Why it did not count, code", "Why it did not count", "Was", "Became"),
    *("Comparable", "Reason", "Scope", "Rule", "Source", "Licence"),
)


@dataclass(frozen=True)
class _Told:
    """What changed in an area since a day; of those that moved, the ones of one change, or all of them."""

    asked: Asked
    since: date
    found: Movements
    only: Change | None

    @property
    def moved(self) -> Sequence[Moved]:
        """Those that moved so, as asked for."""
        return [one for one in self.found.moved if self.only in (None, one.change)]


@blueprint.get("/movements/<path:name>")
@needs(Permission.READ_MARKET)
def movement(name: str) -> ResponseReturnValue:
    """What changed in an area up to the day asked for, since another."""
    form = form_of_address(comparators_offered(current_person().local_authority_id))
    form.area.data = name
    try:
        asked = asked_of(name, form)
        told = _told(asked)
    except Refused as refusal:
        return refused(form, refusal)
    form.area.data = asked.area.name
    if told is None:
        return render_template("market/movements.html", form=form, asked=asked, found=None)
    skipped = offset(page_number())
    page = page_of(told.moved[skipped : skipped + PAGE_SIZE + 1], page_number())
    return render_template(
        "market/movements.html",
        form=form,
        asked=asked,
        since=told.since,
        found=told.found,
        only=told.only,
        page=page,
        how_many=len(told.moved),
        days=[day for day in reversed(edition_days()) if day < asked.basis.day],
        named=_WORDS,
        services=_services(page.rows),
        breaks=breaks_between(asked.area, told.since, asked.basis.day, asked.basis.rule),
        words=_word,
    )


@blueprint.get("/movements/<path:name>/services.csv")
@needs(Permission.READ_MARKET)
def movement_csv(name: str) -> ResponseReturnValue:
    """Every service that moved, as a file."""
    try:
        asked = asked_of(name, form_of_address([]))
        told = _told(asked)
    except Refused as refusal:
        return refused_in_plain_text(refusal)
    rows = _rows(told) if told else ()
    since = told.since if told else None
    return csv_response(file_name("changes", asked.area.name, since, asked.basis.day), _HEADINGS, rows)


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


def _told(asked: Asked) -> _Told | None:
    since = since_of(asked)
    if since is None:
        return None
    return _Told(asked, since, movements(asked.market, asked.area, since, asked.basis), _only())


def _only() -> Change | None:
    text = request.args.get("change", "")
    if text and text not in tuple(_WORDS):
        raise Invalid("as_at", f"“{text}” is no kind of change. There are: {', '.join(_WORDS)}.")
    return Change(text) if text else None


def _services(moved: Iterable[Moved]) -> dict[int, Service]:
    """The services that moved, by their number."""
    services: dict[int, Service] = {}
    for some in in_pieces(sorted(one.service_id for one in moved), MOST_NUMBERS):
        asked = select(Service).where(Service.id.in_(some))
        services |= {service.id: service for service in db.session.scalars(asked)}
    return services


def _rows(told: _Told) -> Iterator[tuple[Value, ...]]:
    asked, services = told.asked, _services(told.moved)
    area = asked.area.code, asked.area.name
    same = asked.basis.scope.words, asked.basis.rule.key, PUBLISHER, LICENCE
    for one in told.moved:
        service, verdict = services[one.service_id], one.verdict
        yield (
            *(service.cqc_id, service.name, *area, one.change, _WORDS[one.change]),
            *(told.since, asked.basis.day),
            *(part for number in (one.before, one.after) for part in _code_and_words(number)),
            *((one.fate.key, _first_large(one.fate.words)) if one.fate else ("", "")),
            *(one.was, one.became),
            *((verdict.words, verdict.reason) if verdict else ("", "")),
            *same,
        )


def _code_and_words(number: int) -> tuple[str, str]:
    word = _word(number)
    return (word.value, word.words) if word else ("", "")


def _first_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def _word(number: int) -> RatingWord | None:
    """The rating that a number stands for; none for 0."""
    return RATINGS[number - 1] if number else None
