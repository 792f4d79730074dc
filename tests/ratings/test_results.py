"""Results of organisations as a whole: the file, what is stored of it, and what is said of them through time."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from quality.core.database import Base
from quality.history.models import Event
from quality.ratings.framework_models import OrganisationRating
from quality.ratings.organisations import ResultRow, organisation_history
from quality.ratings.results import NEWER_HELD, SAME_TWICE, load_results
from quality.ratings.results_file import is_made_up
from quality.services.models import Edition, Provider, Service
from tests.builders.results import WEST_ESSEX, Write, a_result
from tests.databases import Database


def the_provider(session: Database, key: str = "NHS-NORTHMERE") -> Provider:
    """The organisation that the file is about."""
    return session.scalars(select(Provider).where(Provider.cqc_id == key)).one()


def rows(session: Database) -> list[tuple[str, date, date | None]]:
    """Every result that is stored, with when it held."""
    told = select(OrganisationRating).order_by(OrganisationRating.id)
    return [(row.word, row.held_from, row.held_to) for row in session.scalars(told)]


def in_words(history: list[ResultRow]) -> dict[str, list[tuple[str, str, str]]]:
    """Each row's steps: when, what was rated, the result."""
    return {row.name: [(step.when, step.element, step.words) for step in row.steps] for row in history}


def test_the_west_essex_article_is_told_as_it_must_be(app: Flask, session: Database) -> None:
    answer = app.test_cli_runner().invoke(args=["cqc", "results", str(WEST_ESSEX), "--json"])
    assert answer.exit_code == 0, answer.output
    assert (json.loads(answer.output)["rows_read"], json.loads(answer.output)["stored"]) == (5, 5)
    history = organisation_history(the_provider(session, "NHS-WEST-ESSEX").id)
    assert in_words(history) == {
        "Quality": [
            ("2007/08", "Quality of services", "Fair"),
            ("2008/09", "Quality of commissioning", "Good"),
        ],
        "Financial management": [
            ("2007/08", "Use of resources", "Good"),
            ("2008/09", "Financial management", "Good"),
        ],
        "Core standards": [("2008/09", "Core standards", "24 of 24 met")],
    }
    quality, finance, standards = history
    assert quality.steps[1].break_before is not None
    assert "judged as commissioners and as providers apart" in quality.steps[1].break_before.reason
    assert [step.break_before for step in finance.steps] == [None, None]
    assert finance.steps[1].notes[0].startswith("The bar was raised")
    assert (
        standards.steps[0].notes[0].startswith("Over seven areas: Safety; Clinical and cost effectiveness;")
    )


def test_the_articles_organisation_is_a_provider_without_services_or_an_id_of_cqcs(session: Database) -> None:
    loaded = load_results(WEST_ESSEX)
    provider = the_provider(session, "NHS-WEST-ESSEX")
    assert session.scalar(select(func.count()).where(Service.provider_id == provider.id)) == 0
    assert is_made_up(provider.cqc_id)
    assert loaded.warnings[0].startswith("NHS-WEST-ESSEX is not an id of CQC's: made up from its name")


def test_a_file_of_results_is_an_edition_with_its_event(session: Database, write: Write) -> None:
    loaded = load_results(write())
    edition = session.get_one(Edition, loaded.edition.id if loaded.edition else 0)
    assert (edition.kind, edition.as_at, edition.rows_read) == ("organisation_results", date(2009, 10, 15), 1)
    told = session.scalars(select(Event).where(Event.kind == "results_loaded")).one()
    assert (told.record_type, told.record_id) == ("edition", edition.id)


def test_the_same_bytes_again_change_nothing(session: Database, write: Write) -> None:
    load_results(write())
    before = {name: session.scalar(select(func.count()).select_from(table)) for name, table in tables()}
    again = load_results(write(name="another-name.toml"))
    assert again.already_loaded
    assert {
        name: session.scalar(select(func.count()).select_from(table)) for name, table in tables()
    } == before


def tables() -> list[tuple[str, Any]]:
    """Every table by name."""
    return list(Base.metadata.tables.items())


def test_a_dry_run_counts_and_stores_nothing(session: Database, write: Write) -> None:
    loaded = load_results(write(), dry_run=True)
    assert (loaded.edition, loaded.rows_read, loaded.stored) == (None, 1, 1)
    assert session.scalar(select(func.count()).select_from(OrganisationRating)) == 0
    assert session.scalar(select(func.count()).select_from(Provider)) == 0


