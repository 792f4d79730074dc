"""CQC's own rules: what overall rating its principles normally give, and what word scores give."""

from __future__ import annotations

import csv
import json
import tarfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.scoring.cqc_rules import (
    BANDS,
    GOOD,
    INADEQUATE,
    KEY_QUESTIONS,
    OUTSTANDING,
    REQUIRES_IMPROVEMENT,
    SCALE,
    expected_overall,
    key_question_from_scores,
)

LETTERS = {"O": OUTSTANDING, "G": GOOD, "R": REQUIRES_IMPROVEMENT, "I": INADEQUATE}
five_words = st.lists(st.sampled_from(SCALE), min_size=5, max_size=5)
some_scores = st.lists(st.integers(1, 4), min_size=1, max_size=9)


def questions(letters: str) -> dict[str, str]:
    """The five key questions, in CQC's order, rated by their letters."""
    return dict(zip(KEY_QUESTIONS, (LETTERS[letter] for letter in letters), strict=True))


def rank(word: str | None) -> int:
    """How good a word is; the worst is 0."""
    return SCALE.index(str(word))


@pytest.mark.parametrize(
    ("letters", "word"),
    [
        ("OOGGG", OUTSTANDING),
        ("OOOOO", OUTSTANDING),
        ("OGGGG", GOOD),
        ("GGGGG", GOOD),
        ("GGGGR", GOOD),
        ("OOOOR", GOOD),
        ("GGGRR", REQUIRES_IMPROVEMENT),
        ("RRRRR", REQUIRES_IMPROVEMENT),
        ("GGGGI", REQUIRES_IMPROVEMENT),
        ("OOOOI", REQUIRES_IMPROVEMENT),
        ("RRRRI", REQUIRES_IMPROVEMENT),
        ("IIGGG", INADEQUATE),
        ("IIIII", INADEQUATE),
    ],
)
def test_the_principles_give_the_overall_rating(letters: str, word: str) -> None:
    assert expected_overall(questions(letters)).word == word


@pytest.mark.parametrize("letters", ["OOGGG", "GGGGG", "GGGGR"])
def test_a_breach_holds_the_overall_rating_down_and_says_so(letters: str) -> None:
    expected = expected_overall(questions(letters), breach=True)
    assert expected.word == REQUIRES_IMPROVEMENT
    assert "breach of regulations" in expected.reasons[-1]


def test_a_breach_does_not_lift_what_is_inadequate() -> None:
    assert expected_overall(questions("IIGGG"), breach=True) == expected_overall(questions("IIGGG"))


def test_without_a_key_question_nothing_is_expected_and_the_missing_ones_are_named() -> None:
    told: dict[str, str | None] = {
        **questions("GGGGG"),
        "Caring": None,
        "Safe": "Insufficient evidence to rate",
    }
    expected = expected_overall(told)
    assert expected.word is None
    assert expected.reasons == ("No overall rating can be expected without a rating of Safe and Caring.",)


def test_one_inadequate_alone_is_said_to_be_an_inference() -> None:
    assert "do not name this case" in expected_overall(questions("GGGGI")).reasons[0]


