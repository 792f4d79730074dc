"""What a change in a share is made of: services that went up, went down, came in and went out."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

__all__ = ["Contribution", "Contributions", "Group", "contributions"]


class Group(StrEnum):
    """What became of services between two dates, as far as the share goes; the others stayed as they were."""

    WENT_UP = "went up"
    WENT_DOWN = "went down"
    CAME_IN = "came in"
    WENT_OUT = "went out"


@dataclass(frozen=True, slots=True)
class Contribution:
    """How much of a change one group explains.

    `good` of its services were good when they were last counted. `points` is its part of the change, where 1 is a
    hundred percentage points.
    """

    group: Group
    services: int
    good: int
    points: Fraction


@dataclass(frozen=True, slots=True)
class Contributions:
    """The share before and after, and the four groups' parts, which add up to the change exactly."""

    before: Fraction
    after: Fraction
    parts: tuple[Contribution, ...]

    @property
    def change(self) -> Fraction:
        """The share after less the share before, where 1 is a hundred percentage points."""
        return self.after - self.before


def contributions(
    k0: int,
    n0: int,
    *,
    went_up: int,
    went_down: int,
    came_in_good: int,
    came_in_not_good: int,
    went_out_good: int,
    went_out_not_good: int,
) -> Contributions:
    """What each group adds to the change from k0 good of n0 services to what the groups make of them.

    A service went up when it became good, down when it ceased to be; a better rating that is still not good, or one
    that was good already, changes no share. Each service counts against the average of the two shares, p, divided by
    the average of the two numbers of services, n: one that went up adds 1/n, one that came in good adds (1 - p)/n, one
    that came in not good takes p/n off, and the other way round for down and out. The parts add up exactly, do not
    depend on an order of events, and change only their sign when the dates change places.

    This is Bennet's decomposition of a change of k = n x p into n's part and p's part, solved for p's: Bennet, "The
    theory of measurement of changes in cost of living", Journal of the Royal Statistical Society 83 (1920) 455-462.

    Raises ValueError when the counts cannot be, or at either date there are no services to have a share of.
    """
    counts = (went_up, went_down, came_in_good, came_in_not_good, went_out_good, went_out_not_good)
    if min(counts) < 0 or went_down + went_out_good > k0 or went_up + went_out_not_good > n0 - k0:
        raise ValueError(f"More services moved than the {k0} of {n0} there were, or fewer than none.")
    k1 = k0 + went_up - went_down + came_in_good - went_out_good
    n1 = n0 + came_in_good + came_in_not_good - went_out_good - went_out_not_good
    if n0 == 0 or n1 == 0:
        raise ValueError("At one of the dates there is no service, so there is no share that could change.")
    before, after = Fraction(k0, n0), Fraction(k1, n1)
    share, number = (before + after) / 2, Fraction(n0 + n1, 2)

    def part(group: Group, services: int, good: int, more_good: int, more: int) -> Contribution:
        return Contribution(group, services, good, (more_good - share * more) / number)

    came, went = came_in_good + came_in_not_good, went_out_good + went_out_not_good
    parts = (
        part(Group.WENT_UP, went_up, went_up, went_up, 0),
        part(Group.WENT_DOWN, went_down, 0, -went_down, 0),
        part(Group.CAME_IN, came, came_in_good, came_in_good, came),
        part(Group.WENT_OUT, went, went_out_good, -went_out_good, -went),
    )
    return Contributions(before, after, parts)
