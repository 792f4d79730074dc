"""What is true of every audit under every allowed set of rules."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quality.scoring import (
    AnswerValue,
    Judged,
    Judgement,
    QuestionInput,
    Rules,
    Scope,
    StandardInput,
    judge,
)
from tests.scoring.examples import NOT_APPLICABLE, NOT_SEEN, RULES
from tests.scoring.strategies import audits, rule_sets

a_rule_set = st.one_of(st.just(RULES), rule_sets())


def everything_judged(judgement: Judgement) -> Iterator[tuple[tuple[Scope, str], Judged]]:
    yield (Scope.OVERALL, ""), judgement
    for domain in judgement.domains:
        yield (Scope.DOMAIN, domain.code), domain
        for standard in domain.standards:
            yield (Scope.STANDARD, standard.code), standard


def with_answer(
    audit: Sequence[StandardInput], question: QuestionInput, value: AnswerValue | None
) -> list[StandardInput]:
    def put(each: QuestionInput) -> QuestionInput:
        return replace(each, value=value) if each.code == question.code else each

    return [replace(each, questions=tuple(map(put, each.questions))) for each in audit]


def a_question_of(data: st.DataObject, audit: Sequence[StandardInput]) -> QuestionInput:
    return data.draw(st.sampled_from([question for standard in audit for question in standard.questions]))


@given(audits(), a_rule_set, st.data())
def test_a_better_answer_never_lowers_any_level_or_score(
    audit: list[StandardInput], rules: Rules, data: st.DataObject
) -> None:
    question = a_question_of(data, audit)
    better = question.value and question.value.one_step_up
    if better is None:
        return
    before = dict(everything_judged(judge(audit, rules)))
    after = dict(everything_judged(judge(with_answer(audit, question, better), rules)))
    for key, was in before.items():
        becomes = after[key]
        assert becomes.points >= was.points
        assert (was.level is None) == (becomes.level is None)
        if was.level and becomes.level:
            assert rules.rank(becomes.level.code) <= rules.rank(was.level.code)


@given(audits(), a_rule_set, st.randoms(use_true_random=False))
def test_the_order_in_which_answers_are_given_never_matters(
    audit: list[StandardInput], rules: Rules, random: Random
) -> None:
    shuffled = [
        replace(each, questions=tuple(random.sample(each.questions, len(each.questions))))
        for each in random.sample(audit, len(audit))
    ]
    assert judge(shuffled, rules) == judge(audit, rules)


@given(audits(), a_rule_set, st.data())
def test_a_question_that_does_not_apply_might_as_well_not_be_there(
    audit: list[StandardInput], rules: Rules, data: st.DataObject
) -> None:
    question = a_question_of(data, audit)
    not_there = [
        replace(each, questions=tuple(one for one in each.questions if one.code != question.code))
        for each in audit
    ]
    not_applicable = with_answer(audit, question, NOT_APPLICABLE)
    without = dict(everything_judged(judge(not_there, rules)))
    for key, judged in everything_judged(judge(not_applicable, rules)):
        assert (judged.level, judged.share, judged.coverage) == (
            without[key].level,
            without[key].share,
            without[key].coverage,
        )


@given(audits(), a_rule_set, st.data())
def test_a_question_that_was_not_seen_keeps_the_score_and_adds_to_what_applies(
    audit: list[StandardInput], rules: Rules, data: st.DataObject
) -> None:
    question = a_question_of(data, audit)
    left_out = judge(with_answer(audit, question, NOT_APPLICABLE), rules)
    not_seen = judge(with_answer(audit, question, NOT_SEEN), rules)
    assert not_seen.share == left_out.share
    assert not_seen.coverage.seen == left_out.coverage.seen
    assert not_seen.coverage.applicable == left_out.coverage.applicable + question.weight


@given(audits(), a_rule_set)
def test_an_unanswered_question_is_judged_like_one_that_was_not_seen(
    audit: list[StandardInput], rules: Rules
) -> None:
    answered = [
        replace(
            each,
            questions=tuple(
                replace(one, value=NOT_SEEN if one.value is None else one.value) for one in each.questions
            ),
        )
        for each in audit
    ]
    before, after = judge(audit, rules), judge(answered, rules)
    assert [each.level for _, each in everything_judged(before)] == [
        each.level for _, each in everything_judged(after)
    ]


@given(audits(), a_rule_set, st.data())
def test_what_is_said_about_changing_one_answer_is_so_for_every_answer_and_step(
    audit: list[StandardInput], rules: Rules, data: st.DataObject
) -> None:
    before = dict(everything_judged(judge(audit, rules)))
    question = a_question_of(data, audit)
    for becomes in (
        question.value and question.value.one_step_up,
        question.value and question.value.one_step_down,
    ):
        if becomes is None:
            continue
        for key, after in everything_judged(judge(with_answer(audit, question, becomes), rules)):
            said = [
                change.level
                for change in before[key].changes
                if change.question == question.code and change.becomes == becomes
            ]
            assert said == ([] if after.level == before[key].level else [after.level])


@given(audits(), a_rule_set)
def test_no_level_is_above_what_its_score_gives_or_any_cap_allows(
    audit: list[StandardInput], rules: Rules
) -> None:
    for _, judged in everything_judged(judge(audit, rules)):
        if judged.level is None or judged.level_by_score is None:
            assert judged.level is judged.level_by_score is None
            continue
        assert rules.rank(judged.level.code) >= rules.rank(judged.level_by_score.code)
        held_down = judged.level != judged.level_by_score
        assert held_down == any(reason.kind == "cap" for reason in judged.trace)


@given(audits(), a_rule_set)
def test_there_is_a_judgement_exactly_when_enough_was_seen(audit: list[StandardInput], rules: Rules) -> None:
    for _, judged in everything_judged(judge(audit, rules)):
        seen = judged.coverage.share
        enough = (
            judged.share is not None and seen is not None and seen >= Fraction(rules.coverage_floor) / 100
        )
        assert (judged.level is not None) == enough


@given(audits(), a_rule_set)
def test_every_question_is_either_counted_or_said_to_be_left_out(
    audit: list[StandardInput], rules: Rules
) -> None:
    for key, judged in everything_judged(judge(audit, rules)):
        named = [
            code
            for reason in judged.trace
            if reason.kind in ("counted", "left_out")
            for code in reason.questions
        ]
        inside = [
            question.code
            for standard in audit
            if key[1] in ("", standard.code, standard.domain_code)
            for question in standard.questions
        ]
        assert sorted(named) == sorted(inside)


@given(audits(), a_rule_set)
def test_every_reason_is_a_sentence(audit: list[StandardInput], rules: Rules) -> None:
    for _, judged in everything_judged(judge(audit, rules)):
        for reason in judged.trace:
            assert re.fullmatch(r"[A-Z0-9][^\n]*[a-z0-9)%]\.", reason.sentence)
            assert not re.search(r"  |\bNone\b|[<>{}_]", reason.sentence)
