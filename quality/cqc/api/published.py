"""The ratings of a reply: those that count, those that were, and the assessments of the single assessment framework."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quality.core.clock import today
from quality.cqc.api.fields import MOST_OF_AN_ID, Fields
from quality.cqc.api.levels import OVERALL, with_whole_location
from quality.cqc.cells import text_or_none
from quality.cqc.dates import EARLIEST
from quality.cqc.errors import BadValue
from quality.cqc.rows import PublishedRating
from quality.cqc.words import RatingWord, domain, rating_word

RATINGS_OF_2014 = "cqc-2014"
SINGLE_ASSESSMENT = "cqc-saf-2023"
_MOST_OF_A_GROUP = 120
# CQC began to use the single assessment framework on this day; a rating published later may come from either.
_SINGLE_ASSESSMENT_BEGINS = date(2023, 11, 21)
# What CQC calls the six population groups of general practices; the others are told by each reply itself.
_GROUPS = {
    "old": "Older people",
    "conditions": "People with long term conditions",
    "mothers": "Families, children and young people",
    "population": "Working age people (including those recently retired and students)",
    "vulnerable": "People whose circumstances may make them vulnerable",
    "problems": "People experiencing poor mental health (including people with dementia)",
}


@dataclass(frozen=True)
class _Told:
    """What the ratings of one part of a reply have in common."""

    groups: dict[str, str]
    reports: dict[str, str]
    is_past: bool
    published_on: date | None = None
    inherited_from: str | None = None


def ratings_of(reply: Fields) -> tuple[PublishedRating, ...]:
    """Every rating a reply tells, each once; what it tells both as history and as current is current."""
    told = (*_of_2014(reply), *_of_assessments(reply))
    found = dict.fromkeys(with_whole_location(reply, told, SINGLE_ASSESSMENT))
    current = {_identity(one) for one in found if not one.is_past}
    return tuple(one for one in found if not one.is_past or _identity(one) not in current)


def _identity(rating: PublishedRating) -> tuple[object, ...]:
    return rating.service_group, rating.domain, rating.word, rating.published_on


def _of_2014(reply: Fields) -> Iterator[PublishedRating]:
    areas = {
        area.text("inspectionAreaId"): area.text("inspectionAreaName", _MOST_OF_A_GROUP)
        for area in reply.each("inspectionAreas")
    }
    groups = _GROUPS | {code: name for code, name in areas.items() if code and name}
    types = {one.text("linkId"): one.text("reportType", 40) for one in reply.each("reports")}
    reports = {link: kind for link, kind in types.items() if link and kind}
    current = reply.inner("currentRatings")
    if current is not None:
        yield from _block(current, _Told(groups, reports, is_past=False))
    for past in reply.each("historicRatings"):
        told = _Told(
            groups, reports, True, _published(past, "reportDate"), past.text("organisationId", MOST_OF_AN_ID)
        )
        yield from _block(past, told)


def _block(block: Fields, told: _Told) -> Iterator[PublishedRating]:
    overall = block.inner("overall")
    if overall is not None:
        yield from _group(overall, OVERALL, told)
    for service in block.each("serviceRatings"):
        name = service.required("name", _MOST_OF_A_GROUP)
        yield from _group(service, told.groups.get(name, name), told)


def _group(group: Fields, name: str, told: _Told) -> Iterator[PublishedRating]:
    questions = list(group.each("keyQuestionRatings"))
    if group.text("rating") is not None:
        yield _rating(group, name, OVERALL, told, inherited_from=_first_owner(group, questions))
    published_on = _published(group, "reportDate") or told.published_on
    for question in questions:
        if question.text("rating") is not None:
            asked = question.read("name", domain)
            owner = _owner(question, group)
            yield _rating(question, name, asked, told, published_on=published_on, inherited_from=owner)


def _first_owner(group: Fields, questions: Iterable[Fields]) -> str | None:
    """Whose the rating of a whole group was first: CQC may say it only at the key questions of the same report."""
    report = group.text("reportLinkId")
    of_same_report = (one for one in questions if report and one.text("reportLinkId") == report)
    owners = (one.text("organisationId", MOST_OF_AN_ID) for one in (group, *of_same_report))
    return next((owner for owner in owners if owner), None)


def _owner(question: Fields, group: Fields) -> str | None:
    """Whose a key question's rating was first; one without a report of its own goes with its group."""
    if question.text("reportLinkId") is None:
        return question.text("organisationId", MOST_OF_AN_ID) or group.text("organisationId", MOST_OF_AN_ID)
    return question.text("organisationId", MOST_OF_AN_ID)


