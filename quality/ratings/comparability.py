"""What may be compared with what, and where a line of ratings through time has to break."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import aliased

from quality.core.database import db
from quality.ratings.framework_models import Comparability, ComparabilityStatus, RatingElement
from quality.ratings.frameworks.definition import Code, Revision, frameworks
from quality.ratings.models import OVERALL, Rating

CQC_2014, CQC_SAF = "cqc-2014", "cqc-saf-2023"
# From the first day CQC used the single assessment framework in the south, from the second everywhere.
SAF_BEGINS, SAF_EVERYWHERE = date(2023, 11, 21), date(2024, 4, 1)
_SEVERITY = list(ComparabilityStatus)


class Published(Protocol):
    """A rating of CQC's, stored or only read: what tells the framework it was given under."""

    @property
    def framework_code(self) -> str | None:
        """The framework, where the source says it."""

    @property
    def published_on(self) -> date | None:
        """The day of publication."""


class Told(Published, Protocol):
    """A rating of CQC's, and which element it speaks of."""

    @property
    def service_group(self) -> str:
        """The service group, or Overall."""

    @property
    def domain(self) -> str:
        """The domain, or Overall."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two ratings may be compared, with the reason and its source in words a reader understands."""

    status: ComparabilityStatus
    reason: str = ""
    source: str = ""

    @property
    def is_comparable(self) -> bool:
        """True when nothing has to be said before the two are compared."""
        return self.status is ComparabilityStatus.COMPARABLE

    @property
    def words(self) -> str:
        """The status as a heading: "Not comparable", "Compare with caution"."""
        return _HEADINGS[self.status]


@dataclass(frozen=True, slots=True)
class Step:
    """One rating in a series: the framework it was given under, and the break before it, if there is one."""

    rating: Rating
    framework_code: str | None
    framework: str
    break_before: Verdict | None


_HEADINGS = {
    ComparabilityStatus.COMPARABLE: "Comparable",
    ComparabilityStatus.WITH_CAUTION: "Compare with caution",
    ComparabilityStatus.NOT_COMPARABLE: "Not comparable",
}
_SAME = Verdict(ComparabilityStatus.COMPARABLE)
_UNKNOWN = Verdict(
    ComparabilityStatus.NOT_COMPARABLE, "Nobody has said that these two can be compared, so they are not."
)
_UNDATED = Verdict(
    ComparabilityStatus.NOT_COMPARABLE,
    "One of the two has no date of publication, so nobody can say which framework it was given under.",
)
COUNCIL_JUDGEMENT = Verdict(
    ComparabilityStatus.NOT_COMPARABLE,
    "CQC's rating and the council's judgement have different purposes, scales and samples. They are shown beside each "
    "other with their dates and never counted together.",
    "docs/ratings.md",
)
"""What holds between any rating of CQC's and any judgement of the council's."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Everything that is stored about pairs of elements."""

    verdicts: Mapping[tuple[Code, Code], Verdict]

    def between(self, earlier: Code, later: Code) -> Verdict:
        """As `verdict` says."""
        return _SAME if earlier == later else self.verdicts.get((earlier, later), _UNKNOWN)

    def is_told(self, one: Code, other: Code) -> bool:
        """True when something is written about the two, in either order."""
        return (one, other) in self.verdicts or (other, one) in self.verdicts


def verdict(earlier: RatingElement | Code, later: RatingElement | Code) -> Verdict:
    """Whether a rating of the later element may be compared with one of the earlier; not, where nothing is written.

    An element is a row, or the codes of its framework and itself: ("cqc-2014", "safe").
    """
    return known_pairs().between(_code(earlier), _code(later))


def framework_of(rating: Rating | Published) -> tuple[str | None, str]:
    """The code of the framework a rating of CQC's was given under, and its name in words.

    It is the rating's own where the source said it, else it follows from the day of publication. Between 21 November
    2023 and 31 March 2024 CQC used two: then there is no code, and the words say so.
    """
    candidates = _candidates(rating)
    if len(candidates) == 1:
        return candidates[0], _name(candidates[0])
    if not candidates:
        return None, "Not known: it has no date of publication"
    return None, (
        f"Either {_name(CQC_2014)} or {_name(CQC_SAF)}: CQC used both when this was published, "
        "and does not say which"
    )


def framework_on(day: date) -> str:
    """The code of the newest framework by which CQC rated adult social care on a day."""
    return CQC_SAF if day >= SAF_BEGINS else CQC_2014


def eras() -> tuple[date, ...]:
    """The days from which a rating published is given in another way than one published before, oldest first.

    Two ratings of one element that were published between the same two of these days are given in the same way.
    """
    revisions = (one.on for code in (CQC_2014, CQC_SAF) for one in frameworks()[code].revisions)
    return tuple(sorted({*revisions, SAF_BEGINS, SAF_EVERYWHERE}))


def break_between(earlier: Told, later: Told, pairs: Pairs) -> Verdict | None:
    """What has to be said before two ratings are compared, in the order of publication; the worst that can be."""
    return _between(earlier, later, lambda: pairs)


