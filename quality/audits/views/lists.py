"""The queue of the council, and an officer's own audits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from quality.audits import queries
from quality.audits.lifecycle import State
from quality.audits.lists import BY_SERVICE, NO_RATING, OPEN, RATINGS, Filters, QueueRow
from quality.audits.views import cells
from quality.audits.views.common import blueprint
from quality.core.clock import today
from quality.core.csv_files import Value, csv_response, file_name
from quality.core.gate import needs
from quality.frameworks.definition import ServiceType
from quality.messages.queries import unread
from quality.people.permissions import Permission
from quality.people.sign_in import current_person

# The choices of the filters that are the same for everybody, as (word in the address, words shown).
_STATES = ((OPEN, "All that are open"), *((state.value, state.words) for state in State))
_TYPES = tuple((one.value, one.words) for one in ServiceType)
# Nobody leafs further; a larger number in an address is no number a database knows.
_LAST_PAGE = 100_000
_HEADINGS = (
    "Audit",
    "Service",
    "Town",
    "Kind of service",
    "Kind of service (code)",
    "State",
    "State (code)",
    "Due",
    "Led by",
    "You took part",
    "Why it was returned",
    "CQC overall rating",
    "CQC overall rating (code)",
    "Why it was chosen",
    "Why it was chosen (code)",
    "More about why",
)
_RATINGS = (
    *((word.value, word.words) for word in RATINGS),
    (BY_SERVICE, "By service"),
    (NO_RATING, "No rating"),
)


@blueprint.get("/audits")
@needs(Permission.RECORD_AUDITS)
def mine() -> str:
    """What this person leads or takes part in: returned ones first, then what is due."""
    person = current_person()
    rows = queries.mine(person)
    return render_template(
        "audits/mine.html",
        open_rows=[row for row in rows if row.state.is_open],
        closed_rows=[row for row in rows if not row.state.is_open],
        notices=unread(person.id),
        cells=cells,
        today=today(),
    )


@blueprint.get("/queue")
@needs(Permission.REVIEW_AUDITS)
def queue() -> str:
    """The audits waiting, oldest deadline first, narrowed by what the address says."""
    person = current_person()
    filters = Filters.from_address(request.args)
    number = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
    officers = tuple((str(one), name) for one, name in queries.officers(person))
    choices = {"state": _STATES, "officer": officers, "type": _TYPES, "rating": _RATINGS}
    return render_template(
        "audits/queue.html",
        page=queries.queue(person, filters, number),
        filters=filters,
        choices=choices,
        chips=_chips(filters, choices),
        csv_address=_address(filters.in_address(), "audits.queue_csv"),
        notices=unread(person.id),
        cells=cells,
        today=today(),
    )


@blueprint.get("/queue.csv")
@needs(Permission.REVIEW_AUDITS)
def queue_csv() -> Response:
    """The same audits as the queue of the same address lists, all of them, as a file."""
    person, filters = current_person(), Filters.from_address(request.args)
    rows = (_cells(row) for row in queries.whole_queue(person, filters))
    chosen = [filters.state, filters.type, filters.rating]
    return csv_response(file_name("audits", *chosen, "as at", today().isoformat()), _HEADINGS, rows)


def _cells(row: QueueRow) -> tuple[Value, ...]:
    rating = "By service" if row.by_service else row.rating.words if row.rating else "No rating held"
    code = "by-service" if row.by_service else row.rating or NO_RATING
    kind, state, returned = row.service_type, row.state, row.reason if row.is_returned else ""
    audit = (row.reference, row.service, row.town, kind.words, kind.value, state.words, state.value)
    chosen = (row.chosen_because.words, row.chosen_because.value, row.chosen_note)
    return (*audit, row.due_on, row.lead, row.took_part, returned, rating, code, *chosen)


def _chips(filters: Filters, choices: Mapping[str, Iterable[tuple[str, str]]]) -> list[tuple[str, str]]:
    """What was chosen, each with the address of the same page without it."""
    chosen = filters.in_address()
    words = {name: dict(choices[name]).get(word, word) for name, word in chosen.items()}
    return [
        (words[name], _address({one: word for one, word in chosen.items() if one != name})) for name in chosen
    ]


def _address(words: Mapping[str, str], endpoint: str = "audits.queue") -> str:
    return f"{url_for(endpoint)}?{urlencode(words)}" if words else url_for(endpoint)
