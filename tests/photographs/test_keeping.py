"""Photographs of an audit: counted once, changed by one person at a time, removed, put back, and erased for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit
from quality.core.clock import now, today
from quality.core.errors import Invalid, Moved, NotAllowed, Refused
from quality.core.jobs import run_all_due
from quality.evidence.storage import StorageError, storage
from quality.findings.readiness import problems, warnings
from quality.history.kinds import Kind
from quality.history.queries import timeline
from quality.photographs import operations, queries
from quality.photographs.models import Photograph
from quality.photographs.operations import (
    add_photographs,
    describe_photograph,
    erase_photograph,
    note_in_report,
    remove_photograph,
    restore_photograph,
)
from tests.builders.audits import an_audit, an_officer, go
from tests.builders.findings import a_ready_audit
from tests.builders.people import a_council
from tests.builders.photographs import DESCRIBED, TAKEN_ON, an_added_photograph, numbers, prepared
from tests.databases import Database


def remove(audit: Audit, photograph: Photograph) -> None:
    remove_photograph(audit_id=audit.id, number=photograph.number, version=photograph.version, by=audit.lead)


def erase(audit: Audit, photograph: Photograph) -> None:
    remove(audit, photograph)
    erase_photograph(audit_id=audit.id, number=photograph.number, by=audit.lead)


def is_stored(sha256: str) -> bool:
    try:
        storage().get(sha256)
    except StorageError:
        return False
    return True


def test_photographs_are_counted_and_know_who_added_them_and_when_they_were_taken(audit: Audit) -> None:
    added = add_photographs(audit_id=audit.id, files=[prepared(1), prepared(2)], by=audit.lead)
    assert numbers(added.new) == [1, 2]
    assert {one.added_by for one in added.new} == {audit.lead}
    assert added.new[0].taken_on == TAKEN_ON


def test_a_day_after_today_is_not_believed_of_a_camera(audit: Audit) -> None:
    ahead = replace(prepared(), taken_on=today() + timedelta(days=1))
    (photograph,) = add_photographs(audit_id=audit.id, files=[ahead], by=audit.lead).new
    assert photograph.taken_on is None


def test_the_same_photograph_given_twice_is_one(audit: Audit) -> None:
    first = an_added_photograph(audit)
    again = add_photographs(audit_id=audit.id, files=[prepared(), prepared(7), prepared(7)], by=audit.lead)
    assert (again.known, numbers(again.new)) == ([first, again.new[0]], [2])


def test_an_audit_holds_only_so_many(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "MOST", 2)
    added = add_photographs(audit_id=audit.id, files=[prepared(n) for n in range(5)], by=audit.lead)
    assert (numbers(added.new), added.too_many) == ([1, 2], 3)
    assert numbers(queries.photographs_of(audit)) == [1, 2]


def test_photographs_stand_in_the_order_of_the_framework(audit: Audit) -> None:
    for shade, code in enumerate(["", "3.1", "1.2", "1.2"]):
        an_added_photograph(audit, shade, text=replace(DESCRIBED, standard_code=code))
    assert numbers(queries.photographs_of(audit)) == [3, 4, 2, 1]


def test_what_is_said_is_kept_word_for_word_and_told_by_the_history(audit: Audit) -> None:
    photograph = an_added_photograph(audit)
    assert (photograph.caption, photograph.shows) == (DESCRIBED.caption, DESCRIBED.shows)
    assert photograph.standard is not None
    told = [event for event in timeline("audit", audit.id) if event.kind is Kind.PHOTOGRAPH_DESCRIBED]
    assert told[0].sentence == f"{audit.lead.name} described photograph 1, “The ramp to the garden”."
    assert told[0].details["after"]["shows"] == DESCRIBED.shows


@pytest.mark.parametrize(
    ("change", "field"),
    [({"taken_on": today() + timedelta(days=2)}, "taken_on"), ({"standard_code": "99.1"}, "about")],
)
def test_what_cannot_be_is_said_of_its_field(audit: Audit, change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        an_added_photograph(audit, text=replace(DESCRIBED, **change))  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_a_change_from_an_older_page_names_who_changed_it_since(session: Database, audit: Audit) -> None:
    photograph = an_added_photograph(audit)
    seen = photograph.version
    ruth = an_officer(session, audit.local_authority, name="Ruth Bellamy")
    said = replace(DESCRIBED, caption="The ramp, seen from the lounge")
    describe_photograph(audit_id=audit.id, number=1, version=seen, text=said, by=ruth)
    with pytest.raises(Moved, match="Ruth Bellamy changed this photograph"):
        describe_photograph(audit_id=audit.id, number=1, version=seen, text=DESCRIBED, by=audit.lead)
    assert photograph.caption == said.caption


def test_a_removed_photograph_is_not_lost(audit: Audit) -> None:
    photograph = an_added_photograph(audit)
    remove(audit, photograph)
    assert (queries.photographs_of(audit), queries.removed_from(audit)) == ([], [photograph])
    with pytest.raises(Moved, match="removed this photograph"):
        describe_photograph(
            audit_id=audit.id, number=1, version=photograph.version, text=DESCRIBED, by=audit.lead
        )
    restore_photograph(audit_id=audit.id, number=1, by=audit.lead)
    assert queries.photographs_of(audit) == [photograph]
    assert photograph.caption == DESCRIBED.caption


def test_a_removed_photograph_that_is_given_again_comes_back_with_its_words(audit: Audit) -> None:
    photograph = an_added_photograph(audit)
    remove(audit, photograph)
    assert add_photographs(audit_id=audit.id, files=[prepared()], by=audit.lead).new == [photograph]
    assert numbers(queries.photographs_of(audit)) == [1]


def test_an_erased_photograph_is_gone_from_the_store_and_its_number_is_not_given_again(audit: Audit) -> None:
    photograph = an_added_photograph(audit)
    erase(audit, photograph)
    run_all_due()
    assert not is_stored(photograph.shown_sha256)
    assert not is_stored(photograph.printed_sha256)
    assert queries.find_photograph(audit, 1) is None
    assert numbers(add_photographs(audit_id=audit.id, files=[prepared(5)], by=audit.lead).new) == [2]
    assert [event.kind for event in timeline("audit", audit.id)][1] is Kind.PHOTOGRAPH_ERASED
    with pytest.raises(Moved, match="erased this photograph"):
        restore_photograph(audit_id=audit.id, number=1, by=audit.lead)


def test_an_erased_photograph_that_is_given_again_is_whole(audit: Audit) -> None:
    photograph = an_added_photograph(audit)
    erase(audit, photograph)
    assert add_photographs(audit_id=audit.id, files=[prepared()], by=audit.lead).new == [photograph]
    run_all_due()
    assert is_stored(photograph.shown_sha256)


def test_what_was_erased_and_is_sent_again_is_whole_after_the_files_were_gone(audit: Audit) -> None:
    photograph = an_added_photograph(audit)
    erase(audit, photograph)
    run_all_due()
    assert not is_stored(photograph.shown_sha256)
    assert add_photographs(audit_id=audit.id, files=[prepared()], by=audit.lead).new == [photograph]
    run_all_due()
    assert is_stored(photograph.shown_sha256)


def test_what_finds_no_room_is_not_stored(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "MOST", 1)
    first = an_added_photograph(audit, 41)
    added = add_photographs(
        audit_id=audit.id, files=[prepared(42), prepared(41), prepared(43)], by=audit.lead
    )
    assert (added.new, added.known, added.too_many) == ([], [first], 2)
    assert not is_stored(prepared(42).shown.sha256)


def test_a_full_audit_takes_nothing_back(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    remove(audit, an_added_photograph(audit, 1))
    monkeypatch.setattr(operations, "MOST", 1)
    an_added_photograph(audit, 2)
    with pytest.raises(Refused, match="found no room"):
        restore_photograph(audit_id=audit.id, number=1, by=audit.lead)


def test_a_file_that_another_audit_holds_too_stays(session: Database, audit: Audit) -> None:
    other = an_audit(session, at=State.VISITING, lead=audit.lead)
    photograph, same = an_added_photograph(audit), an_added_photograph(other)
    erase(audit, photograph)
    run_all_due()
    assert is_stored(same.shown_sha256)


def test_what_a_report_shows_is_never_erased(session: Database, audit: Audit) -> None:
    photograph = an_added_photograph(audit)
    note_in_report(audit, now())
    session.flush()
    with pytest.raises(Refused, match="was issued, so it cannot be erased"):
        erase(audit, photograph)
    assert photograph.erased_at is None


def test_what_no_report_shows_can_be_erased_long_after_the_audit(session: Database) -> None:
    audit = a_ready_audit(session)
    photograph = an_added_photograph(audit)
    remove(audit, photograph)
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    erase_photograph(audit_id=audit.id, number=photograph.number, by=audit.lead)
    run_all_due()
    assert not is_stored(photograph.shown_sha256)


def test_another_council_erases_nothing(session: Database, audit: Audit) -> None:
    remove(audit, an_added_photograph(audit))
    stranger = an_officer(session, a_council(session, "Southmere", "SMR"))
    with pytest.raises(NotAllowed):
        erase_photograph(audit_id=audit.id, number=1, by=stranger)


def test_what_was_put_back_meanwhile_is_not_erased(audit: Audit) -> None:
    an_added_photograph(audit)
    with pytest.raises(Moved, match="put photograph 1, “The ramp to the garden” back"):
        erase_photograph(audit_id=audit.id, number=1, by=audit.lead)


def test_nothing_is_added_once_the_audit_is_with_its_reviewer(session: Database, audit: Audit) -> None:
    for name in (MoveName.START_WRITE_UP, MoveName.SEND_FOR_REVIEW):
        go(audit, name, audit.lead)
    with pytest.raises(Moved, match="nothing can be changed"):
        an_added_photograph(audit)


def test_another_council_adds_nothing(session: Database, audit: Audit) -> None:
    stranger = an_officer(session, a_council(session, "Southmere", "SMR"))
    with pytest.raises(NotAllowed):
        add_photographs(audit_id=audit.id, files=[prepared()], by=stranger)


def test_whoever_adds_a_photograph_takes_part_in_the_audit(session: Database, audit: Audit) -> None:
    ruth = an_officer(session, audit.local_authority)
    add_photographs(audit_id=audit.id, files=[prepared()], by=ruth)
    assert ruth.id in {one.person_id for one in audit.participants}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "Photograph 1 needs a caption and words that say what it shows."),
        (replace(DESCRIBED, shows=""), "Photograph 1 needs words that say what it shows."),
        (replace(DESCRIBED, caption=""), "Photograph 1 needs a caption."),
    ],
)
def test_an_audit_is_not_sent_with_a_photograph_nobody_described(
    audit: Audit, text: operations.PhotographText | None, sentence: str
) -> None:
    an_added_photograph(audit, text=text)
    assert sentence in [problem.sentence for problem in problems(audit)]


def test_a_described_photograph_stands_in_nobodys_way_but_a_name_in_it_is_pointed_at(audit: Audit) -> None:
    an_added_photograph(audit, text=replace(DESCRIBED, caption="The chair of Mrs Hargreave"))
    assert not [problem for problem in problems(audit) if problem.endpoint == "photographs.describe"]
    assert "Photograph 1 may identify a person: “Mrs Hargreave”." in [one.sentence for one in warnings(audit)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE photograph SET shown_sha256 = 'x'", "stays the one it is"),
        ("DELETE FROM photograph", "row stays"),
    ],
)
def test_the_database_itself_keeps_what_a_photograph_is(
    session: Database, audit: Audit, change: str, sentence: str
) -> None:
    an_added_photograph(audit)
    with pytest.raises(IntegrityError, match=sentence), session.begin_nested():
        session.connection().exec_driver_sql(change)
