"""What a change in a share is made of."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quality.scoring.contributions import Contributions, Group, contributions


@dataclass(frozen=True)
class Market:
    """What became of all services of two dates."""

    stayed_good: int
    stayed_not_good: int
    went_up: int
    went_down: int
    came_in_good: int
    came_in_not_good: int
    went_out_good: int
    went_out_not_good: int

    def before(self) -> tuple[int, int]:
        good = self.stayed_good + self.went_down + self.went_out_good
        return good, good + self.stayed_not_good + self.went_up + self.went_out_not_good

    def backwards(self) -> "Market":
        return Market(
            self.stayed_good,
            self.stayed_not_good,
            self.went_down,
            self.went_up,
            self.went_out_good,
            self.went_out_not_good,
            self.came_in_good,
            self.came_in_not_good,
        )

    def change(self) -> Contributions:
        return contributions(
            *self.before(),
            went_up=self.went_up,
            went_down=self.went_down,
            came_in_good=self.came_in_good,
            came_in_not_good=self.came_in_not_good,
            went_out_good=self.went_out_good,
            went_out_not_good=self.went_out_not_good,
        )


COUNT = st.integers(0, 700)
MARKETS = st.builds(Market, *[COUNT] * 8)


def watched(market: Market) -> Contributions:
    """The market's change, where there were services at both dates."""
    assume(market.before()[1] and market.backwards().before()[1])
    return market.change()


def test_a_change_by_hand() -> None:
    # 80 of 100 become 88 of 110: both 80 %, so p is 4/5; n is 105.
    change = contributions(
        80,
        100,
        went_up=6,
        went_down=4,
        came_in_good=8,
        came_in_not_good=7,
        went_out_good=2,
        went_out_not_good=3,
    )
    assert change.before == change.after == Fraction(4, 5)
    assert change.change == 0
    assert [(part.group.value, part.services, part.good, part.points) for part in change.parts] == [
        ("went up", 6, 6, Fraction(6, 105)),
        ("went down", 4, 0, Fraction(-4, 105)),
        ("came in", 15, 8, Fraction(8 - 12, 105)),
        ("went out", 5, 2, Fraction(-2 + 4, 105)),
    ]


@given(MARKETS)
def test_the_parts_add_up_exactly(market: Market) -> None:
    change = watched(market)
    assert sum(part.points for part in change.parts) == change.change
    assert change.after == Fraction(*market.backwards().before())
    assert [part.group for part in change.parts] == list(Group)


@given(MARKETS)
def test_backwards_in_time_each_part_only_turns_its_sign(market: Market) -> None:
    there, back = watched(market), watched(market.backwards())
    up, down, came, went = (part.points for part in there.parts)
    assert [part.points for part in back.parts] == [-down, -up, -went, -came]


@given(MARKETS)
def test_going_up_never_lowers_a_share_nor_going_down_raises_one(market: Market) -> None:
    up, down, _, _ = watched(market).parts
    assert up.points >= 0 >= down.points
    assert (up.points == 0) == (market.went_up == 0)


def test_the_better_leaving_lowers_a_share_and_the_worse_leaving_raises_it() -> None:
    alike = Market(70, 20, 0, 0, 0, 0, 10, 0)
    assert alike.change().parts[3].points == alike.change().change < 0
    assert Market(80, 10, 0, 0, 0, 0, 0, 10).change().parts[3].points > 0


def test_where_nothing_moved_nothing_changed() -> None:
    change = Market(8, 2, 0, 0, 0, 0, 0, 0).change()
    assert change.change == 0
    assert {part.points for part in change.parts} == {0}


@pytest.mark.parametrize(
    "market",
    [
        Market(0, 0, 0, 0, 5, 5, 0, 0),  # Nobody before.
        Market(0, 0, 0, 0, 0, 0, 5, 5),  # Nobody after.
        Market(5, 5, -1, 0, 0, 0, 0, 0),
    ],
)
def test_a_change_that_cannot_be_is_refused(market: Market) -> None:
    with pytest.raises(ValueError):
        market.change()


@pytest.mark.parametrize(("up", "down"), [(21, 0), (0, 81)])
def test_more_than_there_were_cannot_move(up: int, down: int) -> None:
    with pytest.raises(ValueError):
        contributions(
            80,
            100,
            went_up=up,
            went_down=down,
            came_in_good=0,
            came_in_not_good=0,
            went_out_good=0,
            went_out_not_good=0,
        )
