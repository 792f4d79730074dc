"""The rules a judgement follows. They are data of a framework version: nothing here has a default."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from quality.scoring.answers import AnswerValue

__all__ = ["AnswerCap", "Band", "Cap", "LevelCap", "Rules", "RulesError", "Scale", "ScaleStep", "Scope"]


class RulesError(ValueError):
    """The rules contradict themselves. The message is one plain sentence."""


class Scope(StrEnum):
    """What is being judged, from the smallest to the largest."""

    STANDARD = "standard"
    DOMAIN = "domain"
    OVERALL = "overall"

    @property
    def subject(self) -> str:
        """How a sentence about the judgement calls what is judged."""
        return {"standard": "this standard", "domain": "this domain"}.get(self, "the service overall")

    def is_within(self, other: "Scope") -> bool:
        """Whether this is a smaller thing than the other."""
        order = tuple(Scope)
        return order.index(self) < order.index(other)


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """One answer of the scale: its points (None where it is left out of the score) and what it means."""

    value: AnswerValue
    points: int | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Every answer with its points, best first."""

    steps: tuple[ScaleStep, ...]

    def __post_init__(self) -> None:
        if [step.value for step in self.steps] != list(AnswerValue):
            _refuse(f"The scale must list each answer once, in this order: {', '.join(AnswerValue)}")
        points = [step.points for step in self.steps if step.value.is_scored]
        if any(step.points is not None for step in self.steps if not step.value.is_scored):
            _refuse("The answers not_seen and not_applicable are left out of the score and have no points")
        numbers = [each for each in points if each is not None]
        if len(numbers) < len(points) or numbers[-1] != 0 or not _falls(numbers):
            _refuse("The points must fall with each answer from met to not_met, which has 0")

    @property
    def most(self) -> int:
        """The points of the best answer."""
        return self.points_of(AnswerValue.MET)

    def points_of(self, value: AnswerValue) -> int:
        """The points of a scored answer; a RulesError for one that is left out of the score."""
        points = next(step.points for step in self.steps if step.value is value)
        if points is None:
            raise RulesError(f"The answer {value} has no points.")
        return points


@dataclass(frozen=True, slots=True)
class Band:
    """A level: its words, and the score in per cent that reaches it. A score on the edge belongs to it."""

    code: str
    words: str
    at_least: Decimal
    meaning: str

    @property
    def edge(self) -> Fraction:
        """The least score of this band as a share, where 1 is every point."""
        return Fraction(self.at_least) / 100


@dataclass(frozen=True, slots=True)
class AnswerCap:
    """No level above `at_most` while `how_many` critical questions have this answer or a worse one.

    The answer not_seen counts only itself, and questions that have no answer yet.
    """

    scopes: tuple[Scope, ...]
    critical_answer: AnswerValue
    how_many: int
    at_most: str

    def catches(self, value: AnswerValue | None) -> bool:
        """Whether a critical question with this answer counts towards the cap."""
        if self.critical_answer is AnswerValue.NOT_SEEN:
            return value is None or value is AnswerValue.NOT_SEEN
        return value is not None and value.is_at_or_below(self.critical_answer)


@dataclass(frozen=True, slots=True)
class LevelCap:
    """No level above `at_most` while `how_many` parts (standards or domains) are at a level or lower."""

    scopes: tuple[Scope, ...]
    part: Scope
    level: str
    how_many: int
    at_most: str


Cap = AnswerCap | LevelCap


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that turns answers into levels. Bands are ordered best first.

    `coverage_floor` is the per cent, by weight, of the questions that apply which must have been seen.
    Raises RulesError, a plain sentence, when the rules contradict themselves.
    """

    scale: Scale
    bands: tuple[Band, ...]
    caps: tuple[Cap, ...]
    coverage_floor: Decimal

    def __post_init__(self) -> None:
        self._check_bands()
        for cap in self.caps:
            self._check_cap(cap)
        if not 0 <= self.coverage_floor <= 100:
            _refuse("The coverage floor must lie between 0 and 100 per cent")

    @property
    def floor(self) -> Fraction:
        """The coverage floor as a share, where 1 is everything that applies."""
        return Fraction(self.coverage_floor) / 100

    def band(self, code: str) -> Band:
        """The band with this code; KeyError where there is none."""
        return self.bands[self.rank(code)]

    def rank(self, code: str) -> int:
        """Where a band stands: 0 is the best. KeyError where there is no such band."""
        for position, band in enumerate(self.bands):
            if band.code == code:
                return position
        raise KeyError(code)

    def lower(self, bands: Iterable[Band]) -> Band:
        """The lowest of some bands, of which there is at least one."""
        return max(bands, key=lambda band: self.rank(band.code))

    def _check_bands(self) -> None:
        edges = [band.at_least for band in self.bands]
        if len(edges) < 2 or edges[0] > 100 or edges[-1] != 0 or not _falls(edges):
            _refuse("The bands must fall from 100 per cent or less, best first, to one that begins at 0")
        for names in ([band.code for band in self.bands], [band.words for band in self.bands]):
            if len(set(names)) < len(names):
                _refuse("Two bands have the same code or the same words")

    def _check_cap(self, cap: Cap) -> None:
        known = [band.code for band in self.bands]
        if not cap.scopes or cap.how_many < 1:
            _refuse("A cap needs at least one scope, and how_many must be 1 or more")
        if cap.at_most not in known[1:]:
            _refuse(f"A cap holds down to the level {cap.at_most}, which is the best level or not a level")
        if isinstance(cap, AnswerCap):
            if cap.critical_answer in (AnswerValue.MET, AnswerValue.NOT_APPLICABLE):
                _refuse(f"A cap cannot follow from the answer {cap.critical_answer}")
        elif cap.level not in known[1:]:
            _refuse(f"A cap follows from the level {cap.level}, which is the best level or not a level")
        elif not all(cap.part.is_within(scope) for scope in cap.scopes):
            _refuse(f"A cap of the scope {cap.scopes[0]} cannot follow from levels of the scope {cap.part}")


def _falls(numbers: Iterable[int | Decimal]) -> bool:
    return all(first > second for first, second in pairwise(numbers))


def _refuse(sentence: str) -> None:
    raise RulesError(f"{sentence}.")