@given(five_words.flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_key_questions_have_equal_weight(both: tuple[list[str], list[str]]) -> None:
    words, mixed = both
    assert (
        expected_overall(dict(zip(KEY_QUESTIONS, words, strict=True))).word
        == expected_overall(dict(zip(KEY_QUESTIONS, mixed, strict=True))).word
    )


@given(five_words, st.integers(0, 4), st.booleans())
def test_a_better_key_question_never_makes_the_whole_worse(
    words: list[str], which: int, breach: bool
) -> None:
    better = list(words)
    better[which] = SCALE[min(rank(words[which]) + 1, 3)]
    before = expected_overall(dict(zip(KEY_QUESTIONS, words, strict=True)), breach)
    after = expected_overall(dict(zip(KEY_QUESTIONS, better, strict=True)), breach)
    assert rank(after.word) >= rank(before.word)


@given(five_words)
def test_the_whole_is_within_its_parts_and_always_has_a_reason(words: list[str]) -> None:
    expected = expected_overall(dict(zip(KEY_QUESTIONS, words, strict=True)))
    assert min(map(rank, words)) <= rank(expected.word) <= max(map(rank, words))
    assert expected.reasons


@pytest.mark.parametrize(
    ("scores", "exact", "percentage", "word", "on_boundary"),
    [
        ([3, 3, 3, 3, 2, 2, 2], "64.2857", 64, GOOD, False),  # 18 of 28, as CQC published one.
        (
            [2, 2, 2, 2, 3, 2, 2, 2, 3],
            "55.5556",
            56,
            REQUIRES_IMPROVEMENT,
            False,
        ),  # A council's, December 2025.
        ([3, 3, 3, 2, 2, 2], "62.5", 63, GOOD, True),
        ([3, 3, 3, 3, 2, 2, 2, 2], "62.5", 63, GOOD, True),
        ([4, 4, 4, 3, 3, 3], "87.5", 88, OUTSTANDING, True),
        ([4, 4, 4, 4, 3, 3, 3, 3], "87.5", 88, OUTSTANDING, True),
        ([2, 2, 2, 2, 2, 1, 1, 1, 1], "38.8889", 39, REQUIRES_IMPROVEMENT, False),
        ([1, 1, 1, 1, 1, 1, 1, 1], "25", 25, INADEQUATE, False),
        ([4, 4, 4, 4, 4], "100", 100, OUTSTANDING, False),
        ([1, 2, 1, 2, 1, 2, 1, 2], "37.5", 38, INADEQUATE, False),  # A half, and no edge of a band.
    ],
)
def test_scores_give_a_percentage_and_a_word(
    scores: list[int], exact: str, percentage: int, word: str, on_boundary: bool
) -> None:
    scored = key_question_from_scores(scores)
    assert (scored.exact, scored.percentage) == (Decimal(exact), percentage)
    assert (scored.word, scored.on_boundary) == (word, on_boundary)


@pytest.mark.parametrize(
    ("scores", "word", "reason"),
    [
        ([4, 4, 4, 4, 4, 4, 4, 2], GOOD, "score of 2 holds it at Good"),
        ([4, 4, 4, 4, 4, 4, 4, 1], GOOD, "score of 1 holds it at Good"),
        ([4, 3, 3, 3, 3, 3, 3, 1], REQUIRES_IMPROVEMENT, "score of 1 holds it at Requires improvement"),
    ],
)
def test_one_low_score_limits_the_word(scores: list[int], word: str, reason: str) -> None:
    scored = key_question_from_scores(scores)
    assert scored.word == word
    assert reason in scored.reasons[-1]


def test_the_boundary_is_said_with_the_figure_before_rounding() -> None:
    scored = key_question_from_scores([3, 3, 3, 3, 2, 2, 2, 2])
    assert scored.reasons == (
        "20 of 32 points are 62.5%, rounded half up to 63%: Good.",
        "62.5% lies half way between Requires improvement and Good. CQC publishes no rule for rounding it, "
        "so what CQC published counts.",
    )


def test_without_scores_there_is_no_word() -> None:
    scored = key_question_from_scores([])
    assert (scored.exact, scored.percentage, scored.word, scored.on_boundary) == (None, None, None, False)


@pytest.mark.parametrize("scores", [[0, 3], [5], [-1, 4]])
def test_a_score_outside_one_to_four_is_a_fault(scores: list[int]) -> None:
    with pytest.raises(ValueError, match="from 1 to 4"):
        key_question_from_scores(scores)


def test_other_bands_can_be_given() -> None:
    lower = {**BANDS, OUTSTANDING: 75}
    assert key_question_from_scores([3, 3, 3], lower).word == OUTSTANDING


@given(some_scores, st.integers(0, 8))
def test_a_better_score_never_makes_the_word_worse(scores: list[int], which: int) -> None:
    which %= len(scores)
    better = list(scores)
    better[which] = min(scores[which] + 1, 4)
    before, after = key_question_from_scores(scores), key_question_from_scores(better)
    assert rank(after.word) >= rank(before.word)
    assert (after.percentage or 0) >= (before.percentage or 0)


@given(some_scores)
def test_the_percentage_is_half_up_and_between_25_and_100(scores: list[int]) -> None:
    scored = key_question_from_scores(scores)
    twice = (200 * sum(scores) + 4 * len(scores)) // (8 * len(scores))  # Half up, in whole numbers alone.
    assert scored.percentage == twice
    assert 25 <= twice <= 100


@given(some_scores)
def test_only_an_exact_half_between_two_bands_is_a_boundary(scores: list[int]) -> None:
    scored = key_question_from_scores(scores)
    assert scored.on_boundary == (scored.exact in (Decimal("38.5"), Decimal("62.5"), Decimal("87.5")))


def test_the_rules_give_what_cqc_really_published(shared_data: Path) -> None:
    checked = 0
    for reply in _replies(shared_data / "cqc" / "api" / "2025-08_oldham_locations.tar.gz"):
        for assessment in reply.get("assessment") or []:
            for group in assessment["ratings"].get("asgRatings") or []:
                words = {each["name"]: each.get("rating") for each in group.get("keyQuestionRatings") or []}
                expected = expected_overall(words)
                assert expected.word in (None, group["rating"])
                for each in group.get("keyQuestionRatings") or []:
                    scores = [int(area["qualityStatementscore"][0]) for area in _scored(each)]
                    if scores:
                        scored = key_question_from_scores(scores)
                        assert (scored.word, str(scored.percentage)) == (
                            each["rating"],
                            each["percentageScore"],
                        )
                        checked += 1
    assert checked == 15


def test_the_principles_give_what_cqc_really_published_in_one_county(shared_data: Path) -> None:
    groups: dict[tuple[str, str], dict[str, str]] = {}
    path = shared_data / "cqc" / "2026_Latest_ratings_Locations_Lincolnshire.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            group = groups.setdefault((row["Location ID"], row["Service / Population Group"]), {})
            group[row["Domain"]] = row["Latest Rating"]
    rated = [group for group in groups.values() if group.get("Overall") in SCALE]
    expected = [(expected_overall(group).word, group["Overall"]) for group in rated]
    differing = [pair for pair in expected if pair[0] is not None and pair[0] != pair[1]]
    assert len([pair for pair in expected if pair[0] is not None]) == 561
    # The one that differs is what a breach would explain: one key question alone required improvement.
    assert differing == [(GOOD, REQUIRES_IMPROVEMENT)]


def _replies(path: Path) -> list[dict[str, Any]]:
    with tarfile.open(path) as archive:
        members = [archive.extractfile(one) for one in archive if one.name.endswith(".json")]
        return [json.load(member) for member in members if member]


def _scored(key_question: dict[str, list[dict[str, str]]]) -> list[dict[str, str]]:
    areas = key_question.get("topicareas") or []
    return [area for area in areas if (area.get("qualityStatementscore") or " ")[0].isdigit()]
