"""Rules and answers to try the arithmetic on. The rules are the published ones, so that examples read as real ones."""

from quality.frameworks.definition import DATA, read_definition
from quality.scoring import AnswerValue, Judgement, QuestionInput, Rules, StandardInput, judge

MET, MOSTLY, PARTLY, NOT_MET, NOT_SEEN, NOT_APPLICABLE = AnswerValue

RULES: Rules = read_definition(DATA / "provider-quality-v1").rules


def a_question(
    code: str,
    value: AnswerValue | None,
    *,
    weight: int = 1,
    critical: bool = False,
    methods: tuple[str, ...] = (),
    evidence: str | None = None,
) -> QuestionInput:
    """A question that only says what matters to the example."""
    return QuestionInput(code, f"The text of {code}.", weight, critical, value, frozenset(methods), evidence)


def a_standard(code: str, *questions: QuestionInput) -> StandardInput:
    """A standard in the domain that its code begins with."""
    domain = code.partition(".")[0]
    return StandardInput(code, f"Standard {code}", domain, f"Domain {domain}", questions)


def of_values(code: str, *values: AnswerValue | None, critical: bool = False) -> StandardInput:
    """A standard with these answers to questions of weight 1; the first may be critical."""
    questions = (
        a_question(f"{code}.{number}", value, critical=critical and number == 1)
        for number, value in enumerate(values, 1)
    )
    return a_standard(code, *questions)


def judged(*standards: StandardInput) -> Judgement:
    """The judgement of these standards by the published rules."""
    return judge(standards, RULES)
