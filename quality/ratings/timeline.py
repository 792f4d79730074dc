"""A service's ratings: in order, across changes of owner and of rating framework, as chart and table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quality.core.pages import day as in_words
from quality.cqc import DOMAINS, RatingWord
from quality.ratings.chart import draw
from quality.ratings.chart_parts import Chart, Given, Lane, Parting
from quality.ratings.comparability import CQC_2014, CQC_SAF, Step, Verdict, all_series, verdict
from quality.ratings.models import KEY_QUESTIONS, OVERALL, Rating

Series = Mapping[tuple[str, str], Sequence[Step]]


@dataclass(frozen=True)
class Registration:
    """The registration before or after the service's own: its name, and the day and the words of the change."""

    service_id: int
    name: str
    words: str
    is_before: bool
    changed_on: date | None


@dataclass(frozen=True)
class Break:
    """Where ratings before and after must not simply be compared: its number, a heading, and the reason in words."""

    number: int
    heading: str
    reason: str
    source: str
    parting: Parting
    # The service groups whose ratings it parts; empty for all, where the registration changed.
    groups: frozenset[str]

    def parts(self, group: str) -> bool:
        """True when it lies between ratings of this service group."""
        return not self.groups or group in self.groups


@dataclass(frozen=True)
class Told:
    """What was published on one day for one service group: a row of the table.

    A rating without a date of publication stands at the day of the edition that told it first, and `is_dated` is false.
    """

    on: date
    is_dated: bool
    framework: str
    registration: str
    ratings: dict[str, Rating]


@dataclass(frozen=True)
class GroupTimeline:
    """The rows of one service group and the breaks between them, newest first, and the domains that are its columns."""

    name: str
    domains: list[str]
    rows: list[Told | Break]

    @property
    def is_overall(self) -> bool:
        """True for the service as a whole."""
        return self.name == OVERALL


@dataclass(frozen=True)
class Timeline:
    """All of it: the chart, what it shows in words, the numbered breaks, and a table for each service group.

    `alike` are the service groups that were given the same ratings on the same days as the whole, which are not told
    twice: a place with one kind of service has one.
    """

    chart: Chart
    words: str
    breaks: list[Break]
    groups: list[GroupTimeline]
    alike: list[str]


def timeline_of(
    service_id: int, ratings: Sequence[Rating], registrations: Sequence[Registration], until: date
) -> Timeline | None:
    """The timeline of these ratings, of a service and of the registrations that continue it.

    None where nothing was ever published: that CQC has not rated the service yet makes no story.
    """
    if not any(rating.published_on for rating in ratings):
        return None
    series = all_series(ratings)
    breaks = _breaks(series, registrations, until)
    others = {one.service_id: one.name for one in registrations}
    names = sorted({group for group, _ in series}, key=lambda name: (name != OVERALL, name))
    alike = [name for name in names if name != OVERALL and _said(name, series) == _said(OVERALL, series)]
    names = [name for name in names if name not in alike]
    groups = [_group(name, series, breaks, others) for name in names]
    main, *lanes = _lanes(series, names, service_id)
    chart = draw(main, lanes, [one.parting for one in breaks], until)
    return Timeline(chart, _in_words(main, lanes, breaks), breaks, groups, alike)


def _said(name: str, series: Series) -> dict[str, list[tuple[date, RatingWord]]]:
    """What was published of a service group, by domain."""
    return {
        domain: [(given_on(step.rating), step.rating.word) for step in steps]
        for (group, domain), steps in series.items()
        if group == name
    }


def given_on(rating: Rating) -> date:
    """The day a rating stands at: that of its publication, or of the edition that told it first."""
    return rating.published_on or rating.held_from


def _breaks(series: Series, registrations: Sequence[Registration], until: date) -> list[Break]:
    """The breaks of all series, those for one reason as one, and those between registrations, by date."""
    found: dict[Verdict, list[tuple[Parting, frozenset[str]]]] = {}
    for group, parting, reason in (*_partings(series), *_split(series)):
        places = found.setdefault(reason, [])
        merged = (
            (place, together, groups)
            for place, (known, groups) in enumerate(places)
            if (together := known.together(parting))
        )
        place, together, groups = next(merged, (len(places), parting, frozenset()))
        places[place : place + 1] = [(together, groups | {group})]
    told = [
        (parting, groups, reason.words, reason.reason, reason.source)
        for reason, places in found.items()
        for parting, groups in places
    ]
    for one in registrations:
        changed = _change_of(one, series, until)
        told.append((changed, frozenset(), "Another registration", one.words, ""))
    told.sort(key=lambda one: (one[0].before, one[0].after))
    return [
        Break(number, heading, reason, source, parting, groups)
        for number, (parting, groups, heading, reason, source) in enumerate(told, 1)
    ]


