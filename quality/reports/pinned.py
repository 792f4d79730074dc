"""What a report says of CQC's ratings, now and through time. Nothing here shares a field with a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """One rating CQC has published. `not_rated_reason` says why there is none, and `rating` what CQC wrote."""

    service_group: str
    domain: str
    rating: str
    published_on: date | None
    inherited: bool
    not_rated_reason: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One of CQC's files, or one sync with CQC, as it was loaded: what it is, and the day it speaks of.

    Reports of schema version 1 say neither: `kind` is empty there, and `as_at` None.
    """

    file: str
    kind: str
    as_at: date | None
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RatedThen:
    """One rating of the past. Without a date of publication (`dated` false) it stands at the day of CQC's file.

    `registration` names the registration it was given under where that is not the service's own, and `framework` CQC's
    way of rating. `former` ratings are drawn apart: given to another registration, or inherited from one.
    """

    service_group: str
    domain: str
    rating: str
    on: date
    dated: bool
    framework: str
    registration: str
    former: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """Where ratings before and after must not simply be compared, between two days, and why.

    `groups` are the service groups it parts, none meaning all; `source` says whose rule it is.
    """

    number: int
    heading: str
    reason: str
    source: str
    after: date
    before: date
    groups: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OverTime:
    """CQC's ratings up to the day they were pinned, oldest first in each group and domain, and the breaks in them.

    `words` say what the chart of them shows, for those who do not see it. `alike` are the service groups that were
    always given the same as the whole, which are not told twice.
    """

    words: str
    ratings: tuple[RatedThen, ...]
    breaks: tuple[Break, ...]
    alike: tuple[str, ...]


NOTHING_OVER_TIME = OverTime(words="", ratings=(), breaks=(), alike=())
"""Where nothing was ever published, or the report was drawn up before reports told of the past."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PinnedRatings:
    """CQC's ratings as they stood on a date, and the editions that gave them first.

    `newer` are those that CQC has published later than what stood, as far as was known when the report was drawn up.
    """

    as_at: date
    editions: tuple[Edition, ...]
    ratings: tuple[Rating, ...]
    newer: tuple[Rating, ...]
    over_time: OverTime
