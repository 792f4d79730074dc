"""Saving answers: whatever is typed is kept, complete or not, and nobody overwrites what they have not seen."""

from __future__ import annotations

import pytest

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.core.errors import Moved, NotAllowed, Refused
from quality.findings import queries
from quality.findings.merging import Content
from quality.findings.models import HeldText, Method
from quality.findings.operations import Keep, save_answers, settle_held
from quality.history.kinds import Kind
from quality.history.queries import timeline
from quality.people.models import Person
from quality.people.permissions import Role
from quality.scoring import AnswerValue
from tests.builders.audits import an_audit, an_officer
from tests.builders.findings import an_audit_in_review, answered, question_of, save, typed
from tests.builders.people import a_council, a_person
from tests.databases import Database
from tests.findings.answering import stored

EMPTY = Content()


def a_conflict(audit: Audit, colleague: Person, code: str = "1.1.1") -> HeldText:
    """The lead saves an answer; the colleague saves another from a page that was opened before."""
    save(audit, code, AnswerValue.MET, "Staff knocked on every door.")
    save(audit, code, AnswerValue.PARTLY, "Two doors stood open.", seen=EMPTY, by=colleague)
    (held,) = queries.held_of(audit)
    return held


def test_an_answer_is_saved_with_who_and_when(audit: Audit) -> None:
    result = save(audit, "1.1.1", AnswerValue.MET, "Staff knocked.", methods=(Method.OBSERVATION,))
    assert result.saved == ["1.1.1"]
    answer = queries.answers_of(audit)[question_of(audit, "1.1.1").id]
    assert answer.answered_by == audit.lead
    assert stored(audit, "1.1.1") == Content(AnswerValue.MET, "Staff knocked.", (Method.OBSERVATION,))


@pytest.mark.parametrize(
    "incomplete",
    [
        Content(evidence="A text and no answer yet."),
        Content(value=AnswerValue.NOT_APPLICABLE),
        Content(methods=(Method.STAFF,)),
        Content(why_not_applicable="No lift in the house."),
        Content(value=AnswerValue.NOT_MET),
    ],
)
def test_an_incomplete_answer_is_saved_as_it_is(audit: Audit, incomplete: Content) -> None:
    save(
        audit,
        "1.1.1",
        incomplete.value,
        incomplete.evidence,
        methods=incomplete.methods,
        why=incomplete.why_not_applicable,
    )
    assert stored(audit, "1.1.1") == incomplete


def test_one_save_leaves_one_event_with_before_and_after(audit: Audit) -> None:
    save(audit, "1.1.1", AnswerValue.PARTLY, "First words.")
    save(audit, "1.1.1", AnswerValue.MET, "Second words.")
    newest = timeline("audit", audit.id)[0]
    assert newest.kind is Kind.ANSWERS_SAVED
    change = newest.details["changes"]["1.1.1"]
    assert (change["before"]["evidence"], change["after"]["evidence"]) == ("First words.", "Second words.")
    assert (change["before"]["value"], change["after"]["value"]) == ("partly", "met")


def test_saving_the_same_again_leaves_no_event(audit: Audit) -> None:
    save(audit, "1.1.1", AnswerValue.MET, "Staff knocked.")
    before = len(timeline("audit", audit.id))
    result = save(audit, "1.1.1", AnswerValue.MET, "Staff knocked.")
    assert result.unchanged == ["1.1.1"]
    assert len(timeline("audit", audit.id)) == before


def test_whoever_answers_takes_part(audit: Audit, colleague: Person) -> None:
    save(audit, "1.1.1", AnswerValue.MET, by=colleague)
    assert colleague.id in {one.person_id for one in audit.participants}


def test_two_people_who_answer_different_questions_of_a_standard_both_keep_their_answers(
    audit: Audit, colleague: Person
) -> None:
    page = typed(audit, "1.1.1", AnswerValue.MET, "Mine.") | typed(audit, "1.1.2")
    save(audit, "1.1.2", AnswerValue.PARTLY, "Hers.", by=colleague)
    result = save_answers(audit_id=audit.id, standard_code="1.1", typed=page, by=audit.lead)
    assert (result.saved, result.unchanged, result.conflicts) == (["1.1.1"], ["1.1.2"], [])
    assert stored(audit, "1.1.1").evidence == "Mine."
    assert stored(audit, "1.1.2").evidence == "Hers."


def test_the_second_of_two_different_answers_is_held_and_the_first_stands(
    audit: Audit, colleague: Person
) -> None:
    held = a_conflict(audit, colleague)
    assert stored(audit, "1.1.1").evidence == "Staff knocked on every door."
    assert Content.from_words(held.typed) == Content(AnswerValue.PARTLY, "Two doors stood open.")
    assert held.typed_by == colleague
    assert held.because.startswith(f"{audit.lead.name} saved another answer on ")


def test_a_conflict_tells_both_texts_and_whose_was_first(audit: Audit, colleague: Person) -> None:
    save(audit, "1.1.1", AnswerValue.MET, "Staff knocked.")
    result = save(audit, "1.1.1", AnswerValue.PARTLY, "Two doors stood open.", seen=EMPTY, by=colleague)
    (conflict,) = result.conflicts
    assert (conflict.mine.evidence, conflict.theirs.evidence) == ("Two doors stood open.", "Staff knocked.")
    assert conflict.who == audit.lead.name


def test_a_conflict_on_one_question_does_not_keep_the_others_from_being_saved(
    audit: Audit, colleague: Person
) -> None:
    page = typed(audit, "1.1.1", AnswerValue.PARTLY, "Hers.") | typed(
        audit, "1.1.2", AnswerValue.MET, "Hers too."
    )
    save(audit, "1.1.1", AnswerValue.MET, "Mine.")
    result = save_answers(audit_id=audit.id, standard_code="1.1", typed=page, by=colleague)
    assert result.saved == ["1.1.2"]
    assert [each.question.code for each in result.conflicts] == ["1.1.1"]


