"""What CQC published beside what its own rules would give: differences are flagged in sentences, never corrected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from quality.cqc import RatingWord
from quality.ratings.expected import check
from quality.ratings.models import KEY_QUESTIONS, Rating

WORDS = {
    "O": RatingWord.OUTSTANDING,
    "G": RatingWord.GOOD,
    "R": RatingWord.REQUIRES_IMPROVEMENT,
    "I": RatingWord.INADEQUATE,
    "-": RatingWord.INSUFFICIENT_EVIDENCE,
    "N": RatingWord.NOT_RATED,
}


def a_rating(domain: str, letter: str, group: str = "Overall", **facts: Any) -> Rating:
    """A rating that is not stored."""
    return Rating(
        service_group=group, domain=domain, word=WORDS[letter], published_on=date(2025, 3, 1), **facts
    )


def a_service(overall: str, letters: str, group: str = "Overall") -> list[Rating]:
    """The overall rating and the five key questions, by their letters."""
    questions = zip(KEY_QUESTIONS, letters, strict=True)
    return [
        a_rating("Overall", overall, group),
        *(a_rating(name, letter, group) for name, letter in questions),
    ]


def scored(letter: str, scores: list[int], percentage: str | None = None) -> Rating:
    """Safe, with the scores of its quality statements."""
    statements = [[f"Statement {number}", score] for number, score in enumerate(scores, 1)]
    return a_rating(
        "Safe",
        letter,
        framework_code="cqc-saf-2023",
        statements=statements,
        percentage=Decimal(percentage) if percentage else None,
    )


@pytest.mark.parametrize(("overall", "letters"), [("G", "GGGGR"), ("O", "OOGGG"), ("I", "IIGGG")])
def test_what_follows_from_the_principles_is_not_flagged(overall: str, letters: str) -> None:
    assert check(a_service(overall, letters)) == []


def test_what_does_not_follow_is_flagged_with_the_reason_and_what_was_published_stands() -> None:
    ratings = a_service("O", "GGGGR")
    assert check(ratings) == [
        "CQC rated the service Outstanding overall; its principles would normally give Good. One key question "
        "requires improvement, which Good allows and Outstanding does not. Inspectors may judge otherwise, and what "
        "CQC published stands."
    ]
    assert ratings[0].word is RatingWord.OUTSTANDING


def test_what_a_breach_would_explain_is_said() -> None:
    (flag,) = check(a_service("R", "GGGGG"))
    assert "A breach of regulations would give that, too" in flag


@pytest.mark.parametrize(("overall", "letters"), [("G", "GGGG-"), ("N", "RRRRR")])
def test_without_all_key_questions_or_an_overall_rating_nothing_is_expected(
    overall: str, letters: str
) -> None:
    assert check(a_service(overall, letters)) == []


def test_an_overall_rating_without_its_key_questions_is_not_flagged() -> None:
    assert check([a_rating("Overall", "I")]) == []


def test_each_service_group_is_checked_by_itself_and_named() -> None:
    homes, homecare = a_service("G", "GGGGG", "Care Homes"), a_service("G", "RRGGG", "Homecare")
    (flag,) = check([*a_service("N", "-----"), *homes, *homecare])
    assert flag.startswith(
        "CQC rated Homecare Good overall; its principles would normally give Requires improve"
    )


def test_scores_that_give_what_was_published_are_not_flagged() -> None:
    assert check([scored("G", [3, 3, 3, 3, 2, 2, 2, 3], "66.00")]) == []


def test_scores_that_give_another_word_or_percentage_are_flagged() -> None:
    word, percentage = check([scored("G", [2, 2, 2, 2, 2, 2, 2, 2], "60.00")])
    assert word.startswith(
        "Safe: CQC published Good; its scores would give Requires improvement. 16 of 32 points"
    )
    assert percentage == "Safe: CQC published 60%; its scores add up to 50%."


@pytest.mark.parametrize(("letter", "percentage"), [("G", "63"), ("R", "62")])
def test_half_way_between_two_bands_is_said_whichever_way_cqc_went(letter: str, percentage: str) -> None:
    (flag,) = check([scored(letter, [3, 3, 3, 3, 2, 2, 2, 2], percentage)])
    assert "62.5% lies half way between Requires improvement and Good" in flag


def test_scores_of_what_was_not_rated_say_nothing() -> None:
    assert check([scored("-", [2, 2, 2])]) == []
