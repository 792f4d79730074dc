"""The procedure in one table: every state an audit can be in, and every move between them.

The guard, the buttons, the help text, the deadlines and the diagram in docs/lifecycle.md are all read from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quality.history.kinds import Kind
from quality.people.permissions import Permission


class Owner(StrEnum):
    """Whose turn it is while an audit is in a state."""

    OFFICER = "officer"
    MANAGER = "manager"
    NOBODY = "nobody"


class State(StrEnum):
    """Where an audit is. The value is stored; `words` are shown; `owner` has the next step."""

    words: str
    owner: Owner

    def __new__(cls, value: str, words: str = "", owner: Owner = Owner.NOBODY) -> State:
        """Keep words and owner beside the stored value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words, member.owner = words, owner
        return member

    PLANNED = "planned", "Planned", Owner.OFFICER
    VISITING = "visiting", "Visiting", Owner.OFFICER
    WRITING_UP = "writing_up", "Writing up", Owner.OFFICER
    IN_REVIEW = "in_review", "In review", Owner.MANAGER
    PUBLISHED = "published", "Published", Owner.NOBODY
    ABANDONED = "abandoned", "Abandoned", Owner.NOBODY

    @property
    def is_open(self) -> bool:
        """True until the audit is published or abandoned."""
        return self.owner is not Owner.NOBODY

    @property
    def is_being_recorded(self) -> bool:
        """True while answers, visits and findings can be written."""
        return self in {State.VISITING, State.WRITING_UP}


class MoveName(StrEnum):
    """The moves, by the word that an address and a button use."""

    START_VISIT = "start-visit"
    START_WRITE_UP = "start-write-up"
    SEND_FOR_REVIEW = "send-for-review"
    TAKE_BACK = "take-back"
    RETURN = "return"
    APPROVE = "approve"
    CORRECT = "correct"
    ABANDON = "abandon"


@dataclass(frozen=True)
class Move:
    """One row of the table."""

    name: MoveName
    from_states: tuple[State, ...]
    to_state: State
    permission: Permission
    event: Kind
    button: str
    help: str
    # The setting that says how many working days the next owner has; empty where nothing is due.
    deadline: str = ""
    # The task that is queued in the same transaction, with the audit's number.
    effect: str = ""
    needs_reason: bool = False
    # A move that is another person's judgement is closed to everybody who took part in the audit.
    independent: bool = False
    # Undoing what the recording side did is theirs alone; a manager returns an audit instead, with a reason.
    participants_only: bool = False


MOVES: tuple[Move, ...] = (
    Move(
        MoveName.START_VISIT,
        (State.PLANNED,),
        State.VISITING,
        Permission.RECORD_AUDITS,
        Kind.VISIT_STARTED,
        "Start the visit",
        "From now on answers and findings can be recorded. CQC's ratings are pinned as they stand today.",
    ),
    Move(
        MoveName.START_WRITE_UP,
        (State.VISITING,),
        State.WRITING_UP,
        Permission.RECORD_AUDITS,
        Kind.WRITE_UP_STARTED,
        "Finish the visit",
        "The visit is over. Answers and findings can still be written until the audit is sent for review.",
        deadline="write_up_working_days",
    ),
    Move(
        MoveName.SEND_FOR_REVIEW,
        (State.VISITING, State.WRITING_UP),
        State.IN_REVIEW,
        Permission.RECORD_AUDITS,
        Kind.SENT_FOR_REVIEW,
        "Send for review",
        "A manager who took no part in the audit reads it. Nothing can be changed while it is with them.",
        deadline="review_working_days",
        effect="reports.draft",
    ),
    Move(
        MoveName.TAKE_BACK,
        (State.IN_REVIEW,),
        State.WRITING_UP,
        Permission.RECORD_AUDITS,
        Kind.AUDIT_REOPENED,
        "Take back from review",
        "The audit can be changed again and has to be sent for review once more.",
        deadline="write_up_working_days",
        participants_only=True,
    ),
    Move(
        MoveName.RETURN,
        (State.IN_REVIEW,),
        State.WRITING_UP,
        Permission.REVIEW_AUDITS,
        Kind.AUDIT_RETURNED,
        "Return to the officer",
        "The officer is told why and can change the audit again.",
        deadline="write_up_working_days",
        needs_reason=True,
    ),
    Move(
        MoveName.APPROVE,
        (State.IN_REVIEW,),
        State.PUBLISHED,
        Permission.REVIEW_AUDITS,
        Kind.AUDIT_APPROVED,
        "Approve and issue the report",
        "The report is drawn up from exactly what is shown here, and the provider is told. This cannot be undone.",
        effect="reports.issue",
        independent=True,
    ),
    Move(
        MoveName.CORRECT,
        (State.PUBLISHED,),
        State.WRITING_UP,
        Permission.REVIEW_AUDITS,
        Kind.CORRECTION_BEGUN,
        "Correct the report",
        "The audit can be changed again. Once it is approved anew, a new version of the report says what changed and "
        "replaces the one that was issued, which stays as it is until then.",
        deadline="write_up_working_days",
        needs_reason=True,
    ),
    Move(
        MoveName.ABANDON,
        (State.PLANNED, State.VISITING, State.WRITING_UP),
        State.ABANDONED,
        Permission.RECORD_AUDITS,
        Kind.AUDIT_ABANDONED,
        "Abandon the audit",
        "For a service that closed or an audit planned by mistake. Everything recorded so far is kept.",
        needs_reason=True,
    ),
)

BY_NAME: dict[MoveName, Move] = {move.name: move for move in MOVES}


def moves_from(state: State) -> tuple[Move, ...]:
    """The moves that lead out of a state, in the table's order."""
    return tuple(move for move in MOVES if state in move.from_states)


def as_mermaid() -> str:
    """The table as a state diagram in Mermaid's notation, as docs/lifecycle.md shows it."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.PLANNED.value}: plan"]
    for move in MOVES:
        lines += [
            f"    {state.value} --> {move.to_state.value}: {move.name.value}" for state in move.from_states
        ]
    lines += [f"    {state.value} --> [*]" for state in State if not state.is_open]
    return "\n".join(lines)
