"""What is published, for everybody: pages, files, and the index of open data. Nobody has to sign in."""

from __future__ import annotations

import json
from collections.abc import Callable

from flask import Response, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from quality.core.csv_files import csv_response, file_name
from quality.core.gate import public
from quality.market.models.publications import Publication
from quality.market.papers.ods import paper_ods
from quality.market.publications.dictionary import COLUMNS, LEFT_OUT_COLUMNS
from quality.market.publications.drawing import chart_of
from quality.market.publications.meaning import compared
from quality.market.publications.operations import pdf_of
from quality.market.publications.queries import correction_of, find_published
from quality.market.publications.queries import published as all_published
from quality.market.publications.snapshot import Snapshot
from quality.market.publications.telling import (
    LICENCE,
    figure_rows,
    interval,
    paper_of,
    percent,
    spreadsheet_of,
)
from quality.market.views.common import blueprint

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_TYPES = {"pdf": "application/pdf", "ods": _ODS, "csv": "text/csv", "json": "application/json"}


@blueprint.get("/published/<code>/<int:number>")
@public
def published(code: str, number: int) -> str:
    """One publication."""
    one = _find(code, number)
    said = _said(one)
    others = [each for each in all_published(code) if each.number != number]
    return render_template(
        "market/publications/published.html",
        one=one,
        said=said,
        paper=paper_of(said),
        correction=correction_of(one),
        others=others,
    )


@blueprint.get("/published/<code>/<int:number>/chart/<scope>.svg")
@public
def published_chart(code: str, number: int, scope: str) -> Response:
    """The chart of one kind of services, drawn from what is published."""
    said = _said(_find(code, number))
    shown = next((one for one in said.scopes if one.key == scope and one.is_beside), None)
    if shown is None:
        abort(404)
    return Response(chart_of(said, shown).svg("chart"), mimetype="image/svg+xml")


@blueprint.get("/published/<code>/<int:number>.<form>")
@public
def published_file(code: str, number: int, form: str) -> ResponseReturnValue:
    """A publication as a file: PDF as stored, ODS, CSV, or the JSON whose SHA-256 it has."""
    one = _find(code, number)
    if form == "csv":
        rows = [[_cell(cell) for cell in row] for row in figure_rows(_said(one))]
        return csv_response(_name(one), [column.name for column in COLUMNS], rows)
    make = _FILES.get(form)
    if make is None or (form == "pdf" and one.pdf_sha256 is None):
        abort(404)
    headers = {"Content-Disposition": f'attachment; filename="{_name(one)}.{form}"'}
    return Response(make(one), mimetype=_TYPES[form], headers=headers)


@blueprint.get("/published/<code>/<int:number>/beside/<int:other>")
@public
def published_beside(code: str, number: int, other: int) -> str:
    """Two publications line by line."""
    found = compared(_said(_find(code, other)), _said(_find(code, number)))
    return render_template("market/publications/beside.html", found=found, percent=percent, interval=interval)


@blueprint.get("/open-data")
@public
def open_data() -> str:
    """Everything that is published, with the addresses of its files."""
    some = all_published()
    return render_template(
        "market/publications/open_data.html",
        some=some,
        corrected={one.corrects_id: one.number for one in some},
        licence=LICENCE,
    )


@blueprint.get("/open-data/dictionary")
@public
def data_dictionary() -> str:
    """What each column of the files means."""
    return render_template(
        "market/publications/dictionary.html", columns=COLUMNS, left_out=LEFT_OUT_COLUMNS, licence=LICENCE
    )


@blueprint.get("/open-data/data.json")
@public
def open_data_json() -> Response:
    """The same index for programs, in the words of the W3C's Data Catalog Vocabulary (DCAT 3)."""
    some = all_published()
    corrected = {one.corrects_id for one in some}
    catalogue = {
        "@context": "https://www.w3.org/ns/dcat3.jsonld",
        "@type": "dcat:Catalog",
        "title": "Market quality",
        "license": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "dataset": [_dataset(one, is_superseded=one.id in corrected) for one in some],
    }
    return current_app.response_class(
        json.dumps(catalogue, ensure_ascii=False, indent=1), mimetype="application/json"
    )


def _dataset(one: Publication, *, is_superseded: bool) -> dict[str, object]:
    code, number = one.local_authority.council_code, one.number
    files = [
        {
            "@type": "dcat:Distribution",
            "mediaType": _TYPES[form],
            "downloadURL": _url("market.published_file", code=code, number=number, form=form),
        }
        for form in ("json", "csv", "ods", "pdf")
        if form != "pdf" or one.pdf_sha256
    ]
    return {
        "@type": "dcat:Dataset",
        "identifier": f"{code}/{number}",
        "title": one.title,
        "publisher": one.local_authority.name,
        "temporal": one.as_at.isoformat(),
        "issued": one.published_at.isoformat() if one.published_at else None,
        "landingPage": _url("market.published", code=code, number=number),
        "conformsTo": _url("market.data_dictionary"),
        "sha256": one.snapshot_sha256,
        "corrects": one.corrects.number if one.corrects else None,
        "superseded": is_superseded,
        "distribution": files,
    }


def _url(endpoint: str, **words: object) -> str:
    return url_for(endpoint, _external=True, **words)  # type: ignore[arg-type]


def _json(one: Publication) -> bytes:
    return (one.snapshot or "").encode()


def _ods(one: Publication) -> bytes:
    return paper_ods(spreadsheet_of(_said(one)))


_FILES: dict[str, Callable[[Publication], bytes]] = {"pdf": pdf_of, "ods": _ods, "json": _json}


def _cell(value: object) -> str | int | float:
    return value if isinstance(value, str | int) else float(str(value))


def _find(code: str, number: int) -> Publication:
    one = find_published(code, number)
    if one is None:
        abort(404)
    return one


def _said(one: Publication) -> Snapshot:
    return Snapshot.from_json(one.snapshot or "")


def _name(one: Publication) -> str:
    return file_name("market", one.local_authority.name, one.as_at, one.number)
