"""The evidence pack and the committee paper as files to send: PDF, text document and spreadsheet."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort
from flask.typing import ResponseReturnValue

from quality.core.clock import now
from quality.core.csv_files import file_name
from quality.core.errors import Refused
from quality.core.gate import needs
from quality.core.pages import settings
from quality.market.council.beside_cqc import beside_cqc
from quality.market.council.committee import committee_paper
from quality.market.council.how_long import how_long
from quality.market.council.pack import evidence_pack
from quality.market.papers import Paper, paper_ods, paper_odt, paper_pdf
from quality.market.papers.council import committee_as_paper, pack_as_paper
from quality.market.papers.pictures import agreement_section, share_section, stays_section, with_pictures
from quality.market.views.asked import own_area_name
from quality.market.views.common import blueprint
from quality.market.views.council_day import AskedDay, asked_day, refused
from quality.people.permissions import Permission

_FORMS: dict[str, tuple[Callable[[Paper], bytes], str]] = {
    "pdf": (paper_pdf, "application/pdf"),
    "odt": (paper_odt, "application/vnd.oasis.opendocument.text"),
    "ods": (paper_ods, "application/vnd.oasis.opendocument.spreadsheet"),
}


@blueprint.get("/papers/pack.<form>")
@needs(Permission.READ_AUDITS)
def pack_file(form: str) -> ResponseReturnValue:
    """The evidence pack as a file."""
    return _file("evidence-pack", form, _pack)


@blueprint.get("/papers/committee.<form>")
@needs(Permission.READ_AUDITS)
def committee_file(form: str) -> ResponseReturnValue:
    """The committee paper as a file."""
    return _file("committee-paper", form, _committee)


def _pack(asked: AskedDay) -> Paper:
    found = evidence_pack(asked.council, asked.day)
    paper = pack_as_paper(found, colour=settings().council_colour, made_at=now())
    drawn = (
        share_section(asked.council, own_area_name(), asked.day),
        stays_section(how_long(asked.council, asked.day)),
        agreement_section(beside_cqc(asked.council, asked.day)),
    )
    return with_pictures(paper, [one for one in drawn if one])


def _committee(asked: AskedDay) -> Paper:
    found = committee_paper(asked.council, asked.day)
    return committee_as_paper(found, colour=settings().council_colour, made_at=now())


def _file(name: str, form: str, make: Callable[[AskedDay], Paper]) -> ResponseReturnValue:
    if form not in _FORMS:
        abort(404)
    try:
        asked = asked_day()
        paper = make(asked)
    except Refused as refusal:
        return refused(refusal)
    write, kind = _FORMS[form]
    headers = {"Content-Disposition": f'attachment; filename="{file_name(name, asked.day)}.{form}"'}
    return Response(write(paper), mimetype=kind, headers=headers)
