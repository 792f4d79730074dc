"""The table itself: whole, without dead ends, and as the paper shows it."""

from __future__ import annotations

from dataclasses import fields

import pytest

from config import Settings
from quality.audits.diagram import PAPER, redrawn
from quality.audits.lifecycle import BY_NAME, MOVES, MoveName, Owner, State, moves_from
from quality.history.kinds import Kind
from quality.people.permissions import Permission


def test_every_move_has_one_row() -> None:
    assert set(BY_NAME) == set(MoveName)
    assert len(MOVES) == len(MoveName)


def test_every_state_can_be_reached() -> None:
    reached = {State.PLANNED, *(move.to_state for move in MOVES)}
    assert reached == set(State)


@pytest.mark.parametrize("state", State)
def test_an_open_state_has_an_owner_who_can_move_on_and_a_closed_one_has_no_way_out_but_correcting(
    state: State,
) -> None:
    permissions = {move.permission for move in moves_from(state)}
    needed = {Owner.OFFICER: Permission.RECORD_AUDITS, Owner.MANAGER: Permission.REVIEW_AUDITS}
    if state is State.PUBLISHED:
        assert {move.name for move in moves_from(state)} == {MoveName.CORRECT}
    else:
        assert (needed[state.owner] in permissions) if state.is_open else not permissions


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_every_move_has_words_and_an_event_with_a_sentence(move: object) -> None:
    texts = [getattr(move, one.name) for one in fields(move) if one.name in {"button", "help"}]  # type: ignore[arg-type]
    assert all(len(text) > 5 for text in texts)


def test_no_two_moves_leave_the_same_event() -> None:
    assert len({move.event for move in MOVES}) == len(MOVES)
    assert all(isinstance(move.event, Kind) for move in MOVES)


def test_every_deadline_is_a_setting() -> None:
    assert {move.deadline for move in MOVES if move.deadline} <= set(Settings.model_fields)


def test_only_a_manager_can_publish_and_never_their_own() -> None:
    to_published = [move for move in MOVES if move.to_state is State.PUBLISHED]
    assert to_published
    assert all(move.independent and move.permission is Permission.REVIEW_AUDITS for move in to_published)


def test_the_paper_shows_the_table_as_it_is() -> None:
    paper = PAPER.read_text(encoding="utf-8")
    assert redrawn(paper) == paper, "Run `flask audits lifecycle --write`."


def test_a_paper_without_its_markers_is_left_alone() -> None:
    with pytest.raises(ValueError, match="markers"):
        redrawn("# The life of an audit\n")
