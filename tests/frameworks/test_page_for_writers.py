"""The page for people who write frameworks shows one worked example; it must be what the arithmetic really says."""

from pathlib import Path

import pytest

from quality.frameworks.definition import DATA, ServiceType, read_definition
from quality.scoring import AnswerValue, Judgement, QuestionInput, StandardInput, judge, rules_in_words

FILE = Path(__file__).parents[2] / "docs" / "frameworks.md"
PAGE = " ".join(FILE.read_text(encoding="utf-8").replace("\n> ", "\n").split())
FRAMEWORK = read_definition(DATA / "provider-quality-v1")


@pytest.fixture(scope="module")
def example() -> Judgement:
    """Standard 3.3 of a supported living service, with every answer met but the first."""
    domain = FRAMEWORK.domains[2]
    medicines = domain.standards[2]
    questions = tuple(
        QuestionInput(
            each.code,
            each.text,
            each.weight,
            each.critical,
            AnswerValue.NOT_MET if each.code == "3.3.1" else AnswerValue.MET,
        )
        for each in medicines.questions_for(ServiceType.SUPPORTED_LIVING)
    )
    standard = StandardInput(medicines.code, medicines.title, domain.code, domain.title, questions)
    return judge([standard], FRAMEWORK.rules)


def test_the_worked_example_is_what_judging_says(example: Judgement) -> None:
    standard = example.standards[0]
    assert (standard.words, standard.points, standard.most) == ("Needs work", 24, 33)
    for reason in standard.trace:
        assert reason.sentence in PAGE


def test_the_page_states_every_published_rule() -> None:
    for sentence in rules_in_words(FRAMEWORK.rules):
        assert sentence in PAGE, sentence


def test_the_page_shows_the_weight_of_every_question_of_the_example(example: Judgement) -> None:
    for question in example.standards[0].questions:
        assert f"| {question.code} | {question.weight} |" in PAGE
