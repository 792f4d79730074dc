"""What judging gives back: levels with the figures and the reasons behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from quality.scoring.answers import AnswerValue
from quality.scoring.inputs import QuestionInput
from quality.scoring.percentages import percent, percentage
from quality.scoring.rules import Band

__all__ = [
    "NOT_JUDGED",
    "Change",
    "Counts",
    "Coverage",
    "DomainJudgement",
    "Judged",
    "Judgement",
    "Reason",
    "ReasonKind",
    "StandardJudgement",
]

NOT_JUDGED = "Not judged"


class ReasonKind(StrEnum):
    """What a reason is about, in the order in which reasons are given."""

    COUNTED = "counted"
    LEFT_OUT = "left_out"
    COVERAGE = "coverage"
    NOT_JUDGED = "not_judged"
    BAND = "band"
    EDGE = "edge"
    CAP = "cap"
    NEXT_BAND = "next_band"
    ONE_ANSWER = "one_answer"
    SAME_EVIDENCE = "same_evidence"
    ONE_METHOD = "one_method"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of the trace, with the codes of the questions and of the standards or domains it names."""

    kind: ReasonKind
    sentence: str
    questions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """An answer which, moved by one step, would change a level: what it was, would be, and the level then."""

    question: str
    was: AnswerValue
    becomes: AnswerValue
    level: Band


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what applies was seen, by weight."""

    seen: int
    applicable: int

    @property
    def share(self) -> Fraction | None:
        """The share seen, or None where nothing applies."""
        return Fraction(self.seen, self.applicable) if self.applicable else None

    @property
    def words(self) -> str:
        """For example "9 of 11 by weight (81.8%)", or "nothing applies"."""
        if self.share is None:
            return "nothing applies"
        return f"{self.seen} of {self.applicable} by weight ({percent(self.share)})"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions had each answer. `unanswered` are those nobody has answered yet."""

    met: int
    mostly: int
    partly: int
    not_met: int
    not_seen: int
    not_applicable: int
    unanswered: int

    @classmethod
    def of(cls, questions: Iterable[QuestionInput]) -> "Counts":
        """Count the answers of some questions."""
        values = [question.value for question in questions]
        return cls(
            **{value.value: values.count(value) for value in AnswerValue}, unanswered=values.count(None)
        )

    @property
    def counted(self) -> int:
        """Questions whose answer went into the score."""
        return self.met + self.mostly + self.partly + self.not_met

    @property
    def applicable(self) -> int:
        """Questions that apply to this service, seen or not."""
        return self.counted + self.not_seen + self.unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What every judgement has.

    `level` is None when it is not judged. `level_by_score` is what the score alone gives, before caps. The
    score is `points` of `most`, kept as it is; only its display is rounded. `on_edge` says that it lies
    exactly on the lower edge of its band, with nothing to spare.
    """

    level: Band | None
    level_by_score: Band | None
    points: int
    most: int
    coverage: Coverage
    counts: Counts
    on_edge: bool
    changes: tuple[Change, ...]
    trace: tuple[Reason, ...]

    @property
    def words(self) -> str:
        """The level as people read it."""
        return self.level.words if self.level else NOT_JUDGED

    @property
    def share(self) -> Fraction | None:
        """The score as an exact share of the points there were, or None where nothing counted."""
        return Fraction(self.points, self.most) if self.most else None

    @property
    def score(self) -> Decimal | None:
        """The score in per cent, to one decimal place, half up."""
        return None if self.share is None else percentage(self.share)

    @property
    def score_words(self) -> str:
        """The score as people read it, e.g. "74.1%", or "no score"."""
        return "no score" if self.share is None else percent(self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardJudgement(Judged):
    """The judgement of one standard, with the answers it was made from."""

    code: str
    title: str
    questions: tuple[QuestionInput, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainJudgement(Judged):
    """The judgement of one domain, with its standards."""

    code: str
    title: str
    standards: tuple[StandardJudgement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Judged):
    """The judgement of the whole audit, with its domains."""

    domains: tuple[DomainJudgement, ...]

    @property
    def standards(self) -> tuple[StandardJudgement, ...]:
        """Every standard of every domain, in order."""
        return tuple(standard for domain in self.domains for standard in domain.standards)
