"""The trace of a judgement: one plain sentence for each thing that counted, or that would change it."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from quality.scoring.answers import AnswerValue
from quality.scoring.inputs import QuestionInput
from quality.scoring.judgement import Change, Counts, Coverage, Reason, ReasonKind
from quality.scoring.limits import limit_reasons, unjudged_reasons
from quality.scoring.outcome import Outcome, Tally, band_of
from quality.scoring.percentages import percent, percentage
from quality.scoring.rules import Band, Rules, Scope
from quality.scoring.wording import ANSWERED, band_range, codes, listed

__all__ = ["is_on_edge", "trace_of"]

_UNSEEN = (
    "it is left out of the score, and lowers the coverage",
    "they are left out of the score, and lower the coverage",
)
_NOT_THERE = ("it is left out altogether", "they are left out altogether")


def trace_of(
    scope: Scope,
    questions: Sequence[QuestionInput],
    outcome: Outcome,
    changes: Sequence[Change],
    rules: Rules,
) -> tuple[Reason, ...]:
    """Every reason for one level, in the order a reader needs them."""
    return (
        *_what_counted(Counts.of(questions), questions, outcome.tally),
        *_what_was_left_out(questions),
        *_how_much_was_seen(scope, outcome, rules),
        *_the_band(outcome, rules),
        *limit_reasons(scope, outcome, rules),
        *_the_next_bands(outcome, rules),
        *_single_answers(scope, outcome, changes, rules),
        *_evidence_used_twice(questions),
        *(_one_method_alone(questions) if outcome.level else ()),
    )


def is_on_edge(outcome: Outcome) -> bool:
    """Whether the score lies exactly on the lower edge of its band, and that is an edge to fall from."""
    band = outcome.by_score
    return band is not None and band.edge > 0 and outcome.tally.share == band.edge


def _what_counted(counts: Counts, questions: Sequence[QuestionInput], tally: Tally) -> Iterator[Reason]:
    counted = tuple(each.code for each in questions if each.value is not None and each.value.is_scored)
    if not counts.applicable:
        sentence = "No question here applies to this service."
    elif tally.share is None:
        sentence = "No answer to a question that applies could be counted."
    else:
        sentence = (
            f"{_of_those_that_apply(counts.counted, counts.applicable)} counted and earned "
            f"{tally.points} of {tally.most} points ({percent(tally.share)})."
        )
    yield Reason(ReasonKind.COUNTED, sentence, counted)


def _of_those_that_apply(counted: int, applicable: int) -> str:
    if applicable == 1:
        return "The one question that applies was"
    if counted == applicable:
        return f"{'Both' if applicable == 2 else f'All {applicable}'} questions that apply were"
    return f"{counted} of the {applicable} questions that apply {'was' if counted == 1 else 'were'}"


def _what_was_left_out(questions: Sequence[QuestionInput]) -> Iterator[Reason]:
    for value, said, effect in (
        (AnswerValue.NOT_SEEN, ("was not seen", "were not seen"), _UNSEEN),
        (None, ("is not answered yet", "are not answered yet"), _UNSEEN),
        (AnswerValue.NOT_APPLICABLE, ("does not apply", "do not apply"), _NOT_THERE),
    ):
        names = tuple(each.code for each in questions if each.value is value)
        if names:
            many = len(names) > 1
            sentence = f"{_capital(codes('question', names))} {said[many]}: {effect[many]}."
            yield Reason(ReasonKind.LEFT_OUT, sentence, names)


def _how_much_was_seen(scope: Scope, outcome: Outcome, rules: Rules) -> Iterator[Reason]:
    tally = outcome.tally
    if tally.seen == tally.applicable:
        return
    words, floor = Coverage(tally.seen, tally.applicable).words, percent(rules.floor)
    if outcome.by_score:
        sentence = f"What was seen covers {words}, and at least {floor} is needed for a judgement."
        yield Reason(ReasonKind.COVERAGE, sentence)
        return
    missing = max(ceil(rules.floor * tally.applicable) - tally.seen, 1)
    yield Reason(
        ReasonKind.NOT_JUDGED,
        f"What was seen covers only {words}, and at least {floor} is needed, so {scope.subject} is not "
        f"judged. Seeing more questions, with a weight of {missing} or more together, would be enough.",
    )
    yield from unjudged_reasons(outcome)


def _the_band(outcome: Outcome, rules: Rules) -> Iterator[Reason]:
    band, share = outcome.by_score, outcome.tally.share
    if band is None or share is None:
        return
    yield Reason(
        ReasonKind.BAND,
        f"A score of {percent(share)} is in the {band.words} band, which is {band_range(band, rules)}.",
    )
    if is_on_edge(outcome):
        sentence = f"The score is exactly on the edge of the {band.words} band, with no point to spare."
        yield Reason(ReasonKind.EDGE, sentence)
    above = _band_above(band, rules)
    if above and percentage(share) >= percentage(above.edge):
        sentence = (
            f"The score is shown rounded. Exactly, it is {outcome.tally.points} of {outcome.tally.most} "
            f"points, just under the {percent(above.edge)} that the {above.words} band begins at."
        )
        yield Reason(ReasonKind.EDGE, sentence)


def _the_next_bands(outcome: Outcome, rules: Rules) -> Iterator[Reason]:
    """The band is looked up, not assumed: where points are few, one of them can pass over a narrow band."""
    band, tally = outcome.by_score, outcome.tally
    if band is None:
        return
    above = _band_above(band, rules)
    if above:
        more = ceil(above.edge * tally.most) - tally.points
        reached = band_of(Fraction(tally.points + more, tally.most), rules).words
        sentence = f"By score, {_points(more, 'more')} of {tally.most} would reach the {reached} band."
        yield Reason(ReasonKind.NEXT_BAND, sentence)
    if band.edge > 0:
        fewer = tally.points - ceil(band.edge * tally.most) + 1
        reached = band_of(Fraction(tally.points - fewer, tally.most), rules).words
        sentence = f"By score, {_points(fewer, 'fewer')} of {tally.most} would fall into the {reached} band."
        yield Reason(ReasonKind.NEXT_BAND, sentence)


def _single_answers(
    scope: Scope, outcome: Outcome, changes: Sequence[Change], rules: Rules
) -> Iterator[Reason]:
    if outcome.level is None:
        return
    if not changes:
        sentence = f"No single answer, moved by one step, would change how {scope.subject} is judged."
        yield Reason(ReasonKind.ONE_ANSWER, sentence)
    for level in rules.bands:
        group = [change for change in changes if change.level == level]
        if group:
            up = rules.rank(level.code) < rules.rank(outcome.level.code)
            yield Reason(
                ReasonKind.ONE_ANSWER,
                _one_answer(scope, group, level, up=up),
                tuple(change.question for change in group),
            )


def _one_answer(scope: Scope, group: Sequence[Change], level: Band, *, up: bool) -> str:
    better = "better" if up else "worse"
    effect = f"would {'raise' if up else 'lower'} {scope.subject} to {level.words}"
    if len(group) == 1:
        was, becomes = (ANSWERED[each].removeprefix("only ") for each in (group[0].was, group[0].becomes))
        return f"One step {better} on question {group[0].question}, from {was} to {becomes}, {effect}."
    named = codes("question", [change.question for change in group])
    return f"One step {better} on {'either' if len(group) == 2 else 'any one'} of {named} {effect}."


def _evidence_used_twice(questions: Sequence[QuestionInput]) -> Iterator[Reason]:
    low: dict[str, list[str]] = {}
    for each in questions:
        if each.evidence and each.value is not None and each.value.is_low:
            low.setdefault(each.evidence, []).append(each.code)
    for names in low.values():
        if len(names) > 1:
            every = "both" if len(names) == 2 else "all"
            sentence = (
                f"The same evidence supports {codes('question', names)}, which were {every} answered partly "
                "met or not met. Check that one event does not count more than once."
            )
            yield Reason(ReasonKind.SAME_EVIDENCE, sentence, tuple(names))


def _one_method_alone(questions: Sequence[QuestionInput]) -> Iterator[Reason]:
    counted = [each for each in questions if each.methods and each.value is not None and each.value.is_scored]
    methods = sorted(frozenset[str]().union(*(each.methods for each in counted)))
    if len(methods) == 1:
        sentence = (
            f"All the evidence recorded here was gathered in one way alone ({listed(methods)}). "
            "The same thing seen in a second way would make the judgement firmer."
        )
        yield Reason(ReasonKind.ONE_METHOD, sentence, tuple(each.code for each in counted))


def _band_above(band: Band, rules: Rules) -> Band | None:
    rank = rules.rank(band.code)
    return rules.bands[rank - 1] if rank else None


def _points(number: int, which: str) -> str:
    return f"{number} {which} point{'' if number == 1 else 's'}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
