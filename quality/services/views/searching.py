"""Finding services."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from quality.core.gate import needs
from quality.people.permissions import Permission
from quality.people.sign_in import current_person
from quality.ratings.queries import overall_of_all
from quality.services import queries
from quality.services.queries import LONGEST_SEARCH, ServiceSearch
from quality.services.views.common import blueprint, page_number

_ENGLAND = "england"


@blueprint.get("/services")
@needs(Permission.READ_SERVICES)
def search() -> str:
    """Services found by what the address says: in the council's own area and in social care, unless told otherwise."""
    own_area = current_person().local_authority_id
    search = _asked(own_area)
    page = queries.search_services(search, page_number())
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
