"""The council's own work as charts: how long services stay Requires improvement, and its judgements beside CQC's."""

from __future__ import annotations

from collections import Counter
from datetime import date

from quality.charts.agreement import AgreementMatrix
from quality.charts.survival import Curve, Steps
from quality.core.pages import day
from quality.cqc import RatingWord
from quality.market.council.beside_cqc import Beside
from quality.market.council.how_long import HowLong, Stays
from quality.market.drawing.shares import SOURCE
from quality.ratings.standing import RATINGS

__all__ = ["agreement_of", "stays_of"]


def stays_of(found: HowLong) -> Steps:
    """How long stays last in the council's area, and in England."""
    return Steps(
        title="How long services stay Requires improvement",
        source=SOURCE,
        as_at=_as_at(found.as_at),
        curves=tuple(_curve(one) for one in (found.own, found.england) if one.lasting),
        state=RatingWord.REQUIRES_IMPROVEMENT.words,
    )


def agreement_of(found: Beside) -> AgreementMatrix:
    """The council's newest judgement of each service against CQC's overall rating as it stands."""
    sides = [one.overall for one in found.services if one.overall.now.word in RATINGS]
    ranked = {(side.level.rank, side.level.words) for side in sides if side.level.rank is not None}
    rows = tuple(words for _, words in sorted(ranked))
    pairs = Counter((side.level.words, side.now.word) for side in sides)
    good = {side.level.words: side.level.is_good for side in sides}
    agreed = frozenset(
        (row, column)
        for row, words in enumerate(rows)
        for column, word in enumerate(RATINGS)
        if good[words] is not None and good[words] == (word in (RatingWord.OUTSTANDING, RatingWord.GOOD))
    )
    return AgreementMatrix(
        title="Our judgement against CQC’s rating",
        source=f"The council’s issued audits; {SOURCE}",
        as_at=_as_at(found.as_at),
        rows_are="Our judgement",
        columns_are="CQC’s rating",
        rows=rows,
        columns=tuple(word.words for word in RATINGS),
        counts=tuple(tuple(pairs[words, word] for word in RATINGS) for words in rows),
        agreed=agreed,
    )


def _curve(stays: Stays) -> Curve:
    lasting = stays.lasting
    steps = lasting.steps if lasting else ()
    return Curve(
        name=stays.area,
        n=stays.n,
        steps=tuple(
            (
                step.day,
                step.still.share,
                step.still.interval.low if step.still.interval else None,
                step.still.interval.high if step.still.interval else None,
            )
            for step in steps
        ),
        median=lasting.median if lasting else None,
        watched=lasting.watched if lasting else 0,
    )


def _as_at(on: date) -> str:
    return f"As at {day(on)}"
