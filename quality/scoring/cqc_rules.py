"""CQC's published rules for reaching a rating: what would follow from them, and why.

The rules say "normally": inspectors may judge otherwise. So this gives what one would expect, to be set beside what CQC
published, and never takes its place.

Sources: for the overall rating, CQC's rating principles for adult social care (as of May 2022),
https://gl-cqc.axis12.com/guidance-providers/adult-social-care/how-we-aggregate-ratings-using-rating-principles-adult-social ;
for scores, https://cqc.org.uk/what-we-do/how-we-do-our-job/ratings and, for one of the limits,
https://thornbury-nursing.com/clients/blog/unravelling-cqc-scoring-system/ .
"""  # noqa: E501 -- Addresses cannot be wrapped.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

__all__ = [
    "BANDS",
    "GOOD",
    "INADEQUATE",
    "KEY_QUESTIONS",
    "OUTSTANDING",
    "REQUIRES_IMPROVEMENT",
    "SCALE",
    "Expected",
    "Scored",
    "expected_overall",
    "key_question_from_scores",
]

INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING = SCALE = (
    "Inadequate",
    "Requires improvement",
    "Good",
    "Outstanding",
)
KEY_QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
# The least share of the points, in whole per cent, that earns each word, in the single assessment framework.
BANDS: Mapping[str, int] = {INADEQUATE: 25, REQUIRES_IMPROVEMENT: 39, GOOD: 63, OUTSTANDING: 88}
_BEST_SCORE = 4
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Expected:
    """The overall rating that the principles normally give, or None where they give none; with the reasons."""

    word: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """What a key question's scores give.

    `exact` is the share of the points in per cent before rounding, shown to four places at most; `percentage` is it
    rounded half up to a whole number. `on_boundary` is True where it lies exactly half way between two bands, so that
    the rounding alone decides the word: CQC publishes no rule for that. All are None or False without scores.
    """

    exact: Decimal | None
    percentage: int | None
    word: str | None
    on_boundary: bool
    reasons: tuple[str, ...]


def expected_overall(key_questions: Mapping[str, str | None], breach: bool = False) -> Expected:
    """The overall rating one would expect from the ratings of the five key questions, each a word of SCALE.

    `breach` says that regulations were breached, which holds the overall rating at Requires improvement. A key question
    that is missing, or has none of the four words, leaves nothing to expect. The principles do not name one Inadequate
    by itself: it rules out Good, and Inadequate takes two, so Requires improvement is left.
    """
    missing = [name for name in KEY_QUESTIONS if key_questions.get(name) not in SCALE]
    if missing:
        return Expected(None, (f"No overall rating can be expected without a rating of {_listed(missing)}.",))
    word, reason = _aggregated([str(key_questions[name]) for name in KEY_QUESTIONS])
    if breach and SCALE.index(word) > SCALE.index(REQUIRES_IMPROVEMENT):
        held = f"A breach of regulations holds the overall rating at {REQUIRES_IMPROVEMENT}."
        return Expected(REQUIRES_IMPROVEMENT, (reason, held))
    return Expected(word, (reason,))


def _aggregated(words: Sequence[str]) -> tuple[str, str]:
    inadequate, improvement, outstanding = map(words.count, (INADEQUATE, REQUIRES_IMPROVEMENT, OUTSTANDING))
    if inadequate > 1:
        return INADEQUATE, f"{inadequate} key questions are Inadequate, and two are enough for Inadequate."
    if inadequate == 1:
        return REQUIRES_IMPROVEMENT, (
            "One key question is Inadequate: that rules out Good, and Inadequate overall takes two. "
            "The principles do not name this case."
        )
    if improvement > 1:
        return REQUIRES_IMPROVEMENT, f"{improvement} key questions require improvement, and Good allows one."
    if improvement == 1:
        return GOOD, "One key question requires improvement, which Good allows and Outstanding does not."
    if outstanding > 1:
        return OUTSTANDING, f"{outstanding} key questions are Outstanding and the others are Good."
    return GOOD, "Every key question is Good or better, and fewer than two are Outstanding."


def key_question_from_scores(scores: Sequence[int], bands: Mapping[str, int] = BANDS) -> Scored:
    """What a key question's quality statements give, each scored 1 to 4; nothing without scores.

    ValueError for a score outside 1 to 4. `bands` has the least percentage for each word of SCALE.
    """
    if any(not 1 <= score <= _BEST_SCORE for score in scores):
        raise ValueError("Quality statements are scored from 1 to 4.")
    if not scores:
        return Scored(None, None, None, False, ("No quality statement has a score.",))
    share = Fraction(100 * sum(scores), _BEST_SCORE * len(scores))
    percentage = int(_decimal(share).quantize(Decimal(1), ROUND_HALF_UP))
    word = _band(percentage, bands)
    reasons = [
        f"{sum(scores)} of {_BEST_SCORE * len(scores)} points are {_shown(share)}%"
        + (f", rounded half up to {percentage}%" if share.denominator > 1 else "")
        + f": {word}."
    ]
    on_boundary = share % 1 == _HALF and _band(percentage - 1, bands) != word
    if on_boundary:
        reasons.append(
            f"{_shown(share)}% lies half way between {_band(percentage - 1, bands)} and {word}. CQC publishes no rule "
            "for rounding it, so what CQC published counts."
        )
    limited, limit = _limited(word, scores)
    return Scored(_shown(share), percentage, limited, on_boundary, (*reasons, *limit))


def _limited(word: str, scores: Sequence[int]) -> tuple[str, tuple[str, ...]]:
    """The word after the limits on single low scores, with the reason where one bit."""
    if word == OUTSTANDING and min(scores) <= 2:
        return GOOD, (f"A quality statement with a score of {min(scores)} holds it at Good.",)
    if word == GOOD and min(scores) == 1:
        return REQUIRES_IMPROVEMENT, (
            "A quality statement with a score of 1 holds it at Requires improvement.",
        )
    return word, ()


def _band(percentage: int, bands: Mapping[str, int]) -> str:
    """The best word whose band the percentage reaches; the worst word below them all."""
    return next((word for word in reversed(SCALE) if percentage >= bands[word]), INADEQUATE)


def _decimal(share: Fraction) -> Decimal:
    """Exact wherever it matters: a half and a whole number of per cent have few places."""
    return Decimal(share.numerator) / Decimal(share.denominator)


def _shown(share: Fraction) -> Decimal:
    """At most four places, without zeros at the end and never as a power of ten."""
    return Decimal(f"{_decimal(share).quantize(Decimal('0.0001'), ROUND_HALF_UP):f}".rstrip("0").rstrip("."))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
