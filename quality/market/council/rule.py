"""When the council's judgement and CQC's rating are said to agree: one line drawn on each scale, never one scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quality.cqc import RatingWord

__all__ = ["AT_LEAST_GOOD", "GoodRule"]


@dataclass(frozen=True)
class GoodRule:
    """For each scale the lowest level that counts as good.

    `council` has, by the code of a framework of the council's, the words of the lowest level that does; what is judged
    by a framework that is not named is compared with nothing. `cqc` has the ratings that do.
    """

    name: str
    version: int
    words: str
    council: Mapping[str, str]
    cqc: tuple[RatingWord, ...]

    @property
    def key(self) -> str:
        """Name and version, as figures name it."""
        return f"{self.name}/{self.version}"

    def good_rank(self, framework_code: str, levels_best_first: tuple[str, ...]) -> int | None:
        """The rank of the lowest good level among a framework's levels (0 the best); none where no line is drawn."""
        level = self.council.get(framework_code)
        return levels_best_first.index(level) if level in levels_best_first else None

    def is_good(self, word: RatingWord | None) -> bool | None:
        """Whether a rating of CQC's counts as good; none where there is no rating."""
        return word in self.cqc if word is not None and word.is_rating else None


# The framework says what its levels mean: at Sound "people get safe and decent care", below it an improvement plan is
# needed. CQC's line is the one its own figures draw, and those of the Adult Social Care Outcomes Framework.
AT_LEAST_GOOD = GoodRule(
    name="at-least-good",
    version=1,
    words=(
        "The council and CQC agree where both are at or above their own line, or both below it. The council’s line is "
        "Sound in its provider quality framework, CQC’s line is Good. The two scales judge different things at "
        "different times and are never put into one column."
    ),
    council={"provider-quality": "Sound"},
    cqc=(RatingWord.OUTSTANDING, RatingWord.GOOD),
)