def _rating(
    element: Fields,
    group: str,
    asked: str,
    told: _Told,
    *,
    inherited_from: str | None,
    published_on: date | None = None,
) -> PublishedRating:
    word = element.read("rating", rating_word)
    day = _published(element, "reportDate") or published_on or told.published_on
    if word is RatingWord.NO_PUBLISHED_RATING:
        day = _published(element, "reportDate")  # What was never published has no day of its own.
    owner = inherited_from or told.inherited_from
    return PublishedRating(
        service_group=group,
        domain=asked,
        word=word,
        published_text=element.required("rating", 60),
        published_on=day,
        report_type=told.reports.get(element.text("reportLinkId") or ""),
        inherited=owner is not None,
        inherited_from=owner,
        is_past=told.is_past,
        framework_code=RATINGS_OF_2014 if day and day < _SINGLE_ASSESSMENT_BEGINS else None,
        percentage=None,
        statements=(),
    )


@dataclass(frozen=True)
class _Assessment:
    """The outcome of one assessment for one group of services."""

    outcome: Fields
    group: str
    published_on: date | None
    is_current: bool


def _of_assessments(reply: Fields) -> Iterator[PublishedRating]:
    found = sorted(_assessments(reply), key=lambda one: one.published_on or date.min, reverse=True)
    current: set[str] = set()
    for one in found:
        # Of two that CQC calls current for the same services, the newer one counts.
        is_past = not one.is_current or one.group in current
        if not is_past:
            current.add(one.group)
        yield from _of_assessment(one, is_past=is_past)


def _assessments(reply: Fields) -> Iterator[_Assessment]:
    for plan in reply.each("assessment"):
        published_on = _published(plan, "assessmentPlanPublishedDateTime")
        outcomes = plan.inner("ratings")
        if outcomes is None:
            continue
        for name in ("overall", "asgRatings"):
            for outcome in outcomes.each(name):
                group = OVERALL if name == "overall" else outcome.required("name", _MOST_OF_A_GROUP)
                is_current = (outcome.text("status") or "Current").casefold() == "current"
                yield _Assessment(outcome, group, published_on, is_current)


def _of_assessment(one: _Assessment, *, is_past: bool) -> Iterator[PublishedRating]:
    if one.outcome.text("rating") is not None:
        yield _assessed(one, one.outcome, OVERALL, is_past)
    for question in one.outcome.each("keyQuestionRatings"):
        if question.text("rating") is not None:
            yield _assessed(one, question, question.read("name", domain), is_past)


def _assessed(one: _Assessment, element: Fields, asked: str, is_past: bool) -> PublishedRating:
    word = element.read("rating", rating_word)
    return PublishedRating(
        service_group=one.group,
        domain=asked,
        word=word,
        published_text=element.required("rating", 60),
        published_on=one.published_on,
        report_type=None,
        inherited=False,
        inherited_from=None,
        is_past=is_past,
        framework_code=SINGLE_ASSESSMENT,
        # A dental practice is not scored, and has 0 % here.
        percentage=_scored(element) if word.is_rating else None,
        statements=tuple(_statements(element)),
    )


def _scored(element: Fields) -> Decimal | None:
    found = element.read("percentageScore", _percentage)
    # CQC's own description of the reply spells the field in this way.
    return element.read("percengtageScore", _percentage) if found is None else found


def _statements(question: Fields) -> Iterator[tuple[str, int]]:
    for topic in question.each("topicareas"):
        score = topic.read("qualityStatementscore", _score)
        if score is not None:
            yield topic.required("name"), score


def _percentage(text: str) -> Decimal | None:
    stripped = text_or_none(text.removesuffix("%"))
    if stripped is None:
        return None
    number = Decimal(stripped) if stripped.replace(".", "", 1).isdecimal() else None
    if number is None or number > 100:
        raise BadValue("which is not a percentage")
    return number


def _score(text: str) -> int | None:
    """The score of a quality statement: `3 - Evidence shows a good …` is 3, `Regulations met` is none."""
    stripped = text_or_none(text)
    if stripped is None:
        return None
    first = stripped.split(" ", maxsplit=1)[0].rstrip("-:.")
    if first in {"1", "2", "3", "4"}:
        return int(first)
    try:
        rating_word(stripped)
    except BadValue:
        raise BadValue("which is neither a score of 1 to 4 nor a rating we know") from None
    return None


def _published(element: Fields, name: str) -> date | None:
    return element.day(name, earliest=EARLIEST, latest=today())
