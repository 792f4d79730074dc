"""What a report says of CQC's ratings. Nothing here shares a field with the council's own judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


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
class PinnedRatings:
    """CQC's ratings as they stood on a date, and the editions that gave them first.

    `newer` are those that CQC has published later than what stood, as far as was known when the report was drawn up.
    """

    as_at: date
    editions: tuple[Edition, ...]
    ratings: tuple[Rating, ...]
    newer: tuple[Rating, ...]


def with_what_came_later(data: Any) -> Any:
    """The data of a snapshot of schema version 1 as version 2 has it: what it did not say yet is left empty.

    Anything else is given back as it is, to be judged by whoever rebuilds it.
    """
    match data:
        case {"schema_version": 1, "cqc": {"editions": [*editions], **cqc}}:
            told = [{"kind": "", "as_at": None, **one} if isinstance(one, dict) else one for one in editions]
            return {**data, "schema_version": 2, "cqc": {"newer": [], **cqc, "editions": told}}
    return data
