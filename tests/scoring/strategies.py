"""Audits and rules of every shape, for properties that must hold of all of them."""

from decimal import Decimal

from hypothesis import strategies as st

from quality.scoring import (
    AnswerCap,
    AnswerValue,
    Band,
    Cap,
    LevelCap,
    QuestionInput,
    Rules,
    Scale,
    ScaleStep,
    Scope,
    StandardInput,
)
from tests.scoring.examples import MET, MOSTLY, NOT_MET, NOT_SEEN, PARTLY

SCORED = (MET, MOSTLY, PARTLY, NOT_MET)

values = st.sampled_from([*AnswerValue, None, *SCORED, *SCORED])


@st.composite
def audits(draw: st.DrawFn) -> list[StandardInput]:
    """One to three domains of one to three standards, with one to five questions each."""
    return [
        StandardInput(
            f"{domain}.{standard}",
            f"Standard {domain}.{standard}",
            f"{domain}",
            f"Domain {domain}",
            draw(_questions(f"{domain}.{standard}")),
        )
        for domain in range(1, draw(st.integers(1, 3)) + 1)
        for standard in range(1, draw(st.integers(1, 3)) + 1)
    ]


@st.composite
def _questions(draw: st.DrawFn, code: str) -> tuple[QuestionInput, ...]:
    return tuple(
        QuestionInput(
            f"{code}.{number}",
            "",
            draw(st.integers(1, 3)),
            draw(st.booleans()),
            draw(values),
            draw(st.frozensets(st.sampled_from(["watching", "reading", "asking"]))),
            draw(st.sampled_from([None, "one thing", "another"])),
        )
        for number in range(1, draw(st.integers(1, 5)) + 1)
    )


def _scales() -> st.SearchStrategy[Scale]:
    def scale(points: list[int]) -> Scale:
        numbers = iter([*sorted(points, reverse=True), 0])
        return Scale(tuple(ScaleStep(v, next(numbers) if v in SCORED else None, "-") for v in AnswerValue))

    return st.lists(st.integers(1, 9), min_size=3, max_size=3, unique=True).map(scale)


@st.composite
def rule_sets(draw: st.DrawFn) -> Rules:
    """Any rules that are allowed, with bands as narrow and caps as many as a council might invent."""
    edges = draw(st.lists(st.integers(1, 200), min_size=1, max_size=5, unique=True))
    halves = [*sorted(edges, reverse=True), 0]
    bands = tuple(Band(f"b{n}", f"Level {n}", Decimal(half) / 2, "-") for n, half in enumerate(halves))
    lower = st.sampled_from([band.code for band in bands[1:]])
    caps = draw(st.lists(st.one_of(_answer_caps(lower), _level_caps(lower)), max_size=5))
    floor = Decimal(draw(st.sampled_from([0, 50, 80, 100])))
    return Rules(draw(_scales()), bands, tuple(caps), floor)


def _answer_caps(lower: st.SearchStrategy[str]) -> st.SearchStrategy[Cap]:
    scopes = st.lists(st.sampled_from(Scope), min_size=1, unique=True).map(tuple)
    return st.builds(
        AnswerCap, scopes, st.sampled_from([MOSTLY, PARTLY, NOT_MET, NOT_SEEN]), st.integers(1, 3), lower
    )


def _level_caps(lower: st.SearchStrategy[str]) -> st.SearchStrategy[Cap]:
    places = st.sampled_from(
        [
            ((Scope.DOMAIN,), Scope.STANDARD),
            ((Scope.OVERALL,), Scope.STANDARD),
            ((Scope.DOMAIN, Scope.OVERALL), Scope.STANDARD),
            ((Scope.OVERALL,), Scope.DOMAIN),
        ]
    )
    return st.builds(
        lambda place, level, how_many, at_most: LevelCap(place[0], place[1], level, how_many, at_most),
        places,
        lower,
        st.integers(1, 3),
        lower,
    )
