"""Saving answers, and deciding between two texts that met. Nothing that reaches the service is ever dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from quality.audits.models import Audit
from quality.audits.operations import lock_for_recording
from quality.core.clock import now
from quality.core.database import db
from quality.core.errors import Refused
from quality.core.pages import moment
from quality.findings import queries
from quality.findings.merging import Content, Meeting, TypedAnswer, both, meet
from quality.findings.models import Answer, HeldText
from quality.frameworks.models import Question
from quality.history.kinds import Kind
from quality.history.operations import record
from quality.people.models import Person


@dataclass(frozen=True)
class Conflict:
    """Two people changed the same answer: mine is held, theirs (saved first, by `who`) stands."""

    question: Question
    mine: Content
    theirs: Content
    who: str
    when: datetime


@dataclass(frozen=True)
class SaveResult:
    """What one save did, by the codes of the questions; each of `conflicts` waits for a decision."""

    saved: list[str]
    unchanged: list[str]
    conflicts: list[Conflict]


class Keep(StrEnum):
    """What a person decides between a text that is stored and one that is held."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"


def save_answers(
    *, audit_id: int, standard_code: str, typed: Mapping[int, TypedAnswer], by: Person
) -> SaveResult:
    """Save what was typed to the questions of one standard, by question number; complete or not, it is kept.

    An answer that somebody else changed meanwhile is not overwritten: the text is held, and the others are saved.
    Raises Moved, NotAllowed, or Refused when a question does not belong to the standard.
    """
    audit = lock_for_recording(audit_id, by=by)
    questions = _questions_of(audit, standard_code)
    if not typed.keys() <= questions.keys():
        raise Refused(f"Standard {standard_code} of this audit does not ask one of these questions.")
    stored = queries.answers_of(audit)
    result = SaveResult([], [], [])
    changes: dict[str, Any] = {}
    for question in (each for each in questions.values() if each.id in typed):
        mine, answer = typed[question.id], stored.get(question.id)
        meeting = meet(typed=mine.content, stored=Content.of(answer) if answer else None, seen=mine.seen)
        if meeting is Meeting.WRITE:
            changes[question.code] = _write(audit, question, answer, mine.content, by)
            result.saved.append(question.code)
        elif meeting is Meeting.CONFLICT and answer is not None:
            result.conflicts.append(
                Conflict(
                    question, mine.content, Content.of(answer), answer.answered_by.name, answer.answered_at
                )
            )
        else:
            result.unchanged.append(question.code)
    if changes:
        _record(Kind.ANSWERS_SAVED, audit, by, {"standard": standard_code, "changes": changes})
    _hold(audit, standard_code, result.conflicts, by)
    return result


def settle_held(*, audit_id: int, held_id: int, keep: Keep, seen: str, by: Person) -> bool:
    """Decide between a held text and the stored answer, whose fingerprint as it was shown is `seen`.

    False, and nothing is decided, when the answer is not the one that was shown any more, or was decided already.
    """
    audit = lock_for_recording(audit_id, by=by)
    held = next((each for each in queries.held_of(audit) if each.id == held_id), None)
    if held is None or held.question is None:
        return False
    answer = queries.answers_of(audit).get(held.question.id)
    stored = Content.of(answer)
    if stored.fingerprint != seen:
        return False
    typed = Content.from_words(held.typed)
    chosen = {
        Keep.THEIRS: stored,
        Keep.MINE: typed,
        Keep.BOTH: both(stored=stored, typed=typed, name=held.typed_by.name),
    }[keep]
    change = {"before": stored.as_words(), "after": stored.as_words()}
    if chosen != stored:
        change = _write(audit, held.question, answer, chosen, by)
    held.settled_at, held.settled_by_id = now(), by.id
    details = {
        "question": held.question.code,
        "kept": keep,
        "typed": held.typed,
        "typed_by": held.typed_by.name,
    }
    _record(Kind.TEXTS_SETTLED, audit, by, {**details, **change})
    return True


def _questions_of(audit: Audit, standard_code: str) -> dict[int, Question]:
    """The questions of one standard that are put to this service, by number and in order."""
    for standard, questions in queries.asked(audit)[1]:
        if standard.code == standard_code:
            return {question.id: question for question in questions}
    raise Refused(f"There is no standard {standard_code} in this audit.")


def _write(
    audit: Audit, question: Question, answer: Answer | None, content: Content, by: Person
) -> dict[str, Any]:
    before = Content.of(answer)
    if answer is None:
        answer = Answer(audit_id=audit.id, question_id=question.id)
        db.session.add(answer)
    answer.value = content.value
    answer.evidence = content.evidence
    answer.methods = [each.value for each in content.methods]
    answer.why_not_applicable = content.why_not_applicable
    answer.answered_by, answer.answered_at = by, now()
    return {"before": before.as_words(), "after": content.as_words()}


def _hold(audit: Audit, standard_code: str, conflicts: list[Conflict], by: Person) -> None:
    """Keep the texts that lost, each once however often the same form is sent."""
    waiting = [(each.question_id, each.typed_by_id, each.typed) for each in queries.held_of(audit)]
    new = [each for each in conflicts if (each.question.id, by.id, each.mine.as_words()) not in waiting]
    for each in new:
        because = (
            f"{each.who} saved another answer on {moment(each.when)}, after {by.name} had opened the page."
        )
        db.session.add(
            HeldText(
                audit_id=audit.id,
                question_id=each.question.id,
                typed_by_id=by.id,
                typed_at=now(),
                typed=each.mine.as_words(),
                because=because,
            )
        )
    if new:
        held = {each.question.code: each.mine.as_words() for each in new}
        _record(Kind.TEXTS_HELD, audit, by, {"standard": standard_code, "held": held})


def _record(kind: Kind, audit: Audit, by: Person, details: dict[str, Any]) -> None:
    db.session.flush()
    record(kind, council=audit.local_authority_id, about=("audit", audit.id), by=by, details=details)
