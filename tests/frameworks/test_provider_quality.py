"""The framework that comes with the product: whether its content is whole, balanced and usable on a visit."""

import re
from collections import Counter

import pytest

from quality.frameworks.definition import (
    CQC_QUALITY_STATEMENTS,
    DATA,
    Element,
    KeyQuestion,
    QuestionDefinition,
    ServiceType,
    read_definition,
)
from quality.frameworks.vocabulary import CQC_RATING_WORDS

FRAMEWORK = read_definition(DATA / "provider-quality-v1")
QUESTIONS = list(FRAMEWORK.questions)

each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)


def test_it_has_five_domains_about_sixteen_standards_and_sixty_to_eighty_questions() -> None:
    assert (FRAMEWORK.code, FRAMEWORK.version) == ("provider-quality", 1)
    assert len(FRAMEWORK.domains) == 5
    assert 15 <= len(list(FRAMEWORK.standards)) <= 18
    assert 60 <= len(QUESTIONS) <= 80


@pytest.mark.parametrize("service_type", ServiceType)
def test_every_kind_of_service_is_asked_enough_in_every_standard(service_type: ServiceType) -> None:
    asked = [standard.questions_for(service_type) for standard in FRAMEWORK.standards]
    assert all(asked)
    assert sum(map(len, asked)) >= 45
    assert sum(question.critical for questions in asked for question in questions) >= 8


@pytest.mark.parametrize("service_type", ServiceType)
def test_every_kind_of_service_has_a_question_that_some_other_kind_is_not_asked(
    service_type: ServiceType,
) -> None:
    own = [each for each in QUESTIONS if service_type in each.service_types]
    assert any(len(each.service_types) <= 3 for each in own)


def test_every_key_question_and_element_is_touched_and_nearly_every_quality_statement() -> None:
    assert {each.key_question for each in QUESTIONS} == set(KeyQuestion)
    assert {each.element for each in QUESTIONS} == set(Element)
    touched = {each.quality_statement for each in QUESTIONS}
    assert len(touched) >= 28
    assert touched <= {name for names in CQC_QUALITY_STATEMENTS.values() for name in names}


def test_critical_questions_are_few_and_as_heavy_as_can_be() -> None:
    critical = [each for each in QUESTIONS if each.critical]
    assert 8 <= len(critical) <= 12
    assert {each.weight for each in critical} == {3}


def test_no_two_questions_say_the_same() -> None:
    repeated = [
        text for text, count in Counter(each.text.casefold() for each in QUESTIONS).items() if count > 1
    ]
    assert repeated == []


@each_question
def test_a_question_is_one_short_statement_that_can_be_met_or_not(question: QuestionDefinition) -> None:
    assert re.fullmatch(r"[A-Z][^.?!]*\.", question.text)
    assert 40 <= len(question.text) <= 130


@each_question
def test_the_guidance_can_be_read_on_site_and_says_what_poor_or_good_looks_like(
    question: QuestionDefinition,
) -> None:
    sentences = re.findall(r"[^.?!]+[.?!]", question.guidance)
    assert 2 <= len(sentences) <= 6
    assert 250 <= len(question.guidance) <= 550
    assert re.search(r"\b([Gg]ood|[Pp]oor)\b", question.guidance)


def test_what_good_looks_like_is_said_of_every_standard_in_a_sentence_or_two() -> None:
    for standard in FRAMEWORK.standards:
        assert 1 <= standard.good_looks_like.count(".") <= 2
        assert 40 <= len(standard.good_looks_like) <= 250
        assert len(standard.title) <= 60


def test_the_levels_cannot_be_mistaken_for_ratings_and_the_introduction_says_so() -> None:
    words = [band.words for band in FRAMEWORK.rules.bands]
    assert words == ["Strong", "Sound", "Needs work", "Serious concern"]
    assert not set(words) & set(CQC_RATING_WORDS)
    assert all(word in FRAMEWORK.introduction for word in words)
    assert "not ratings of the Care Quality Commission" in FRAMEWORK.introduction
    assert len(FRAMEWORK.introduction.split("\n\n")) == 4
