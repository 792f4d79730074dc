"""Small pieces of sentences: lists of codes, plurals, and the published rules in words."""

from collections.abc import Sequence

from quality.scoring.answers import AnswerValue
from quality.scoring.percentages import percent
from quality.scoring.rules import AnswerCap, Band, Cap, LevelCap, Rules

__all__ = ["ANSWERED", "band_range", "codes", "listed", "rules_in_words"]

LONGEST_LIST = 8
"""A sentence names this many codes; beyond that it gives the number. The reason still carries them all."""

ANSWERED = {
    AnswerValue.MET: "met",
    AnswerValue.MOSTLY: "mostly met",
    AnswerValue.PARTLY: "only partly met",
    AnswerValue.NOT_MET: "not met",
    AnswerValue.NOT_SEEN: "not seen",
    AnswerValue.NOT_APPLICABLE: "not applicable",
    None: "not answered yet",
}
"""An answer inside a sentence, after "was" or in brackets."""


def listed(items: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def codes(noun: str, names: Sequence[str], last: str = "and") -> str:
    """ "question 1.2.3", "questions 1.2.3 and 1.2.4", or "19 questions" when there are too many to name."""
    if len(names) == 1:
        return f"{noun} {names[0]}"
    if len(names) > LONGEST_LIST:
        return f"{len(names)} {noun}s"
    return f"{noun}s {listed(names, last)}"


def band_range(band: Band, rules: Rules) -> str:
    """The scores of a band in words, e.g. "from 70% to below 90%"."""
    rank = rules.rank(band.code)
    if rank == 0:
        return f"{percent(band.edge)} or more"
    above = percent(rules.bands[rank - 1].edge)
    return f"below {above}" if band.edge == 0 else f"from {percent(band.edge)} to below {above}"


def rules_in_words(rules: Rules) -> tuple[str, ...]:
    """The rules as sentences, for the report and for whoever wants to check a judgement by hand."""
    points = [f"{step.value.words} {step.points}" for step in rules.scale.steps if step.points is not None]
    return (
        f"Each answer earns points ({listed(points)}), multiplied by the weight of its question.",
        "A score is the points earned as a share of the points that the questions counted could have earned. "
        "A domain, and the service overall, is scored over all its questions together.",
        "A question that does not apply is left out altogether. One that was not seen is left out of the "
        "score and lowers the coverage, which is reckoned by weight. Below a coverage of "
        f"{percent(rules.floor)} there is no judgement.",
        *(f"{band.words}: {band_range(band, rules)}. {band.meaning}" for band in rules.bands),
        *(_cap_in_words(cap, rules) for cap in rules.caps),
    )


def _cap_in_words(cap: Cap, rules: Rules) -> str:
    judged = listed([scope.subject.replace("this", "a") for scope in cap.scopes], "or")
    highest = rules.band(cap.at_most).words
    return (
        f"{judged[:1].upper()}{judged[1:]} cannot be judged higher than {highest} {_condition(cap, rules)}."
    )


def _condition(cap: Cap, rules: Rules) -> str:
    if isinstance(cap, LevelCap):
        level = rules.band(cap.level).words
        lowest = cap.level == rules.bands[-1].code
        return f"while {_number(cap.how_many, cap.part)} judged {level}{'' if lowest else ' or lower'}"
    return f"while {_number(cap.how_many, 'critical question')} {_caught(cap)}"


def _number(least: int, noun: str) -> str:
    return f"any {noun} in it is" if least == 1 else f"{least} or more {noun}s in it are"


def _caught(cap: AnswerCap) -> str:
    if cap.critical_answer in (AnswerValue.NOT_SEEN, AnswerValue.NOT_MET):
        return ANSWERED[cap.critical_answer]
    return f"{ANSWERED[cap.critical_answer]} or worse"
