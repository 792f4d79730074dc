"""The reasons that say which cap held a level down."""

from collections.abc import Iterator, Sequence

from quality.scoring.inputs import QuestionInput
from quality.scoring.judgement import Reason, ReasonKind
from quality.scoring.outcome import Limit, Outcome
from quality.scoring.rules import LevelCap, Rules, Scope
from quality.scoring.wording import ANSWERED, LONGEST_LIST, codes, listed

__all__ = ["limit_reasons", "unjudged_reasons"]


def limit_reasons(scope: Scope, outcome: Outcome, rules: Rules) -> Iterator[Reason]:
    """A reason for each cap that holds the level below what the score gives, the strictest first."""
    if outcome.by_score is None or outcome.level is None:
        return
    by_score = rules.rank(outcome.by_score.code)
    biting = [limit for limit in outcome.limits if rules.rank(limit.cap.at_most) > by_score]
    biting.sort(key=lambda each: -rules.rank(each.cap.at_most))
    for position, limit in enumerate(biting):
        if any(_says_it_already(stricter, limit) for stricter in biting[:position]):
            continue
        band = rules.band(limit.cap.at_most)
        if band == outcome.level:
            effect = f"On its score alone it would be {outcome.by_score.words}."
        else:
            effect = f"Something else already holds it at {outcome.level.words}."
        yield Reason(
            ReasonKind.CAP,
            f"{_cause(limit, rules)}, so {scope.subject} cannot be judged higher than {band.words}. {effect}",
            tuple(question.code for question in limit.questions),
            limit.parts,
        )


def unjudged_reasons(outcome: Outcome) -> Iterator[Reason]:
    """What a missing judgement must not hide: the critical questions that were answered low."""
    low = [each for each in outcome.critical if each.value is not None and each.value.is_low]
    if low:
        yield Reason(
            ReasonKind.NOT_JUDGED,
            f"That there is no judgement does not hide this: {_lower(_critical(low))}.",
            tuple(question.code for question in low),
        )


def _says_it_already(stricter: Limit, limit: Limit) -> bool:
    """A question that was not met is also at best partly met: the weaker cap on it adds nothing to read."""
    return set(limit.questions) <= set(stricter.questions) and set(limit.parts) <= set(stricter.parts)


def _cause(limit: Limit, rules: Rules) -> str:
    if not isinstance(limit.cap, LevelCap):
        return _critical(limit.questions)
    lowest = limit.cap.level == rules.bands[-1].code
    level = rules.band(limit.cap.level).words + ("" if lowest else " or lower")
    named = codes(limit.cap.part, limit.parts)
    return f"{named[:1].upper()}{named[1:]} {'is' if len(limit.parts) == 1 else 'are'} judged {level}"


def _critical(questions: Sequence[QuestionInput]) -> str:
    if len(questions) == 1:
        only = questions[0]
        verb = "is" if only.value is None else "was"
        return f"Question {only.code} is critical and {verb} {ANSWERED[only.value]}"
    answers = {question.value for question in questions}
    if len(answers) == 1 or len(questions) > LONGEST_LIST:
        said = listed(sorted(ANSWERED[answer] for answer in answers), "or")
        named = codes("question", [question.code for question in questions])
        return f"{named[:1].upper()}{named[1:]} are critical and were {said}"
    return f"Questions {listed([f'{each.code} ({ANSWERED[each.value]})' for each in questions])} are critical"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