def test_a_later_file_that_says_otherwise_closes_what_was_held(session: Database, write: Write) -> None:
    load_results(write())
    load_results(write(a_result(rating='"fair"'), as_at="2009-12-01"))
    assert rows(session) == [
        ("Good", date(2009, 10, 15), date(2009, 12, 1)),
        ("Fair", date(2009, 12, 1), None),
    ]
    provider = the_provider(session)
    (now,), (then,) = organisation_history(provider.id), organisation_history(provider.id, date(2009, 11, 1))
    assert ([step.words for step in now.steps], [step.words for step in then.steps]) == (["Fair"], ["Good"])
    assert organisation_history(provider.id, date(2009, 10, 14)) == []


def test_a_later_file_that_says_the_same_leaves_it(session: Database, write: Write) -> None:
    load_results(write())
    again = load_results(write(as_at="2009-12-01"))
    assert (again.already_loaded, again.stored) == (False, 1)
    assert rows(session) == [("Good", date(2009, 10, 15), None)]


def test_an_earlier_file_does_not_replace_what_is_newer(session: Database, write: Write) -> None:
    load_results(write())
    earlier = load_results(write(a_result(rating='"fair"', published_on=""), as_at="2009-10-01"))
    assert (earlier.stored, earlier.set_aside) == (0, {NEWER_HELD: 1})
    assert rows(session) == [("Good", date(2009, 10, 15), None)]


def test_a_correction_of_the_same_day_is_not_shown_as_a_step(session: Database, write: Write) -> None:
    load_results(write(a_result(period="")))
    load_results(write(a_result(period="", rating='"fair"')))
    (row,) = organisation_history(the_provider(session).id)
    assert [step.words for step in row.steps] == ["Fair"]


def test_the_same_result_twice_is_merged_and_every_row_is_accounted_for(
    session: Database, write: Write
) -> None:
    loaded = load_results(write(a_result(), a_result(), a_result(period='"2007/08"')))
    assert (loaded.rows_read, loaded.stored, loaded.merged, loaded.set_aside) == (3, 2, 1, {})
    assert SAME_TWICE not in loaded.set_aside


def test_a_provider_that_is_held_keeps_its_name_and_the_file_is_told(session: Database, write: Write) -> None:
    load_results(write())
    again = load_results(write(as_at="2009-12-01", called="Northmere Primary Care Trust"))
    assert the_provider(session).name == "NHS Northmere"
    assert again.warnings == [
        "NHS-NORTHMERE is held as NHS Northmere; the file calls it Northmere Primary Care Trust"
    ]


def test_a_trust_that_cqc_rated_breaks_at_the_new_framework(session: Database, write: Write) -> None:
    kloe = {"framework": '"cqc-2014"', "element": '"safe"', "period": ""}
    saf = {**kloe, "framework": '"cqc-saf-2023"', "published_on": "2025-01-09"}
    load_results(write(a_result(**kloe), a_result(**saf), as_at="2025-02-01", key="RDE"))
    (row,) = organisation_history(the_provider(session, "RDE").id)
    assert [(step.when, step.words) for step in row.steps] == [
        ("15 October 2009", "Good"),
        ("9 January 2025", "Good"),
    ]
    assert row.steps[1].break_before is None
    assert row.steps[1].notes[0].startswith("The words are the same and the method is new")


def test_an_organisation_without_results_has_no_history(session: Database) -> None:
    assert organisation_history(1) == []


def test_the_command_says_what_it_did_what_it_noticed_and_what_it_would_do(
    app: Flask, session: Database, write: Write
) -> None:
    def run(*options: str) -> str:
        return app.test_cli_runner().invoke(args=["cqc", "results", str(write()), *options]).output

    assert run("--dry-run").startswith(
        "Nothing was stored: this was a dry run of results.toml, as at 15 October 2009."
    )
    first = run()
    assert first.startswith("Loaded edition ")
    assert "1 result read: 1 stored, 0 merged, 0 set aside." in first
    assert "Note: NHS-NORTHMERE is not an id of CQC's: invented" in first
    assert run().startswith("These very bytes were loaded before, as edition ")
