"""Ranks, and how often they would hold."""

from itertools import accumulate
from math import pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.scoring.ranks import chance_in_words, rank_of
from tests.scoring.library import chance_of_being_first

AREA = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
AREAS = st.lists(AREA, min_size=1, max_size=7)


def test_the_highest_share_is_first_and_equal_shares_have_the_best_of_their_ranks() -> None:
    areas = [(8, 10), (9, 10), (16, 20), (1, 2)]
    ranks = [rank_of(areas, index) for index in range(4)]
    assert [each.rank for each in ranks] == [2, 1, 2, 4]
    assert [each.shared_with for each in ranks] == [1, 0, 1, 0]
    assert {each.of for each in ranks} == {4}


def test_two_areas_of_one_service_by_hand() -> None:
    # With angles a and b, shares sin² a and sin² b: the integral of 4/pi cos² a x 4/pi sin² b over b < a.
    ranks = [rank_of([(0, 1), (1, 1)], index) for index in (0, 1)]
    assert ranks[0].chances[0] == pytest.approx(1 / 2 - 4 / pi**2, abs=0.0005)
    assert ranks[1].chances[0] == pytest.approx(1 / 2 + 4 / pi**2, abs=0.0005)


@pytest.mark.parametrize(
    "areas",
    [
        [(80, 100), (165, 200), (400, 500), (30, 33)],
        [(0, 3000), (0, 50), (1, 700)],
        [(0, 3), (2, 5), (30, 30), (2000, 2500)],
        [(20_000, 25_000), (2000, 2500), (4, 5)],
    ],
)
def test_the_chance_of_being_first_is_the_librarys(areas: list[tuple[int, int]]) -> None:
    for index in range(len(areas)):
        assert rank_of(areas, index).chances[0] == pytest.approx(
            chance_of_being_first(areas, index), abs=0.0005
        )


def test_drawing_the_shares_many_times_gives_the_same_ranks() -> None:
    generator = np.random.default_rng(20210331)
    sizes = generator.integers(25, 670, 40)
    areas = [(int(generator.binomial(n, 0.82)), int(n)) for n in sizes]
    draws = np.stack([generator.beta(k + 0.5, n - k + 0.5, 20_000) for k, n in areas])
    for index in (0, 13, 39):
        above = (draws > draws[index]).sum(axis=0)
        drawn = np.cumsum(np.bincount(above, minlength=40)) / 20_000
        rank = rank_of(areas, index)
        assert np.abs(np.array(list(accumulate(rank.chances))) - drawn).max() < 0.015
        assert abs(rank.low - 1 - np.quantile(above, 0.025)) <= 1
        assert abs(rank.high - 1 - np.quantile(above, 0.975)) <= 1


@given(AREAS, st.data())
@settings(deadline=None)
def test_every_rank_is_somebodys(areas: list[tuple[int, int]], data: st.DataObject) -> None:
    ranks = [rank_of(areas, index) for index in range(len(areas))]
    for rank in ranks:
        assert sum(rank.chances) == pytest.approx(1, abs=1e-9)
        assert min(rank.chances) >= 0
        assert 1 <= rank.low <= rank.high <= rank.of == len(areas)
    place = data.draw(st.integers(0, len(areas) - 1))
    assert sum(rank.chances[place] for rank in ranks) == pytest.approx(1, abs=0.003)
    assert ranks[0].chance_among_top(len(areas)) == pytest.approx(1)


@given(AREA, st.integers(1, 9))
@settings(deadline=None)
def test_areas_alike_have_every_rank_equally_often(area: tuple[int, int], number: int) -> None:
    rank = rank_of([area] * number, 0)
    assert (rank.rank, rank.shared_with) == (1, number - 1)
    assert rank.chances == pytest.approx([1 / number] * number, abs=0.001)


def test_the_same_question_has_the_same_answer_to_the_last_digit() -> None:
    areas = [(40 + each, 60 + each) for each in range(30)]
    assert rank_of(areas, 7) == rank_of(list(areas), 7)


def test_a_claim_is_answered_with_how_often_it_holds() -> None:
    rank = rank_of([(553, 665), (412, 500), (160, 200), (330, 400), (250, 320), (170, 212)], 0)
    assert rank.rank == 1
    assert rank.chance_in_top_third() == rank.chance_among_top(2) == pytest.approx(sum(rank.chances[:2]))
    assert rank.chance_among_top(1) < rank.chance_among_top(4) < 1


@pytest.mark.parametrize("places", [0, -1, 3])
def test_places_that_are_not_there_are_refused(places: int) -> None:
    rank = rank_of([(1, 2), (2, 3)], 0)
    with pytest.raises(ValueError):
        rank.chance_among_top(places)
    with pytest.raises(ValueError, match="third"):
        rank.chance_in_top_third()


@pytest.mark.parametrize("area", [(0, 0), (3, 2), (-1, 2)])
def test_an_area_without_a_share_has_no_rank(area: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        rank_of([(1, 2), area], 0)


@pytest.mark.parametrize("index", [-1, 1])
def test_an_area_that_is_not_there_has_no_rank(index: int) -> None:
    with pytest.raises(IndexError):
        rank_of([(1, 2)], index)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0, "less than once in 100 times"),
        (0.004, "less than once in 100 times"),
        (0.012, "once in 100 times"),
        (0.624, "62 times in 100"),
        (0.985, "99 times in 100"),
        (0.996, "more than 99 times in 100"),
        (1.0, "more than 99 times in 100"),
    ],
)
def test_a_chance_in_words_is_never_certain(chance: float, words: str) -> None:
    assert chance_in_words(chance) == words


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
def test_what_is_no_chance_has_no_words(chance: float) -> None:
    with pytest.raises(ValueError):
        chance_in_words(chance)
