"""Drafting and publishing: frozen once published, nothing lost, nothing twice, every figure counted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import IntegrityError

from quality.core.errors import AlreadyDone, Invalid, Moved, Refused
from quality.history.kinds import Kind
from quality.history.models import Event
from quality.market.models import Publication
from quality.market.publications.operations import change_draft, count_apart, draft, finish, pdf_of, publish
from quality.market.publications.queries import correction_of
from quality.market.publications.snapshot import Role as Line
from quality.market.publications.snapshot import Snapshot, sha256_of
from quality.market.publications.verifying import verify
from quality.people.models import Person
from quality.people.permissions import Role
from tests.builders.people import a_person
from tests.builders.publications import USUAL, a_draft, a_publication
from tests.builders.registers import load_rows
from tests.databases import Database
from tests.market.figures.test_rules import home

CHOSEN = ["rule", "newest edition", "place", "comparators"]
pytestmark = pytest.mark.usefixtures("market_of_two_days")


def said_by(one: Publication) -> Snapshot:
    """What a publication says."""
    return Snapshot.from_json(one.snapshot or "")


def test_a_publication_says_k_of_n_and_rests_on_the_files_it_names(manager: Person) -> None:
    one = a_publication(manager)
    said = said_by(one)
    (own,) = said.scopes[0].of(Line.OWN)
    assert (said.number, own.k, own.n) == (1, 2, 3)
    assert own.n is not None
    assert own.registered == own.n + sum(each.count for each in own.left_out)
    assert len(said.editions) == 3
    assert one.snapshot_sha256 == sha256_of(one.snapshot or "")


def test_publishing_leaves_its_sentence_in_the_history(session: Database, manager: Person) -> None:
    one = a_publication(manager)
    kinds = select(Event.kind).where(Event.record_type == "market_publication", Event.record_id == one.id)
    assert list(session.scalars(kinds)) == [Kind.MARKET_DRAFTED, Kind.MARKET_PUBLISHED]


@pytest.mark.parametrize(
    "change", [{"title": "Better"}, {"snapshot": "{}"}, {"number": 9}, {"scopes": ["community"]}]
)
def test_the_database_refuses_to_change_what_is_published(
    session: Database, manager: Person, change: dict[str, Any]
) -> None:
    one = a_publication(manager)
    with pytest.raises(IntegrityError, match="cannot be changed"), session.begin_nested():
        session.execute(update(Publication).where(Publication.id == one.id).values(**change))
    with pytest.raises(IntegrityError, match="never deleted"), session.begin_nested():
        session.execute(delete(Publication).where(Publication.id == one.id))


def test_a_pdf_is_stored_once_and_then_frozen_too(session: Database, manager: Person) -> None:
    one = a_publication(manager)
    finish(one.id, b"%PDF-1.7 first")
    finish(one.id, b"%PDF-1.7 second")
    assert pdf_of(one) == b"%PDF-1.7 first"
    with pytest.raises(IntegrityError, match="cannot be changed"), session.begin_nested():
        session.execute(text("UPDATE market_publication SET pdf_bytes = 3"))


def test_a_form_sent_twice_makes_one_draft(session: Database, manager: Person) -> None:
    first = draft(USUAL, form_key="the-same-key", by=manager)
    assert draft(USUAL, form_key="the-same-key", by=manager).id == first.id
    assert session.scalar(select(func.count()).select_from(Publication)) == 1


def test_a_double_click_publishes_once_and_a_second_manager_is_told(
    session: Database, manager: Person
) -> None:
    one = a_draft(manager)
    version = one.version
    publish(one.id, version, by=manager)
    with pytest.raises(AlreadyDone, match="number 1"):
        publish(one.id, version, by=manager)
    with pytest.raises(Moved, match="Somebody else published"):
        publish(one.id, version, by=a_person(session, Role.MANAGER))


def test_a_file_that_comes_while_it_is_counted_stops_the_publishing(
    session: Database, manager: Person
) -> None:
    one = a_draft(manager)
    session.commit()
    said = count_apart(one.id, one.version, by=manager)
    load_rows([home(1)], as_at=date(2026, 6, 29))
    with pytest.raises(Moved, match="loaded while this was counted"):
        publish(one.id, one.version, by=manager, said=said)
    assert not one.is_published
    assert publish(one.id, one.version, by=manager).number == 1


def test_a_draft_that_changed_while_it_was_counted_is_not_published(
    session: Database, manager: Person
) -> None:
    one = a_draft(manager)
    session.commit()
    version = one.version
    said = count_apart(one.id, version, by=manager)
    change_draft(one.id, version, replace(USUAL, title="Another"), by=manager)
    with pytest.raises(Moved, match="was not published"):
        publish(one.id, version, by=manager, said=said)


def test_a_draft_that_changed_meanwhile_is_neither_changed_nor_published(manager: Person) -> None:
    one = a_draft(manager)
    stale = one.version
    change_draft(one.id, stale, replace(USUAL, title="Another"), by=manager)
    with pytest.raises(Moved, match="not saved"):
        change_draft(one.id, stale, USUAL, by=manager)
    with pytest.raises(Moved, match="was not published"):
        publish(one.id, stale, by=manager)


def test_numbers_are_counted_for_each_council(session: Database, manager: Person) -> None:
    assert [a_publication(manager).number, a_publication(manager).number] == [1, 2]


def test_a_correction_says_what_it_puts_right_and_supersedes_once(manager: Person) -> None:
    wrong = a_publication(manager)
    right = a_publication(manager, corrects=1, correction="The day was wrong.")
    assert said_by(right).corrects == 1
    found = correction_of(wrong)
    assert found is not None
    assert found.id == right.id
    with pytest.raises(Refused, match="corrected already, by number 2"):
        a_publication(manager, corrects=1, correction="Once more.")


def test_a_correction_of_nothing_and_one_without_words_are_refused(manager: Person) -> None:
    with pytest.raises(Invalid, match="no publication number 7"):
        a_draft(manager, corrects=7, correction="What?")
    a_publication(manager)
    with pytest.raises(Invalid, match="Say what this puts right"):
        a_draft(manager, corrects=1)


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"as_at": date(2020, 1, 1)}, "first edition held"),
        ({"scopes": ()}, "at least one"),
        ({"scopes": ("zoos",)}, "no scope"),
        ({"rule": "luck"}, "no rule"),
        ({"compare": "set:nobody"}, "no list"),
    ],
)
def test_what_cannot_be_had_is_refused_before_it_is_a_draft(
    manager: Person, choice: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        a_draft(manager, **choice)


def test_small_figures_are_suppressed_whole_where_the_council_chose_so(manager: Person) -> None:
    for scope in said_by(a_publication(manager, show_small=False)).scopes:
        for one in scope.figures:
            assert one.is_suppressed
            assert (one.k, one.n, one.share, one.registered, one.left_out) == (None, None, None, None, ())
        assert not scope.place


def test_every_figure_is_counted_again_and_a_late_file_that_changes_one_is_found(manager: Person) -> None:
    one = a_publication(manager)
    finish(one.id, b"%PDF-1.7")
    checked = verify(one)
    assert checked.holds, checked
    of_areas = [line for line in checked.lines if line.role not in CHOSEN]
    assert len(of_areas) == len(said_by(one).scopes[0].figures)
    assert [line.role for line in checked.lines if line.role in CHOSEN] == CHOSEN
    load_rows([home(1), home(2, Latest_Rating="Inadequate"), home(9)], as_at=date(2026, 6, 30))
    again = verify(one)
    assert not again.holds
    assert any("as at 2026-06-30" in since for since in again.loaded_since)
    (own,) = (line for line in again.lines if line.role == "own")
    assert "registered: published 4, now 5" in own.fault
    assert "left out: published 1 not rated, now 2 not rated" in own.fault


def test_a_file_that_came_since_and_changes_nothing_is_named_and_is_no_fault(manager: Person) -> None:
    one = a_publication(manager)
    finish(one.id, b"%PDF-1.7")
    away = {
        "Location Local Authority": "Southmere",
        "Provider ID": "1-800000002",
        "Provider Name": "Other Care",
    }
    as_before = [home(4) | away, home(3), home(2, Latest_Rating="Inadequate"), home(1)]
    load_rows(as_before, as_at=date(2025, 9, 30))
    load_rows([home(1)], as_at=date(2026, 7, 31))
    again = verify(one)
    assert [since.split("as at ")[1][:10] for since in again.loaded_since] == ["2025-09-30"]
    assert again.holds, [line for line in again.lines if line.fault]


def test_words_and_intervals_that_the_figures_do_not_give_are_found(
    session: Database, manager: Person
) -> None:
    one = a_publication(manager)
    said = said_by(one)
    (scope,) = said.scopes
    figures = tuple(replace(each, low=0.5) if each.role is Line.OWN else each for each in scope.figures)
    told = replace(said, scopes=(replace(scope, figures=figures, place="Northmere is the very best."),))
    # What is published cannot be changed, so a draft that nobody froze stands for one that was tampered with.
    session.expunge(one)
    one.snapshot = told.as_json()
    found = verify(one)
    assert "What it says is not what was published: its SHA-256 differs." in found.faults
    faults = {line.role: line.fault for line in found.lines if line.fault}
    assert faults["own"] == "interval: published 0.5 to 0.938508, now 0.20766 to 0.938508."
    assert "Northmere is the very best." in faults["place"]
    assert set(faults) == {"own", "place"}


def test_a_pdf_that_is_not_there_is_a_fault(manager: Person) -> None:
    assert verify(a_publication(manager)).faults == ("Its PDF has not been made yet.",)
