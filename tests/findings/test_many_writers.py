"""32 officers answer at once, each on a connection of their own: every text is stored or held."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.core.database import db
from quality.findings import queries
from quality.findings.merging import Content, TypedAnswer
from quality.findings.operations import save_answers
from quality.history.queries import verify
from quality.people.models import Person
from quality.scoring import AnswerValue
from tests.builders.audits import an_audit, an_officer

InThreads = Callable[..., list[object]]
WRITERS = 32


def test_32_officers_who_answer_one_audit_at_once_lose_nothing(
    fresh_database: Flask, in_threads: InThreads
) -> None:
    with fresh_database.app_context():
        audit = an_audit(db.session, State.VISITING)
        people = [an_officer(db.session, audit.local_authority).id for _ in range(WRITERS)]
        standards = [
            (one.code, [each.id for each in questions]) for one, questions in queries.asked(audit)[1]
        ]
        audit_id, council_id = audit.id, audit.local_authority_id
        db.session.commit()
    code, (first, *_) = standards[0]
    # Each has a question of their own, as far as there are enough, and all answer the first question.
    own = dict(
        zip(
            people, [(one, each) for one, asked in standards for each in asked if each != first], strict=False
        )
    )

    def write(person_id: int) -> None:
        words, (own_code, own_question) = f"Of officer {person_id}.", own[person_id]
        with fresh_database.app_context():
            typed = TypedAnswer(AnswerValue.MET, words, seen=Content().fingerprint)
            for standard_code, question in ((own_code, own_question), (code, first)):
                person = db.session.get_one(Person, person_id)
                save_answers(
                    audit_id=audit_id, standard_code=standard_code, typed={question: typed}, by=person
                )
                db.session.commit()

    results = in_threads(write, people)
    assert [each for each in results if isinstance(each, Exception)] == []
    with fresh_database.app_context():
        audit = db.session.get_one(Audit, audit_id)
        answers, held = queries.answers_of(audit), queries.held_of(audit)
        for person_id in people:
            assert answers[own[person_id][1]].evidence == f"Of officer {person_id}."
        shared = [answers[first].evidence, *(each.typed["evidence"] for each in held)]
        assert sorted(shared) == sorted(f"Of officer {person_id}." for person_id in people)
        assert verify(council_id).fault is None
