"""The rules themselves: which are refused, and how they and their figures are put into words."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.scoring import (
    AnswerCap,
    AnswerValue,
    LevelCap,
    Rules,
    RulesError,
    Scale,
    Scope,
    percent,
    percentage,
    rules_in_words,
)
from tests.scoring.examples import MET, NOT_MET, NOT_SEEN, PARTLY, RULES


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(0), "0%"),
        (Fraction(1), "100%"),
        (Fraction(7, 10), "70%"),
        (Fraction(20, 27), "74.1%"),
        (Fraction(1249, 10_000), "12.5%"),
        (
            Fraction(1245, 10_000),
            "12.5%",
        ),  # Exactly half way goes up, where round() would go to the even figure.
        (Fraction(625, 1000), "62.5%"),
        (Fraction(69999, 100_000), "70.0%"),
    ],
)
def test_a_percentage_is_rounded_half_up_and_shows_whether_it_was_rounded(
    share: Fraction, words: str
) -> None:
    assert percent(share) == words


@given(st.fractions(0, 1))
def test_a_shown_percentage_is_never_more_than_half_a_tenth_from_the_exact_one(share: Fraction) -> None:
    distance = Fraction(percentage(share)) - share * 100
    assert -Fraction(1, 20) < distance <= Fraction(1, 20)


def test_the_published_rules_read_as_sentences() -> None:
    words = rules_in_words(RULES)
    assert words[0] == (
        "Each answer earns points (Met 3, Mostly met 2, Partly met 1 and Not met 0), multiplied by the weight of "
        "its question."
    )
    assert (
        "Sound: from 70% to below 90%. People get safe and decent care. Some things can be better." in words
    )
    assert (
        "A standard cannot be judged higher than Needs work while any critical question in it is not met."
        in words
    )
    assert (
        "The service overall cannot be judged higher than Needs work while 2 or more domains in it are judged "
        "Needs work or lower."
    ) in words
    assert len(words) == 3 + len(RULES.bands) + len(RULES.caps)


def test_every_answer_has_words_and_only_four_are_scored() -> None:
    assert [value.words for value in AnswerValue] == [
        "Met",
        "Mostly met",
        "Partly met",
        "Not met",
        "Not seen today",
        "Does not apply",
    ]
    assert [value.is_scored for value in AnswerValue] == [True] * 4 + [False] * 2


def test_steps_lead_from_met_to_not_met_and_back() -> None:
    assert [MET.one_step_up, NOT_MET.one_step_down, NOT_SEEN.one_step_up] == [None, None, None]
    for value in AnswerValue:
        if value.one_step_down:
            assert value.one_step_down.one_step_up is value


def test_points_of_an_answer_that_is_left_out_are_refused() -> None:
    with pytest.raises(RulesError, match="not_seen has no points"):
        RULES.scale.points_of(NOT_SEEN)


def test_a_level_that_is_not_in_the_rules_is_not_found() -> None:
    with pytest.raises(KeyError):
        RULES.band("splendid")


def _steps(*points: int | None) -> Scale:
    return Scale(
        tuple(replace(step, points=each) for step, each in zip(RULES.scale.steps, points, strict=True))
    )


def _cap(**changes: object) -> Rules:
    return replace(RULES, caps=(replace(AnswerCap((Scope.STANDARD,), NOT_MET, 1, "sound"), **changes),))  # type: ignore[arg-type]


def _level_cap(part: Scope, level: str) -> Rules:
    return replace(RULES, caps=(LevelCap((Scope.DOMAIN,), part, level, 1, "sound"),))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Scale(RULES.scale.steps[1:]), "must list each answer once"),
        (lambda: _steps(3, 2, 2, 0, None, None), "points must fall"),
        (lambda: _steps(3, 2, 1, 1, None, None), "points must fall"),
        (lambda: _steps(3, 2, None, 0, None, None), "points must fall"),
        (lambda: _steps(3, 2, 1, 0, 0, None), "left out of the score and have no points"),
        (lambda: replace(RULES, bands=RULES.bands[:1]), "bands must fall"),
        (lambda: replace(RULES, bands=RULES.bands[:3]), "bands must fall"),
        (lambda: replace(RULES, bands=RULES.bands[::-1]), "bands must fall"),
        (
            lambda: replace(RULES, bands=(replace(RULES.bands[0], words="Sound"), *RULES.bands[1:])),
            "same code or the same words",
        ),
        (lambda: replace(RULES, coverage_floor=Decimal(101)), "between 0 and 100"),
        (lambda: _cap(at_most="strong"), "the level strong, which is the best level"),
        (lambda: _cap(at_most="splendid"), "the level splendid, which is the best level or not a level"),
        (lambda: _cap(how_many=0), "how_many must be 1 or more"),
        (lambda: _cap(scopes=()), "at least one scope"),
        (lambda: _cap(critical_answer=MET), "cannot follow from the answer met"),
        (lambda: _level_cap(Scope.STANDARD, "strong"), "follows from the level strong"),
        (
            lambda: _level_cap(Scope.DOMAIN, "sound"),
            "A cap of the scope domain cannot follow from levels of the scope domain",
        ),
        (lambda: _level_cap(Scope.OVERALL, "sound"), "cannot follow from levels of the scope overall"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(make: Callable[[], object], sentence: str) -> None:
    with pytest.raises(RulesError, match=sentence):
        make()


def test_a_cap_catches_its_answer_and_every_worse_one_but_not_what_was_left_out() -> None:
    cap = AnswerCap((Scope.STANDARD,), PARTLY, 1, "sound")
    assert [value for value in AnswerValue if cap.catches(value)] == [PARTLY, NOT_MET]
    assert not cap.catches(None)
