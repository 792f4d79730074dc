"""Which letter is right when."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.audits.lifecycle import State
from quality.core.errors import Refused
from quality.letters.kinds import LetterKind, Standing, check_is_right, why_not

STANDINGS = st.builds(
    Standing,
    state=st.sampled_from(list(State)),
    announced=st.booleans(),
    has_begun=st.booleans(),
    is_over=st.booleans(),
    is_issued=st.booleans(),
    dated=st.integers(0, 3),
)


def _right(state: State, **facts: Any) -> set[str]:
    usual = {"announced": True, "has_begun": False, "is_over": False, "is_issued": False, "dated": 0}
    standing = Standing(state=state, **(usual | facts))
    return {kind.value for kind in LetterKind if not why_not(kind, standing)}


def test_each_state_has_its_letters() -> None:
    assert _right(State.PLANNED) == {"notification", "document-request"}
    assert _right(State.VISITING) == _right(State.WRITING_UP) == {"document-request"}
    assert _right(State.IN_REVIEW) == {"draft-cover"}
    assert _right(State.PUBLISHED) == set()
    assert _right(State.PUBLISHED, is_issued=True) == {"outcome"}
    assert _right(State.PUBLISHED, is_issued=True, dated=1) == {"outcome", "plan-reminder"}
    assert _right(State.ABANDONED) == set()


def test_no_letter_announces_an_unannounced_visit() -> None:
    assert _right(State.PLANNED, announced=False) == set()
    assert _right(State.VISITING, announced=False) == {"document-request"}


def test_no_letter_announces_days_that_have_passed() -> None:
    assert _right(State.PLANNED, has_begun=True) == {"document-request"}
    assert _right(State.PLANNED, has_begun=True, is_over=True) == set()
    assert _right(State.VISITING, is_over=True) == {"document-request"}


@given(STANDINGS)
def test_no_letter_tells_of_an_outcome_that_is_not_issued(standing: Standing) -> None:
    if standing.state is not State.PUBLISHED or not standing.is_issued:
        assert why_not(LetterKind.OUTCOME, standing)
        assert why_not(LetterKind.PLAN_REMINDER, standing)


@given(STANDINGS)
def test_a_letter_that_is_wrong_is_refused_with_a_whole_sentence(standing: Standing) -> None:
    for kind in LetterKind:
        sentence = why_not(kind, standing)
        if sentence:
            assert sentence[0].isupper()
            assert sentence.endswith(".")
            with pytest.raises(Refused) as refusal:
                check_is_right(kind, standing)
            assert refusal.value.sentence == sentence
        else:
            check_is_right(kind, standing)
