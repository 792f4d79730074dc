"""The rating frameworks that come with the product: what they say, and that storing them is safe to repeat."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, event, func, select, update

from quality.core.database import db
from quality.frameworks.vocabulary import CQC_QUALITY_STATEMENTS
from quality.history.models import Event
from quality.ratings.framework_models import (
    Comparability,
    FrameworkState,
    RatingElement,
    RatingFramework,
    ScalePoint,
)
from quality.ratings.frameworks.definition import RatingFrameworkDefinition, frameworks, pairs
from quality.ratings.frameworks.operations import ensure_seeded, seed
from quality.scoring.cqc_rules import BANDS, KEY_QUESTIONS, SCALE
from tests.builders.people import a_person
from tests.databases import Database

CQC = ("cqc-2014", "cqc-saf-2023", "cqc-asc-2026-draft")


def children(framework: RatingFrameworkDefinition, parent: str) -> list[str]:
    """The names of the elements that belong to another."""
    return [element.name for element in framework.elements if element.parent == parent]


def events(session: Database) -> int:
    """How often frameworks were stored, as the history tells."""
    told = select(func.count()).select_from(Event).where(Event.kind == "rating_frameworks_seeded")
    return session.scalar(told) or 0


def test_five_frameworks_come_with_the_product() -> None:
    assert set(frameworks()) == {*CQC, "csci-stars-2008", "nhs-ahc"}


def test_the_single_assessment_framework_has_its_34_quality_statements() -> None:
    saf = frameworks()["cqc-saf-2023"]
    by_question = {name: tuple(children(saf, name.lower())) for name in KEY_QUESTIONS}
    assert [len(names) for names in by_question.values()] == [8, 6, 5, 7, 8]
    assert by_question == {
        name: CQC_QUALITY_STATEMENTS[key]
        for name, key in zip(KEY_QUESTIONS, CQC_QUALITY_STATEMENTS, strict=True)
    }


def test_the_single_assessment_framework_is_scored_by_cqcs_bands() -> None:
    saf = frameworks()["cqc-saf-2023"]
    assert (saf.is_scored, saf.bands) == (True, dict(BANDS))


@pytest.mark.parametrize("code", CQC)
def test_cqcs_frameworks_share_one_scale_and_five_key_questions(code: str) -> None:
    framework = frameworks()[code]
    assert framework.scale == SCALE
    top = [element.code for element in framework.elements if element.parent is None]
    assert top == ["overall", *(name.lower() for name in KEY_QUESTIONS), "service-group-overall"]


def test_the_framework_of_2026_is_a_draft_without_scores_or_lines_of_enquiry() -> None:
    draft = frameworks()["cqc-asc-2026-draft"]
    assert (draft.state, draft.is_scored, draft.bands) == (FrameworkState.DRAFT, False, None)
    assert draft.valid_from is None
    assert not [element for element in draft.elements if element.parent]
    assert "names are not final" in draft.note


def test_the_annual_health_check_has_two_elements_and_a_count_over_seven_areas() -> None:
    check = frameworks()["nhs-ahc"]
    assert check.scale == ("Weak", "Fair", "Good", "Excellent")
    top = [(element.code, element.is_count) for element in check.elements if element.parent is None]
    assert top == [("quality", False), ("finance", False), ("core-standards", True)]
    assert len(children(check, "core-standards")) == 7


def test_every_code_is_told_once_and_every_parent_before_its_children() -> None:
    for framework in frameworks().values():
        seen: set[str] = set()
        for element in framework.elements:
            assert element.code not in seen
            assert element.parent is None or element.parent in seen
            seen.add(element.code)


def test_every_pair_is_of_elements_that_exist_and_is_told_once() -> None:
    codes = {(code, each.code) for code, framework in frameworks().items() for each in framework.elements}
    told = [(pair.earlier, pair.later) for pair in pairs()]
    assert len(told) == len(set(told))
    assert {code for pair in told for code in pair} <= codes
    assert not [pair for pair in told if pair[0] == pair[1]]


def test_every_framework_and_element_is_stored_with_its_place(session: Database) -> None:
    session.execute(update(RatingElement).values(parent_id=None))
    for table in (Comparability, RatingElement, ScalePoint, RatingFramework):
        session.execute(delete(table))
    assert seed()
    saf = session.get_one(RatingFramework, "cqc-saf-2023")
    assert [point.word for point in saf.scale] == list(SCALE)
    by_code = {element.code: element for element in saf.elements}
    assert by_code["learning-culture"].parent_id == by_code["safe"].id
    assert len(saf.elements) == 34 + 7
    assert session.scalar(select(func.count()).select_from(Comparability)) == len(pairs())


def test_storing_them_again_changes_nothing_and_leaves_no_event(session: Database) -> None:
    seed()
    before = events(session)
    assert not seed()
    assert events(session) == before == 1


def test_what_a_newer_release_says_otherwise_is_brought_in(session: Database) -> None:
    seed()
    draft = session.get_one(RatingFramework, "cqc-asc-2026-draft")
    draft.note = "As an older release had it"
    element = session.scalars(select(RatingElement).where(RatingElement.code == "learning-culture")).one()
    element.name = "As an older release had it"
    session.flush()
    assert seed()
    assert "names are not final" in draft.note
    assert element.name == "Learning culture"
    assert events(session) == 2


@pytest.mark.parametrize("bring_in", [seed, ensure_seeded])
def test_a_pair_that_an_older_release_had_not_is_brought_in(
    session: Database, bring_in: Callable[[], object]
) -> None:
    seed()
    session.execute(delete(Comparability).where(Comparability.reason.contains("says nothing of the others")))
    assert session.scalar(select(func.count()).select_from(Comparability)) == len(pairs()) - 1
    bring_in()
    assert session.scalar(select(func.count()).select_from(Comparability)) == len(pairs())
    assert events(session) == 2


def test_making_sure_of_them_takes_one_query_once_they_are_there(session: Database) -> None:
    ensure_seeded()
    queries: list[str] = []
    engine = session.connection()
    event.listen(engine, "before_cursor_execute", lambda *told: queries.append(told[2]))
    ensure_seeded()
    assert len(queries) == 1


def test_two_machines_that_start_at_once_store_them_once(
    fresh_database: Flask, in_threads: Callable[..., list[object]]
) -> None:
    def start(number: int) -> bool:
        with fresh_database.app_context():
            changed = seed()
            db.session.commit()
            return changed

    assert sorted(map(str, in_threads(start, range(3)))) == ["False", "False", "True"]
    with fresh_database.app_context():
        assert events(db.session) == 1


def test_a_start_stores_them_before_anybody_loads_a_file(fresh_database: Flask) -> None:
    with fresh_database.app_context():
        a_person(db.session)  # Where there are people, no invented council is made.
        db.session.commit()
    fresh_database.test_cli_runner().invoke(args=["prepare"])
    with fresh_database.app_context():
        assert set(db.session.scalars(select(RatingFramework.code))) == set(frameworks())
