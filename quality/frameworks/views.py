"""The page that shows a framework whole: anybody who is audited against it, or audits by it, may read all of it."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, abort, render_template, request

from quality.core.gate import needs
from quality.frameworks import queries
from quality.frameworks.vocabulary import ServiceType
from quality.people.permissions import Permission
from quality.scoring import rules_in_words

blueprint = Blueprint("frameworks", __name__)


@blueprint.get("/framework")
@blueprint.get("/framework/versions/<int:number>", endpoint="version")
@needs(Permission.USE_SERVICE)
def show(number: int | None = None) -> str:
    """The framework by domain and standard, with guidance, weights, crosswalk, and how judgements are made."""
    newest = queries.newest_published()
    if newest is None:
        return render_template("frameworks/none.html")
    asked = newest if number is None else queries.find_version(number)
    version = asked and queries.version_with_standards(asked.id)
    if version is None:
        abort(404)
    service_type = _service_type(request.args.get("service_type", ""))
    standards = queries.standards_for(version, service_type)
    return render_template(
        "frameworks/show.html",
        version=version,
        is_newest=version.id == newest.id,
        domains=[
            (title, list(inside)) for title, inside in groupby(standards, lambda each: each[0].domain_title)
        ],
        how_judged=rules_in_words(queries.rules_of(version)),
        service_type=service_type,
        service_types=ServiceType,
        open_guidance="guidance" in request.args,
    )


def _service_type(typed: str) -> ServiceType | None:
    return next((each for each in ServiceType if each.value == typed), None)