def element_of(service_group: str, domain: str) -> str:
    """The code of the element a rating of CQC's speaks of; the overall of one service group is not the whole's."""
    if domain == OVERALL and service_group != OVERALL:
        return "service-group-overall"
    return domain.lower()


def series_with_breaks(ratings: Iterable[Rating]) -> list[Step]:
    """The ratings of one service group and one domain in the order of publication, with the breaks between them.

    The same word published on the same day is one step, however many editions told it: the newest row stands. Only
    ratings are compared: what says why there is none ("Not rated") has no break, and the next rating is compared with
    the last one before it.
    """
    return _series(ratings, cache(known_pairs))


def all_series(ratings: Iterable[Rating]) -> dict[tuple[str, str], list[Step]]:
    """Every series of a service, by service group and domain, with at most one query for all of them."""
    told: dict[tuple[str, str], list[Rating]] = {}
    for rating in ratings:
        told.setdefault((rating.service_group, rating.domain), []).append(rating)
    known = cache(known_pairs)
    return {key: _series(some, known) for key, some in told.items()}


def _series(ratings: Iterable[Rating], known: Callable[[], Pairs]) -> list[Step]:
    steps: list[Step] = []
    last: Rating | None = None
    for rating in _once_each(ratings):
        found = None
        if last is not None and rating.word.is_rating:
            found = _between(last, rating, known)
        if rating.word.is_rating:
            last = rating
        steps.append(Step(rating, *framework_of(rating), found))
    return steps


def _once_each(ratings: Iterable[Rating]) -> list[Rating]:
    """In the order of publication, and for those without a date of being told; what was told twice once."""
    inwards = sorted(ratings, key=lambda one: (one.published_on or one.held_from, one.held_from, one.id or 0))
    once: dict[object, Rating] = {}
    for rating in inwards:
        key = (rating.published_on, rating.word) if rating.published_on else id(rating)
        once[key] = rating
    return list(once.values())


def _between(earlier: Told, later: Told, known: Callable[[], Pairs]) -> Verdict | None:
    """The break between two ratings, or None: the worst that can be, where it is not certain."""
    before, after = _candidates(earlier), _candidates(later)
    if not before or not after:
        return _UNDATED
    ways = list(product(before, after))
    certain = len(ways) == 1
    if not certain:
        ways = [way for way in ways if way != (CQC_SAF, CQC_2014)]
    found = [_one_way(earlier, later, way, known) for way in ways]
    worst = max(found, key=lambda each: _SEVERITY.index(each.status))
    if worst.is_comparable:
        return None
    if certain or all(each == worst for each in found):
        return worst
    return Verdict(
        worst.status,
        "CQC used two frameworks when one of these was published, and does not say which. If they differ: "
        + worst.reason,
        worst.source,
    )


def _one_way(earlier: Told, later: Told, way: tuple[str, str], known: Callable[[], Pairs]) -> Verdict:
    before = element_of(earlier.service_group, earlier.domain)
    codes = (way[0], before), (way[1], element_of(later.service_group, later.domain))
    if codes[0] != codes[1]:
        return known().between(*codes)
    revision = _revision_between(way[0], earlier, later)
    if revision is None:
        return _SAME
    return Verdict(ComparabilityStatus.WITH_CAUTION, revision.reason, revision.source)


def _revision_between(framework: str, earlier: Told, later: Told) -> Revision | None:
    definition = frameworks().get(framework)
    if definition is None or earlier.published_on is None or later.published_on is None:
        return None
    between = [
        revision
        for revision in definition.revisions
        if earlier.published_on < revision.on <= later.published_on
    ]
    return between[-1] if between else None


def _candidates(rating: Published) -> tuple[str, ...]:
    """The frameworks a rating can have been given under."""
    if rating.framework_code:
        return (rating.framework_code,)
    if rating.published_on is None:
        return ()
    if rating.published_on < SAF_BEGINS:
        return (CQC_2014,)
    return (CQC_SAF,) if rating.published_on >= SAF_EVERYWHERE else (CQC_2014, CQC_SAF)


def _name(code: str) -> str:
    definition = frameworks().get(code)
    return definition.name if definition else code


def _code(element: RatingElement | Code) -> Code:
    return (element.framework_code, element.code) if isinstance(element, RatingElement) else element


def known_pairs() -> Pairs:
    """All that is stored about pairs: some sixty rows, in one query. For whoever asks about many."""
    rows = db.session.execute(_ALL_PAIRS)
    return Pairs(
        {((a, b), (c, d)): Verdict(status, reason, source) for a, b, c, d, status, reason, source in rows}
    )


# Written once: with aliases made anew for every call, SQLAlchemy would translate the statement anew, which takes longer
# than to run it.
_EARLIER, _LATER = aliased(RatingElement), aliased(RatingElement)
_ALL_PAIRS = (
    select(
        _EARLIER.framework_code,
        _EARLIER.code,
        _LATER.framework_code,
        _LATER.code,
        Comparability.status,
        Comparability.reason,
        Comparability.source,
    )
    .join(_EARLIER, Comparability.earlier_id == _EARLIER.id)
    .join(_LATER, Comparability.later_id == _LATER.id)
)
