"""Judging against a published framework: the scale of answers, the rules, the arithmetic and its reasons.

Pure Python on exact fractions. It knows no framework, no database and no web page: answers and rules go in,
and a judgement that explains itself comes out.

The statistics of the market are here too, and are imported by the name of their module: `proportions`, `differences`,
`ranks`, `agreement`, `durations`, `contributions`. They know no services either, only counts.
"""

from quality.scoring.answers import AnswerValue
from quality.scoring.inputs import QuestionInput, StandardInput
from quality.scoring.judge import judge
from quality.scoring.judgement import (
    NOT_JUDGED,
    Change,
    Counts,
    Coverage,
    DomainJudgement,
    Judged,
    Judgement,
    Reason,
    ReasonKind,
    StandardJudgement,
)
from quality.scoring.percentages import percent, percent_of, percentage, points
from quality.scoring.rules import AnswerCap, Band, Cap, LevelCap, Rules, RulesError, Scale, ScaleStep, Scope
from quality.scoring.wording import band_range, rules_in_words

__all__ = [
    "NOT_JUDGED",
    "AnswerCap",
    "AnswerValue",
    "Band",
    "Cap",
    "Change",
    "Counts",
    "Coverage",
    "DomainJudgement",
    "Judged",
    "Judgement",
    "LevelCap",
    "QuestionInput",
    "Reason",
    "ReasonKind",
    "Rules",
    "RulesError",
    "Scale",
    "ScaleStep",
    "Scope",
    "StandardInput",
    "StandardJudgement",
    "band_range",
    "judge",
    "percent",
    "percent_of",
    "percentage",
    "points",
    "rules_in_words",
]
