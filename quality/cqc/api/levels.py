"""The ratings of a location as a whole, where the API gives only those of its services.

Since CQC assesses each group of services by itself, a reply may hold no `currentRatings`. CQC's own Latest ratings
then say one of two things. Where the location has one group of services, its ratings stand for the whole, with the
same days: so for all 80 such places in Lincolnshire's file of mid 2026. Where it has several, the whole is `Not Rated`.
We say the same, so that a file and a sync of the same day tell one story.
"""

from __future__ import annotations

from datetime import date

from quality.cqc.api.fields import Fields
from quality.cqc.rows import PublishedRating
from quality.cqc.words import DOMAINS, RatingWord

OVERALL = "Overall"


def with_whole_location(
    reply: Fields, ratings: tuple[PublishedRating, ...], assessed_under: str
) -> tuple[PublishedRating, ...]:
    """The ratings, with those of the location as a whole where only its services' assessments tell them."""
    assessed = [one for one in ratings if not one.is_past and one.framework_code == assessed_under]
    groups = {one.service_group for one in assessed}
    if not groups or OVERALL in groups:
        return ratings
    if len(groups | _groups_of(reply)) > 1:
        is_told = any(not one.is_past and one.service_group == OVERALL for one in ratings)
        is_rated = any(one.word.is_rating for one in assessed)
        return ratings if is_told or not is_rated else ratings + _not_rated()
    newest = max((one.published_on or date.min for one in assessed), default=date.min)
    kept = tuple(_now_past(one, newest) for one in ratings)
    told = {one.domain for one in kept if not one.is_past and one.service_group == OVERALL}
    whole = (one for one in assessed if one.domain not in told)
    return kept + tuple(one._replace(service_group=OVERALL, percentage=None, statements=()) for one in whole)


def _groups_of(reply: Fields) -> set[str]:
    """The groups of services that CQC would assess here."""
    groups: set[str] = set()
    for group in reply.each("assessmentServiceGroup"):
        name = group.text("assessmentServiceName")
        if name and (group.text("status") or "Active").casefold() == "active":
            groups.add(name)
    return groups


def _now_past(one: PublishedRating, newest: date) -> PublishedRating:
    """A rating of the whole that is older than the assessment is history, even where CQC still gives it as current."""
    is_older = one.published_on is None or one.published_on < newest
    return one._replace(is_past=True) if one.service_group == OVERALL and is_older else one


def _not_rated() -> tuple[PublishedRating, ...]:
    return tuple(
        PublishedRating(
            service_group=OVERALL,
            domain=domain,
            word=RatingWord.NOT_RATED,
            published_text="Not Rated",
            published_on=None,
            report_type=None,
            inherited=False,
            inherited_from=None,
            is_past=False,
            framework_code=None,
            percentage=None,
            statements=(),
        )
        for domain in DOMAINS
    )
