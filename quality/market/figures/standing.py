"""How every service stood on one day: the state that all figures of that day are counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from quality.market.figures.columns import NO_RATING, Columns, Given, Numbers, day_number

__all__ = ["Standing", "standing_on"]


@dataclass(frozen=True)
class Standing:
    """The services registered on a day, by place, each with what was known of it then.

    `registered` and all others have one entry for each service there is, in the order of `Columns.service_ids`. `row`
    is the service's row of facts (-1 where nothing held). `word` is the rating of the whole, 0 without one; `worst` the
    worst of those of its service groups; `published`, `inherited` and `framework` are of the whole's, `oldest` of the
    groups'.
    """

    day: date
    number: int
    registered: Numbers
    row: Numbers
    authority: Numbers
    dormant: Numbers
    second: Numbers
    word: Numbers
    published: Numbers
    inherited: Numbers
    framework: Numbers
    worst: Numbers
    oldest: Numbers


def standing_on(columns: Columns, day: date) -> Standing:
    """How every service of the columns stood on a day, by what the editions up to it told."""
    number, facts, size = day_number(day), columns.facts, columns.size
    held = np.flatnonzero((facts.held_from <= number) & (facts.held_to > number))
    row = np.full(size, -1, dtype=np.int32)
    row[facts.service[held]] = held
    known = row >= 0
    registered = known & (facts.ended[row] > number) if size else known
    dormant = registered & (facts.dormant[row] == 1) if size else known
    whole, worst, published, oldest, inherited, framework = _ratings(columns.given, number, size)
    return Standing(
        day=day,
        number=number,
        registered=registered,
        row=row,
        authority=facts.authority[row] if size else row,
        dormant=dormant,
        second=registered & _is_second(columns, row, registered & ~dormant) if size else known,
        word=whole,
        published=published,
        inherited=inherited,
        framework=framework,
        worst=worst,
        oldest=oldest,
    )


def _is_second(columns: Columns, row: Numbers, active: Numbers) -> Numbers:
    """Where another registration of the same place counts, and is registered itself and not dormant."""
    primary = columns.facts.primary[row]
    second: Numbers = (primary >= 0) & active[primary]
    return second


def _ratings(given: Given, number: int, size: int) -> tuple[Numbers, ...]:
    held = (given.held_from <= number) & (given.held_to > number)
    whole = np.flatnonzero(held & (given.group == 0))
    word, published, inherited, framework, worst = (np.zeros(size, dtype=np.int32) for _ in range(5))
    oldest = np.full(size, np.iinfo(np.int32).max, dtype=np.int32)
    word[given.service[whole]] = given.word[whole]
    published[given.service[whole]] = given.published[whole]
    inherited[given.service[whole]] = given.inherited[whole]
    framework[given.service[whole]] = given.framework[whole]
    parts = np.flatnonzero(held & (given.group > 0) & (given.word != NO_RATING))
    np.maximum.at(worst, given.service[parts], given.word[parts])
    np.minimum.at(oldest, given.service[parts], given.published[parts])
    return word, worst, published, oldest, inherited, framework
