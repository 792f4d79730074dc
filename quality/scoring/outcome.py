"""The arithmetic: points, coverage, the band they reach, and the caps that hold it down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from quality.scoring.answers import AnswerValue
from quality.scoring.inputs import QuestionInput, StandardInput
from quality.scoring.rules import AnswerCap, Band, Cap, Rules, Scope

__all__ = ["Case", "Limit", "Outcome", "Tally", "band_of", "weigh", "weigh_again"]


@dataclass(frozen=True, slots=True)
class Tally:
    """Weighted points earned, the most there were to earn, and the weight seen of the weight that applies."""

    points: int = 0
    most: int = 0
    seen: int = 0
    applicable: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.points + other.points,
            self.most + other.most,
            self.seen + other.seen,
            self.applicable + other.applicable,
        )

    @property
    def share(self) -> Fraction | None:
        """The score as a share, or None where nothing counted."""
        return Fraction(self.points, self.most) if self.most else None


@dataclass(frozen=True, slots=True)
class Limit:
    """A cap that applies, and what makes it apply: critical questions, or codes of standards or domains."""

    cap: Cap
    questions: tuple[QuestionInput, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One level with everything that led to it."""

    tally: Tally
    critical: tuple[QuestionInput, ...]
    by_score: Band | None
    limits: tuple[Limit, ...]
    level: Band | None


Levels = Mapping[Scope, Mapping[str, Outcome]]


@dataclass(frozen=True, slots=True)
class Case:
    """The outcomes of one set of answers, by code."""

    standards: dict[str, Outcome]
    domains: dict[str, Outcome]
    overall: Outcome


def weigh(standards: Iterable[StandardInput], rules: Rules) -> Case:
    """The outcomes of these standards, of their domains, and overall."""
    standards = tuple(standards)
    outcomes = {standard.code: _of_standard(standard, rules) for standard in standards}
    members: dict[str, list[str]] = {}
    for standard in standards:
        members.setdefault(standard.domain_code, []).append(standard.code)
    domains = {
        code: _of_parts(Scope.DOMAIN, {Scope.STANDARD: {each: outcomes[each] for each in inside}}, rules)
        for code, inside in members.items()
    }
    return Case(outcomes, domains, _overall(outcomes, domains, rules))


def weigh_again(case: Case, changed: StandardInput, neighbours: Iterable[str], rules: Rules) -> Case:
    """The same case with one standard changed; `neighbours` are the codes of all standards of its domain."""
    outcomes = {**case.standards, changed.code: _of_standard(changed, rules)}
    inside = {Scope.STANDARD: {each: outcomes[each] for each in neighbours}}
    domains = {**case.domains, changed.domain_code: _of_parts(Scope.DOMAIN, inside, rules)}
    return Case(outcomes, domains, _overall(outcomes, domains, rules))


def _overall(standards: dict[str, Outcome], domains: dict[str, Outcome], rules: Rules) -> Outcome:
    return _of_parts(Scope.OVERALL, {Scope.STANDARD: standards, Scope.DOMAIN: domains}, rules)


def _of_standard(standard: StandardInput, rules: Rules) -> Outcome:
    tally = sum((_of_question(question, rules) for question in standard.questions), Tally())
    critical = tuple(question for question in standard.questions if question.critical)
    return _outcome(Scope.STANDARD, tally, critical, {}, rules)


def _of_parts(scope: Scope, levels: Levels, rules: Rules) -> Outcome:
    """A domain, or the whole, is scored over all its questions together, each with its own weight."""
    standards = levels[Scope.STANDARD].values()
    tally = sum((standard.tally for standard in standards), Tally())
    critical = tuple(question for standard in standards for question in standard.critical)
    return _outcome(scope, tally, critical, levels, rules)


def _of_question(question: QuestionInput, rules: Rules) -> Tally:
    value, weight = question.value, question.weight
    if value is None or value is AnswerValue.NOT_SEEN:
        return Tally(applicable=weight)
    if not value.is_scored:
        return Tally()
    return Tally(weight * rules.scale.points_of(value), weight * rules.scale.most, weight, weight)


def _outcome(
    scope: Scope, tally: Tally, critical: tuple[QuestionInput, ...], levels: Levels, rules: Rules
) -> Outcome:
    limits = tuple(
        limit
        for cap in rules.caps
        if scope in cap.scopes and (limit := _limit(cap, critical, levels, rules)) is not None
    )
    by_score = _band(tally, rules)
    level = by_score and rules.lower([by_score, *(rules.band(limit.cap.at_most) for limit in limits)])
    return Outcome(tally, critical, by_score, limits, level)


def _band(tally: Tally, rules: Rules) -> Band | None:
    """The band the score reaches, or None where too little was seen to judge."""
    share = tally.share
    if share is None or tally.seen < rules.floor * tally.applicable:
        return None
    return band_of(share, rules)


def band_of(share: Fraction, rules: Rules) -> Band:
    """The band that a score reaches; a score on an edge belongs to the band that begins there."""
    return next(band for band in rules.bands if share >= band.edge)


def _limit(cap: Cap, critical: tuple[QuestionInput, ...], levels: Levels, rules: Rules) -> Limit | None:
    if isinstance(cap, AnswerCap):
        caught = tuple(question for question in critical if cap.catches(question.value))
        return Limit(cap, questions=caught) if len(caught) >= cap.how_many else None
    parts = tuple(
        code
        for code, outcome in levels[cap.part].items()
        if outcome.level and rules.rank(outcome.level.code) >= rules.rank(cap.level)
    )
    return Limit(cap, parts=parts) if len(parts) >= cap.how_many else None