def _change_of(registration: Registration, series: Series, until: date) -> Parting:
    """Where the registration changed: on its day, or else between the last rating before it and the first after it."""
    if registration.changed_on is not None:
        return Parting(registration.changed_on, registration.changed_on)
    ratings = [step.rating for steps in series.values() for step in steps]
    theirs = {given_on(one) for one in ratings if one.service_id == registration.service_id or one.inherited}
    ours = {given_on(one) for one in ratings} - theirs
    earlier, later = (theirs, ours) if registration.is_before else (ours, theirs)
    after = max(earlier or later)
    return Parting(after, min((day for day in later if day > after), default=max(until, after)))


def _partings(series: Series) -> Iterator[tuple[str, Parting, Verdict]]:
    """The breaks within each series, with its service group and the days between which it lies."""
    for (group, _), steps in series.items():
        last: Step | None = None
        for step in steps:
            if last is not None and step.break_before is not None:
                parting = Parting(given_on(last.rating), given_on(step.rating))
                yield group, parting, step.break_before
            if step.rating.word.is_rating:
                last = step


def _split(series: Series) -> Iterator[tuple[str, Parting, Verdict]]:
    """The break where CQC rates the service groups and the whole no longer: what is one rating then is several now."""
    whole = series.get((OVERALL, OVERALL), ())
    rated = [step for step in whole if step.rating.word.is_rating]
    firsts = [
        step
        for (group, domain), steps in series.items()
        if group != OVERALL and domain == OVERALL
        for step in [next((one for one in steps if one.rating.word.is_rating), None)]
        if step is not None
    ]
    if not rated or not firsts or whole[-1].rating.word is not RatingWord.NOT_RATED:
        return
    last, first = rated[-1], min(firsts, key=lambda one: given_on(one.rating))
    # Where the groups were rated all along, nothing was split.
    if given_on(first.rating) > given_on(last.rating):
        codes = last.framework_code or CQC_2014, first.framework_code or CQC_SAF
        found = verdict((codes[0], "overall"), (codes[1], "service-group-overall"))
        yield OVERALL, Parting(given_on(last.rating), given_on(first.rating)), found


def _group(name: str, series: Series, breaks: Sequence[Break], others: Mapping[int, str]) -> GroupTimeline:
    domains = [domain for domain in DOMAINS if (name, domain) in series]
    rows: dict[tuple[date, int], dict[str, Step]] = {}
    for domain in domains:
        for step in series[name, domain]:
            rows.setdefault((given_on(step.rating), step.rating.service_id), {})[domain] = step
    told = [_told(on, steps, others.get(service_id, "")) for (on, service_id), steps in rows.items()]
    first = min(one.on for one in told)
    parted = [one for one in breaks if one.parts(name) and one.parting.before > first]
    entries: list[Told | Break] = sorted([*parted, *told], key=_place_in_time, reverse=True)
    return GroupTimeline(name, domains, entries)


def _place_in_time(entry: Told | Break) -> tuple[date, int]:
    # A break of the same day as a rating comes before it.
    return (entry.on, 1) if isinstance(entry, Told) else (entry.parting.before, 0)


def _told(on: date, steps: Mapping[str, Step], registration: str) -> Told:
    first = next(iter(steps.values()))
    ratings = {domain: step.rating for domain, step in steps.items()}
    return Told(on, first.rating.published_on is not None, first.framework, registration, ratings)


def _lanes(series: Series, names: Sequence[str], service_id: int) -> list[Lane]:
    """The whole service, then each service group overall, then the key questions of the whole."""
    wanted = [(OVERALL, OVERALL, "The service as a whole")]
    wanted += [(name, OVERALL, name) for name in names if name != OVERALL]
    wanted += [(OVERALL, question, question) for question in KEY_QUESTIONS]
    return [
        Lane(title, [_given(step.rating, service_id) for step in series.get((group, domain), ())])
        for group, domain, title in wanted
        if (group, domain) in series or group == domain
    ]


def _given(rating: Rating, service_id: int) -> Given:
    return Given(given_on(rating), rating.word, rating.service_id != service_id or bool(rating.inherited))


def _in_words(main: Lane, lanes: Sequence[Lane], breaks: Sequence[Break]) -> str:
    """What the chart shows, for those who do not see it; the table under it says the rest."""
    parts = [
        f"{lane.name}: " + ", then ".join(f"{one.word.words} on {in_words(one.on)}" for one in lane.given)
        for lane in (main, *lanes)
        if lane.given
    ]
    if breaks:
        parts.append("Breaks: " + "; ".join(f"{one.number}, {one.heading.lower()}" for one in breaks))
    return ". ".join(parts) + "."
