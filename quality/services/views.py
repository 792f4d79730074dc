"""Pages of the register: find a service, read what CQC says of it, and see which files were loaded."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from quality.audits.queries import audits_of_service
from quality.core.clock import today
from quality.core.gate import needs
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.ratings.queries import current_ratings, overall_of_all
from quality.services import queries
from quality.services.queries import LONGEST_SEARCH, ServiceSearch

blueprint = Blueprint("services", __name__)

# Nobody leafs further; a larger number in an address is no number a database knows.
_LAST_PAGE = 10_000
_ENGLAND = "england"


@blueprint.get("/services")
@needs(Permission.READ_SERVICES)
def search() -> str:
    """Services found by what the address says: in the council's own area and in social care, unless told otherwise."""
    own_area = current_person().local_authority_id
    search = _asked(own_area)
    page = queries.search_services(search, _page_number())
    return render_template(
        "services/search.html",
        search=search,
        everywhere=search.local_authority_id is None,
        council=queries.authority_name(own_area),
        page=page,
        standing=overall_of_all([service.id for service in page.rows]),
        nothing_loaded=not page.rows and queries.is_empty(),
        address=lambda **changes: url_for("services.search", **_in_address(search) | changes),
    )


@blueprint.get("/services/<cqc_id>")
@needs(Permission.READ_SERVICES)
def show(cqc_id: str) -> str:
    """One service: what it is, what CQC publishes about it, and the council's own audits."""
    person, service = current_person(), queries.find_service(cqc_id)
    if service is None:
        abort(404)
    return render_template(
        "services/show.html",
        service=service,
        groups=current_ratings(service.id),
        edition=queries.edition_of(service),
        today=today(),
        may_plan=person.may(Permission.RECORD_AUDITS) and service.is_social_care,
        may_read_audits=person.may(Permission.READ_AUDITS),
        audits=audits_of_service(service.id, person),
    )


@blueprint.get("/editions")
@needs(Permission.READ_SERVICES)
def editions() -> str:
    """Which of CQC's files were loaded, by whom, and what became of their rows."""
    page = queries.editions(_page_number())
    return render_template(
        "services/editions.html", page=page, address=lambda number: url_for("services.editions", page=number)
    )


def _page_number() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)


def _asked(own_area: int) -> ServiceSearch:
    """The search that the address asks for."""
    asked = request.args
    text = asked.get("q", "")[:LONGEST_SEARCH].strip()
    return ServiceSearch(text, None if asked.get("area") == _ENGLAND else own_area, "all_sectors" in asked)


def _in_address(search: ServiceSearch) -> dict[str, Any]:
    """The search in the words of its address; what is as usual is left out."""
    words = {
        "q": search.text,
        "area": _ENGLAND if search.local_authority_id is None else "",
        "all_sectors": "y" if search.all_sectors else "",
    }
    return {name: word for name, word in words.items() if word}
