"""Finding services, as a page and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quality.core.csv_files import csv_response
from quality.core.gate import needs
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.ratings.queries import overall_of_all, standing_in_sql
from quality.services import queries
from quality.services.as_at import first_day
from quality.services.as_at_form import BOXES, AsAtForm
from quality.services.criteria import CHOICES, ENGLAND, Read, ServiceSearch, read_address
from quality.services.known import why_to_come
from quality.services.search import (
    Scope,
    authorities,
    count_services,
    find_all,
    find_page,
    specialisms,
    types_of,
)
from quality.services.views import rows, wording
from quality.services.views.common import blueprint, page_number


class _Chip(NamedTuple):
    """One thing that was chosen, in words; the address of the same list without it; whether it leaves services out."""

    words: str
    without: str
    narrows: bool


@dataclass(frozen=True)
class _Asked:
    """What the address asks for, by whom, and where."""

    read: Read
    scope: Scope
    council: str
    areas: list[str]
    form: AsAtForm

    @property
    def search(self) -> ServiceSearch:
        return self.read.search


@blueprint.get("/services")
@needs(Permission.READ_SERVICES)
def search() -> str | Response:
    """Services found by what the address says: in the council's own area and in social care, unless told otherwise."""
    asked = _read()
    if not asked.read.faults and _says_too_much(asked.search):
        return redirect(_address(asked.search))
    page = None if asked.read.faults else find_page(asked.search, asked.scope, page_number())
    found = page.rows if page else []
    return render_template(
        "services/search.html",
        search=asked.search,
        typed=asked.read.typed,
        faults=asked.read.faults,
        as_at=asked.form.as_at,
        council=asked.council,
        areas=asked.areas,
        choices=CHOICES | {"specialism": tuple((name, name) for name in specialisms())},
        chips=_chips(asked.search),
        page=page,
        counts=count_services(asked.search, asked.scope) if page else None,
        types=types_of({service.trait_set_id for service in found}),
        standing=overall_of_all([service.id for service in found], asked.search.as_at),
        first_day=None if found else first_day(),
        address=lambda **changes: _address(asked.search, changes),
        csv_address=_address(asked.search, endpoint="services.search_csv"),
    )


@blueprint.get("/services.csv")
@needs(Permission.READ_SERVICES)
def search_csv() -> Response:
    """The same services as the page of the same address finds, all of them, as a file."""
    asked = _read()
    if asked.read.faults:
        return redirect(f"{url_for('services.search')}?{request.query_string.decode()}")
    found = find_all(asked.search, asked.scope)
    name = wording.file_name_of(asked.search, asked.council)
    return csv_response(name, rows.headings(asked.council), rows.rows(found, asked.search.as_at))


def _read() -> _Asked:
    own, places, form = current_person().local_authority_id, authorities(), AsAtForm.of_address()
    fault = _fault_of(form)
    read = read_address(request.args, None if fault else form.as_at.data)
    if fault:
        read.faults["as_at"] = fault
    council = queries.authority_name(own)
    if read.search.area == council:
        read = replace(read, search=replace(read.search, area=""))
    area = read.search.area
    if area and area != ENGLAND and area not in places:
        read.faults["area"] = f"No local authority that CQC names is called {area}"
    authority = own if not area else places.get(area)
    others = [one for one in places if one != council]
    return _Asked(read, Scope(own, authority, standing_in_sql), council, others, form)


def _fault_of(form: AsAtForm) -> str:
    """What is wrong with the day that was asked for; empty where it is right, or none was."""
    if not form.is_filled_in:
        return ""
    if form.validate() and (why := why_to_come(form.as_at.data)):
        form.as_at.errors = [why]
    return ". ".join(form.as_at.errors)


def _says_too_much(search: ServiceSearch) -> bool:
    """True where the address, as a browser's form makes it, holds what is usual: a shorter one says the same."""
    return bool((request.args.keys() & {*_FIELDS, *BOXES}) - search.in_address().keys())


def _address(
    search: ServiceSearch, changes: Mapping[str, Any] | None = None, endpoint: str = "services.search"
) -> str:
    words: dict[str, Any] = {**search.in_address(), **(changes or {})}
    return url_for(endpoint, **{name: word for name, word in words.items() if word})


def _chips(search: ServiceSearch) -> list[_Chip]:
    return [
        _Chip(words, _address(search, {name: None}), wording.narrows(name))
        for name, words in wording.chosen_words(search).items()
    ]


_FIELDS = ServiceSearch.__dataclass_fields__.keys()
