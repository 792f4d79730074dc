"""CQC's ratings over time, as chart and tables again, from what a report says and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quality.cqc import DOMAINS, RatingWord
from quality.ratings.chart import draw
from quality.ratings.chart_parts import Chart, Given, Lane, Parting
from quality.ratings.models import KEY_QUESTIONS, OVERALL
from quality.reports.pinned import Break, OverTime, RatedThen

_WORDS = {word.words: word for word in RatingWord}
_PLACES = {domain: place for place, domain in enumerate(DOMAINS)}


@dataclass(frozen=True, kw_only=True)
class RatedRow:
    """What was given on one day: the day, how it was rated, under which registration, and a word for each column."""

    on: date
    dated: bool
    framework: str
    registration: str
    ratings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RatedTable:
    """The ratings of one service group, newest first, with the breaks between them as rows of their own."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[RatedRow | Break, ...]


def chart_of(over: OverTime, until: date) -> Chart | None:
    """The chart as the service's page drew it on that day; none where nothing was ever published."""
    if not over.ratings:
        return None
    main, *lanes = _lanes(over)
    return draw(main, lanes, [Parting(one.after, one.before) for one in over.breaks], until)


def tables_of(over: OverTime) -> list[RatedTable]:
    """A table for each service group, in the report's order."""
    groups = list(dict.fromkeys(one.service_group for one in over.ratings))
    return [_table(over, group) for group in groups]


def _table(over: OverTime, group: str) -> RatedTable:
    given = [one for one in over.ratings if one.service_group == group]
    told = dict.fromkeys(one.domain for one in given)
    columns = tuple(sorted(told, key=lambda domain: _PLACES.get(domain, len(_PLACES))))
    days: dict[tuple[date, str], list[RatedThen]] = {}
    for one in given:
        days.setdefault((one.on, one.registration), []).append(one)
    rows = [_row(ratings, columns) for ratings in days.values()]
    first = min(row.on for row in rows)
    breaks = [one for one in over.breaks if (not one.groups or group in one.groups) and one.before > first]
    entries: list[RatedRow | Break] = [*breaks, *rows]
    ordered = sorted(entries, key=_place_in_time, reverse=True)
    name = "The service as a whole" if group == OVERALL else group
    return RatedTable(name=name, columns=columns, rows=tuple(ordered))


def _row(ratings: Sequence[RatedThen], columns: Sequence[str]) -> RatedRow:
    words = {one.domain: one.rating for one in ratings}
    first = ratings[0]
    return RatedRow(
        on=first.on,
        dated=first.dated,
        framework=first.framework,
        registration=first.registration,
        ratings=tuple(words.get(column, "") for column in columns),
    )


def _place_in_time(entry: RatedRow | Break) -> tuple[date, int]:
    # A break of the same day as a rating comes before it.
    return (entry.on, 1) if isinstance(entry, RatedRow) else (entry.before, 0)


def _lanes(over: OverTime) -> list[Lane]:
    """The whole service, then each service group overall, then the key questions of the whole."""
    groups = list(dict.fromkeys(one.service_group for one in over.ratings))
    wanted = [(OVERALL, OVERALL, "The service as a whole")]
    wanted += [(group, OVERALL, group) for group in groups if group != OVERALL]
    wanted += [(OVERALL, question, question) for question in KEY_QUESTIONS]
    given = {(group, domain): _given(over, group, domain) for group, domain, _ in wanted}
    return [
        Lane(title, given[group, domain])
        for group, domain, title in wanted
        if given[group, domain] or group == domain
    ]


def _given(over: OverTime, group: str, domain: str) -> list[Given]:
    found = [one for one in over.ratings if (one.service_group, one.domain) == (group, domain)]
    return [Given(one.on, _WORDS.get(one.rating, RatingWord.NOT_RATED), one.former) for one in found]
