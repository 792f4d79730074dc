"""Two texts to one question: which one is written, which one is kept aside, and how both become one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.findings.merging import Content, Meeting, TypedAnswer, both, in_order, meet
from quality.findings.models import Method
from quality.scoring import AnswerValue

CONTENTS = st.builds(
    Content,
    value=st.none() | st.sampled_from(AnswerValue),
    evidence=st.text(max_size=12),
    methods=st.sets(st.sampled_from(Method)).map(in_order),
    why_not_applicable=st.text(max_size=12),
)
EMPTY = Content()
MET = Content(AnswerValue.MET, "Seen in six care plans.")
PARTLY = Content(AnswerValue.PARTLY, "Two of six care plans were out of date.")


def test_a_text_that_is_stored_already_changes_nothing() -> None:
    assert meet(typed=MET, stored=MET, seen="whatever the page had shown") is Meeting.SAME


def test_a_change_to_what_the_page_had_shown_is_written() -> None:
    assert meet(typed=PARTLY, stored=MET, seen=MET.fingerprint) is Meeting.WRITE


def test_a_question_that_was_not_touched_leaves_the_other_persons_newer_answer_alone() -> None:
    assert meet(typed=MET, stored=PARTLY, seen=MET.fingerprint) is Meeting.NOT_TOUCHED


def test_two_different_changes_of_the_same_answer_are_a_conflict() -> None:
    assert meet(typed=MET, stored=PARTLY, seen=EMPTY.fingerprint) is Meeting.CONFLICT


def test_what_is_typed_where_the_other_person_left_nothing_is_written() -> None:
    assert meet(typed=PARTLY, stored=EMPTY, seen=MET.fingerprint) is Meeting.WRITE


@given(typed=CONTENTS, stored=CONTENTS, seen=CONTENTS)
def test_nothing_stored_is_overwritten_unless_the_page_had_shown_it(
    typed: Content, stored: Content, seen: Content
) -> None:
    meeting = meet(typed=typed, stored=stored, seen=seen.fingerprint)
    if meeting is Meeting.WRITE:
        assert stored in (seen, EMPTY)


@given(typed=CONTENTS, stored=CONTENTS, seen=CONTENTS)
def test_what_was_typed_is_only_passed_over_when_it_was_not_typed_at_all(
    typed: Content, stored: Content, seen: Content
) -> None:
    meeting = meet(typed=typed, stored=stored, seen=seen.fingerprint)
    if meeting is Meeting.NOT_TOUCHED:
        assert typed == seen
    if meeting is Meeting.SAME:
        assert typed == stored


@given(one=CONTENTS, other=CONTENTS)
def test_fingerprints_are_the_same_exactly_when_the_contents_are(one: Content, other: Content) -> None:
    assert (one.fingerprint == other.fingerprint) is (one == other)


@given(content=CONTENTS)
def test_a_held_text_comes_back_exactly_as_it_was_typed(content: Content) -> None:
    assert Content.from_words(content.as_words()) == content


@given(stored=CONTENTS, typed=CONTENTS)
def test_keeping_both_keeps_every_word_of_both(stored: Content, typed: Content) -> None:
    kept = both(stored=stored, typed=typed, name="Ruth Bellamy")
    for one in (stored, typed):
        assert one.evidence in kept.evidence
        assert one.why_not_applicable in kept.why_not_applicable
        assert set(one.methods) <= set(kept.methods)
    assert kept.value == (stored.value or typed.value)


@given(stored=CONTENTS, typed=CONTENTS)
def test_keeping_both_says_the_answer_that_was_not_kept(stored: Content, typed: Content) -> None:
    kept = both(stored=stored, typed=typed, name="Ruth Bellamy")
    if stored.value and typed.value not in (None, stored.value):
        assert typed.value
        assert f"Ruth Bellamy answered “{typed.value.words}”" in kept.evidence


def test_keeping_both_says_who_wrote_the_second_text() -> None:
    kept = both(stored=MET, typed=Content(AnswerValue.MET, "The cook knew every diet."), name="Ruth Bellamy")
    assert kept.evidence == "Seen in six care plans.\n\nRuth Bellamy also wrote:\nThe cook knew every diet."


def test_keeping_both_of_two_answers_without_text_still_says_the_other_answer() -> None:
    kept = both(stored=Content(AnswerValue.MET), typed=Content(AnswerValue.NOT_MET), name="Ruth Bellamy")
    assert kept == Content(AnswerValue.MET, "Ruth Bellamy answered “Not met”.")


@pytest.mark.parametrize("order", [(Method.STAFF, Method.PEOPLE), (Method.PEOPLE, Method.STAFF)])
def test_methods_are_the_same_in_whatever_order_they_were_ticked(order: tuple[Method, ...]) -> None:
    assert in_order(order) == (Method.PEOPLE, Method.STAFF)


def test_what_a_form_brings_is_compared_without_what_it_had_seen() -> None:
    typed = TypedAnswer(AnswerValue.MET, "Seen in six care plans.", (), "", "a fingerprint")
    assert typed.content == MET
