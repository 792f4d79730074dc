"""What a judgement is made from: the answers of one audit, standard by standard."""

from dataclasses import dataclass, field

from quality.scoring.answers import AnswerValue

__all__ = ["QuestionInput", "StandardInput", "in_order"]


@dataclass(frozen=True, slots=True)
class QuestionInput:
    """One question with its answer.

    `value` is None while nobody has answered. `methods` says how the evidence was gathered, in words.
    `evidence` is a fingerprint of what supports the answer: two answers that share it rest on the same thing.
    """

    code: str
    text: str
    weight: int
    critical: bool
    value: AnswerValue | None
    methods: frozenset[str] = frozenset()
    evidence: str | None = None

    def __post_init__(self) -> None:
        if self.weight < 1:
            raise ValueError(f"Question {self.code} has the weight {self.weight}; the least is 1.")


@dataclass(frozen=True, slots=True)
class StandardInput:
    """One standard, the domain it belongs to, and its questions that were put to this service."""

    code: str
    title: str
    domain_code: str
    domain_title: str
    questions: tuple[QuestionInput, ...] = field(default=())


def in_order(code: str) -> tuple[tuple[int, str], ...]:
    """A sorting key that puts 1.2 before 1.10."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in code.split("."))