def test_a_held_text_leaves_its_own_line_in_the_history(audit: Audit, colleague: Person) -> None:
    a_conflict(audit, colleague)
    newest = timeline("audit", audit.id)[0]
    assert newest.kind is Kind.TEXTS_HELD
    assert newest.details["held"]["1.1.1"]["evidence"] == "Two doors stood open."


def test_the_same_losing_form_sent_twice_is_held_once(audit: Audit, colleague: Person) -> None:
    a_conflict(audit, colleague)
    before = len(timeline("audit", audit.id))
    save(audit, "1.1.1", AnswerValue.PARTLY, "Two doors stood open.", seen=EMPTY, by=colleague)
    assert len(queries.held_of(audit)) == 1
    assert len(timeline("audit", audit.id)) == before


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        (Keep.THEIRS, "Staff knocked on every door."),
        (Keep.MINE, "Two doors stood open."),
        (
            Keep.BOTH,
            "Staff knocked on every door.\n\n"
            "Ruth Bellamy answered “Partly met” and wrote:\nTwo doors stood open.",
        ),
    ],
)
def test_a_person_decides_what_becomes_of_two_texts(
    audit: Audit, colleague: Person, keep: Keep, expected: str
) -> None:
    held = a_conflict(audit, colleague)
    seen = stored(audit, "1.1.1").fingerprint
    assert settle_held(audit_id=audit.id, held_id=held.id, keep=keep, seen=seen, by=audit.lead)
    assert stored(audit, "1.1.1").evidence == expected
    assert queries.held_of(audit) == []
    newest = timeline("audit", audit.id)[0]
    assert (newest.kind, newest.details["kept"]) == (Kind.TEXTS_SETTLED, keep.value)
    assert newest.details["typed"]["evidence"] == "Two doors stood open."


def test_nothing_is_decided_about_an_answer_that_has_changed_since_it_was_shown(
    audit: Audit, colleague: Person
) -> None:
    held = a_conflict(audit, colleague)
    seen = stored(audit, "1.1.1").fingerprint
    save(audit, "1.1.1", AnswerValue.MET, "Staff knocked, twice.")
    assert not settle_held(audit_id=audit.id, held_id=held.id, keep=Keep.MINE, seen=seen, by=audit.lead)
    assert stored(audit, "1.1.1").evidence == "Staff knocked, twice."
    assert queries.held_of(audit) == [held]


def test_a_text_is_decided_about_once(audit: Audit, colleague: Person) -> None:
    held = a_conflict(audit, colleague)
    seen = stored(audit, "1.1.1").fingerprint
    assert settle_held(audit_id=audit.id, held_id=held.id, keep=Keep.THEIRS, seen=seen, by=audit.lead)
    assert not settle_held(audit_id=audit.id, held_id=held.id, keep=Keep.MINE, seen=seen, by=colleague)
    assert stored(audit, "1.1.1").evidence == "Staff knocked on every door."


def test_a_text_held_at_one_audit_cannot_be_settled_at_another(
    session: Database, audit: Audit, colleague: Person
) -> None:
    held = a_conflict(audit, colleague)
    other = an_audit(session, at=State.VISITING, lead=audit.lead, council=audit.local_authority)
    assert not settle_held(
        audit_id=other.id, held_id=held.id, keep=Keep.MINE, seen=EMPTY.fingerprint, by=audit.lead
    )
    assert queries.held_of(audit) == [held]


def test_nothing_is_saved_once_the_audit_is_in_review(session: Database) -> None:
    audit = an_audit_in_review(session)
    with pytest.raises(Moved, match="sent the audit for review"):
        save(audit, "1.1.1", AnswerValue.NOT_MET, "Too late.")


def test_nothing_is_saved_before_the_visit_begins(session: Database) -> None:
    audit = an_audit(session, at=State.PLANNED)
    with pytest.raises(Moved):
        save(audit, "1.1.1", AnswerValue.MET)


def test_somebody_of_another_council_cannot_save(session: Database, audit: Audit) -> None:
    stranger = an_officer(session, a_council(session, "Southmere", "SMR"))
    with pytest.raises(NotAllowed):
        save(audit, "1.1.1", AnswerValue.MET, by=stranger)


def test_an_administrator_cannot_save(session: Database, audit: Audit) -> None:
    administrator = a_person(session, Role.ADMINISTRATOR, council=audit.local_authority)
    with pytest.raises(NotAllowed):
        save(audit, "1.1.1", AnswerValue.MET, by=administrator)


def test_a_question_of_another_standard_is_refused(audit: Audit) -> None:
    page = typed(audit, "1.2.1", AnswerValue.MET)
    with pytest.raises(Refused, match="does not ask"):
        save_answers(audit_id=audit.id, standard_code="1.1", typed=page, by=audit.lead)


def test_a_question_that_is_not_put_to_this_kind_of_service_cannot_be_answered(audit: Audit) -> None:
    codes = {each.code for _, questions in queries.asked(audit)[1] for each in questions}
    assert "4.2.3" not in codes
    assert "2.1.3" in codes


def test_progress_counts_answers_of_the_questions_that_apply(session: Database, audit: Audit) -> None:
    save(audit, "1.1.1", AnswerValue.NOT_SEEN)
    save(audit, "1.1.2", evidence="A text and no answer yet.")
    first = queries.progress(audit)[0]
    assert (first.code, first.answered, first.applicable, first.is_done) == ("1.1", 1, 5, False)
    answered(session, audit)
    assert all(one.is_done for one in queries.progress(audit))
