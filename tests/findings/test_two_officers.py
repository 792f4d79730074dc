"""Two officers write to one audit in every order: each text they type is found again, whatever the other does."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.core.database import db
from quality.findings import queries
from quality.findings.merging import Content, TypedAnswer
from quality.findings.operations import Keep, save_answers, settle_held
from quality.frameworks.models import Question
from quality.history.models import Event
from quality.people.models import Person
from quality.scoring import AnswerValue
from tests.builders.audits import an_audit, an_officer
from tests.databases import Database

_texts = count(1)
OPEN, SAVE, SETTLE = "open", "save", "settle"
STEPS = st.lists(
    st.tuples(
        st.sampled_from((OPEN, SAVE, SAVE, SETTLE)),
        st.integers(0, 1),
        st.sets(st.integers(0, 2), max_size=3),
        st.sampled_from(Keep),
    ),
    max_size=14,
)


@dataclass
class Officer:
    """A person with a page open: what it showed when it was opened."""

    person: Person
    page: dict[int, Content] = field(default_factory=dict)


@dataclass
class Pair:
    """Two officers at one standard of one audit, and every text that a person has let go after seeing it."""

    audit: Audit
    questions: list[Question]
    officers: tuple[Officer, Officer]
    typed: set[str] = field(default_factory=set)
    let_go: set[str] = field(default_factory=set)

    def stored(self) -> dict[int, Content]:
        answers = queries.answers_of(self.audit)
        return {each.id: Content.of(answers.get(each.id)) for each in self.questions}

    def open(self, officer: Officer) -> None:
        officer.page = self.stored()

    def save(self, officer: Officer, touched: set[int]) -> None:
        """Type a new text into some questions of the page as it was opened, and send the whole page."""
        before, form = self.stored(), {}
        for place, question in enumerate(self.questions):
            shown = officer.page[question.id]
            value, words = shown.value, shown.evidence
            if place in touched:
                value, words = AnswerValue.PARTLY, f"Text {next(_texts)}."
                self.typed.add(words)
            form[question.id] = TypedAnswer(value, words, (), "", shown.fingerprint)
        result = save_answers(audit_id=self.audit.id, standard_code="1.1", typed=form, by=officer.person)
        for question in self.questions:
            if question.code in result.saved:
                assert before[question.id] in (officer.page[question.id], Content()), (
                    "Nobody overwrites the unseen."
                )
                self.let_go.add(before[question.id].evidence)
        self.open(officer)

    def settle(self, officer: Officer, keep: Keep) -> None:
        """Decide about the oldest text that waits, having looked at both."""
        waiting = queries.held_of(self.audit)
        if not waiting:
            return
        held, stored = waiting[0], self.stored()
        assert held.question_id is not None
        seen = stored[held.question_id]
        assert settle_held(
            audit_id=self.audit.id, held_id=held.id, keep=keep, seen=seen.fingerprint, by=officer.person
        )
        if keep is Keep.MINE:
            self.let_go.add(seen.evidence)
        if keep is Keep.THEIRS:
            self.let_go.add(held.typed["evidence"])

    def check(self) -> None:
        """Every text is stored, or waits for a decision, or was let go by somebody who had seen it."""
        kept = "\n".join(content.evidence for content in self.stored().values())
        waiting = "\n".join(held.typed["evidence"] for held in queries.held_of(self.audit))
        for words in self.typed:
            let_go = any(words in gone for gone in self.let_go)
            assert words in kept or words in waiting or let_go, f"“{words}” is lost."


@pytest.fixture
def pair(session: Database) -> Pair:
    audit = an_audit(session, at=State.VISITING)
    colleague = an_officer(session, audit.local_authority)
    questions = queries.asked(audit)[1][0][1][:3]
    pair = Pair(audit, questions, (Officer(audit.lead), Officer(colleague)))
    for officer in pair.officers:
        pair.open(officer)
    return pair


# Each example goes on from where the last one ended, so the audit need not be made anew.
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_order_of_saving_and_deciding_loses_a_text(
    pair: Pair, steps: list[tuple[str, int, set[int], Keep]]
) -> None:
    for step, who, touched, keep in steps:
        officer = pair.officers[who]
        if step == OPEN:
            pair.open(officer)
        elif step == SAVE:
            pair.save(officer, touched)
        else:
            pair.settle(officer, keep)
        pair.check()
    recorded = "\n".join(
        db.session.scalars(
            select(Event.details).where(Event.record_id == pair.audit.id, Event.record_type == "audit")
        )
    )
    assert all(words in recorded for words in pair.typed), (
        "The history holds every text that reached the service."
    )
