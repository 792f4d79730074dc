"""Which of CQC's files were loaded, and what each of them changed."""

from __future__ import annotations

from collections.abc import Iterator

from flask import abort, render_template, url_for
from werkzeug.wrappers import Response

from quality.core.clock import today
from quality.core.csv_files import Value, csv_response, file_name
from quality.core.gate import needs
from quality.editions.queries import (
    Change,
    Loaded,
    all_changed,
    all_editions,
    changed_services,
    count_changes,
    find_edition,
    neighbours,
)
from quality.editions.queries import editions as editions_loaded
from quality.people.permissions import Permission
from quality.ratings.queries import overall_before, overall_of_all
from quality.services.editions import Edition, EditionKind
from quality.services.views.common import blueprint, page_number
from quality.services.views.rows import ratings

_HEADINGS = (
    "Edition",
    "Kind",
    "Kind (code)",
    "As at",
    "File",
    "Loaded at (UTC)",
    "Loaded by",
    "Rows read",
    "Stored",
    "Merged",
    "Set aside",
    "Reasons for setting aside",
    "Warnings",
    "SHA-256",
)
_CHANGE_HEADINGS = (
    *("CQC location ID", "Service", "Provider", "Local authority", "Facts that changed"),
    *("CQC overall rating before", "CQC overall rating before (code)", "Rating before published on"),
    *("CQC ratings by service before", "CQC overall rating since", "CQC overall rating since (code)"),
    *("Rating since published on", "CQC ratings by service since"),
)
# The counts of an edition's effects in words, in the order in which they are told.
EFFECTS = {
    "services": "Services it tells of",
    "services_new": "New services",
    "services_changed": "Services whose facts changed",
    "services_gone": "Services no longer listed",
    "providers": "Providers it tells of",
    "providers_new": "New providers",
    "new": "Ratings of something not rated before",
    "changed": "Ratings given again",
    "unchanged": "Ratings as they were",
    "ended": "Ratings no longer published",
}


@blueprint.get("/editions")
@needs(Permission.READ_SERVICES)
def editions() -> str:
    """Which of CQC's files were loaded, by whom, and what became of their rows."""
    return render_template(
        "services/editions.html",
        page=editions_loaded(page_number()),
        kind_words=kind_words,
        effects=EFFECTS,
        address=lambda number: url_for("services.editions", page=number),
    )


@blueprint.get("/editions.csv")
@needs(Permission.READ_SERVICES)
def editions_csv() -> Response:
    """The same as a file, all of them."""
    name = file_name("cqc-files-loaded", "as at", today().isoformat())
    return csv_response(name, _HEADINGS, _rows(all_editions()))


@blueprint.get("/editions/<int:number>")
@needs(Permission.READ_SERVICES)
def edition(number: int) -> str:
    """One edition: where it came from, what became of its rows, and what it changed."""
    loaded = _edition(number)
    before, after = neighbours(loaded.edition)
    return render_template(
        "services/edition.html",
        edition=loaded.edition,
        loaded_by=loaded.by,
        kind_words=kind_words,
        effects=EFFECTS,
        changes=count_changes(loaded.edition),
        before=before,
        after=after,
    )


@blueprint.get("/editions/<int:number>/<change>")
@needs(Permission.READ_SERVICES)
def edition_changes(number: int, change: str) -> str:
    """The services that an edition changed, of one kind of change."""
    loaded = _edition(number)
    if change not in set(Change):
        abort(404)
    asked = Change(change)
    page = changed_services(loaded.edition, asked, page_number())
    ids, day = [row.service.id for row in page.rows], loaded.edition.as_at
    return render_template(
        "services/edition_changes.html",
        edition=loaded.edition,
        kind_words=kind_words,
        change=asked,
        count=count_changes(loaded.edition, [asked])[asked],
        page=page,
        before=overall_before(ids, loaded.edition),
        since=overall_of_all(ids, day),
    )


@blueprint.get("/editions/<int:number>/<change>.csv")
@needs(Permission.READ_SERVICES)
def edition_changes_csv(number: int, change: str) -> Response:
    """The same services, all of them, as a file."""
    edition = _edition(number).edition
    if change not in set(Change):
        abort(404)
    name = file_name("services", change, "by", edition.kind, "as at", edition.as_at.isoformat())
    return csv_response(name, _CHANGE_HEADINGS, _changed_rows(edition, Change(change)))


def kind_words(kind: str) -> str:
    """What a kind of edition is called; its stored word where it is none of ours."""
    return EditionKind(kind).words if kind in set(EditionKind) else kind


def _edition(number: int) -> Loaded:
    loaded = find_edition(number)
    if loaded is None:
        abort(404)
    return loaded


def _changed_rows(edition: Edition, change: Change) -> Iterator[tuple[Value, ...]]:
    for some in all_changed(edition, change):
        ids = [row.service.id for row in some]
        before = overall_before(ids, edition)
        since = overall_of_all(ids, edition.as_at)
        for row in some:
            service = row.service
            facts = "; ".join(
                f"{one.name}: {one.before or 'none'} → {one.after or 'none'}"
                if one.before or one.after
                else one.name
                for one in row.facts
            )
            named = (service.cqc_id, service.name, service.provider.name, service.local_authority.name)
            yield (*named, facts, *ratings(before[service.id]), *ratings(since[service.id]))


def _rows(loaded: Iterator[Loaded]) -> Iterator[tuple[Value, ...]]:
    for one in loaded:
        edition = one.edition
        yield (
            edition.id,
            kind_words(edition.kind),
            edition.kind,
            edition.as_at,
            edition.file_name,
            edition.loaded_at,
            one.by or "command line",
            edition.rows_read,
            edition.stored,
            edition.merged,
            sum(edition.set_aside.values()),
            "; ".join(f"{count:,}: {reason}" for reason, count in edition.set_aside.items()),
            "; ".join(edition.warnings),
            edition.sha256,
        )
