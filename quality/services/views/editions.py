"""Which of CQC's files were loaded."""

from __future__ import annotations

from flask import render_template, url_for

from quality.core.gate import needs
from quality.people.permissions import Permission
from quality.services import queries
from quality.services.views.common import blueprint, page_number


@blueprint.get("/editions")
@needs(Permission.READ_SERVICES)
def editions() -> str:
    """Which of CQC's files were loaded, by whom, and what became of their rows."""
    page = queries.editions(page_number())
    return render_template(
        "services/editions.html", page=page, address=lambda number: url_for("services.editions", page=number)
    )
