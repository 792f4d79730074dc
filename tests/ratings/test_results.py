"""Results of organisations as a whole: the file, what is stored of it, and what is said of them through time."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from quality.core.database import Base
from quality.cqc import CqcFileError
from quality.history.models import Event
from quality.ratings.framework_models import OrganisationRating
from quality.ratings.organisations import ResultRow, organisation_history
from quality.ratings.results import NEWER_HELD, SAME_TWICE, load_results
from quality.ratings.results_file import is_made_up, read_results
from quality.services.models import Edition, Provider, Service
from tests.databases import Database

WEST_ESSEX = Path(__file__).resolve().parents[2] / "docs" / "examples" / "nhs-west-essex.toml"
Write = Callable[..., Path]


def a_result(**changes: str) -> str:
    """One result in TOML: the values are as they are written there, and an empty one is left out."""
    facts = {
        "framework": '"nhs-ahc"',
        "element": '"financial-management"',
        "period": '"2008/09"',
        "published_on": "2009-10-15",
        "rating": '"good"',
        "source": '"Invented"',
        **changes,
    }
    return "\n".join(
        ["[[organisation.result]]", *(f"{name} = {value}" for name, value in facts.items() if value)]
    )


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of one invented organisation's results."""

    def written(
        *results: str,
        name: str = "results.toml",
        as_at: str = "2009-10-15",
        key: str = "NHS-NORTHMERE",
        called: str = "NHS Northmere",
        more: str = "",
    ) -> Path:
        head = [f"as_at = {as_at}", "[[organisation]]", f'key = "{key}"', 'key_from = "invented"']
        path = tmp_path / name
        path.write_text("\n".join([*head, f'name = "{called}"', *(results or [a_result()]), more]), "utf-8")
        return path

    return written


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


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"framework": '"nhs"'}, '“framework” is "nhs", and should be one of cqc-2014, cqc-asc-2026-draft'),
        ({"framework": '"cqc-asc-2026-draft"'}, "is a draft, and nothing has been rated under it"),
        (
            {"element": '"quality-of-care"'},
            '“element” is "quality-of-care", which is not an element of nhs-ahc',
        ),
        (
            {"rating": '"outstanding"'},
            '“rating” is "outstanding", and should be one of Weak, Fair, Good, Exc',
        ),
        ({"rating": ""}, "“rating” is missing"),
        ({"rating": "3"}, "“rating” should be text"),
        (
            {"published_on": "2999-01-01"},
            "“published_on” is 2999-01-01, which is before 2000 or in the future",
        ),
        (
            {"published_on": "1999-12-31"},
            "“published_on” is 1999-12-31, which is before 2000 or in the future",
        ),
        ({"published_on": '"soon"'}, "“published_on” should be a date like 2009-10-15"),
        ({"published_on": "2009-10-15T10:00:00"}, "“published_on” should be a date like 2009-10-15"),
        ({"period": '"the financial year 2008/09"'}, "“period” should be one line of at most 20"),
        ({"source": ""}, "“source” is missing"),
        ({"raiting": '"good"'}, "“raiting” is not a name that is known here"),
        ({"note": '""'}, "“note” is empty"),
        ({"service_group": '"A\\u0000B"'}, "“service_group” should be one line"),
        ({"element": '"core-standards"'}, "“of” is missing"),
        (
            {"element": '"core-standards"', "rating": "", "met": "25", "of": "24"},
            "“met” should be a whole number from 0 to 24, and is 25",
        ),
        ({"element": '"core-standards"', "met": "1", "of": "1"}, "“rating” is not a name that is known here"),
    ],
)
def test_a_bad_result_is_refused_with_its_place_and_nothing_is_stored(
    session: Database, write: Write, changes: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CqcFileError) as refused:
        load_results(write(a_result(period='"2007/08"'), a_result(**changes)))
    assert refused.value.sentence.startswith("results.toml, organisation 1 (NHS-NORTHMERE), result 2: ")
    assert sentence in refused.value.sentence
    assert session.scalar(select(func.count()).select_from(OrganisationRating)) == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"key": "nhs northmere"},
            '“key” is "nhs northmere", which is neither an id of CQC\'s like 1-101639526',
        ),
        ({"key": "NHS-" + "X" * 20}, "“key” should be one line of at most 20"),
        ({"called": " "}, "“name” is empty"),
        ({"as_at": "2999-01-01"}, "“as_at” is 2999-01-01, which is before 2000 or in the future"),
        ({"more": "[[organisation"}, "is not a TOML file"),
        (
            {"more": '[[organisation]]\nkey = "RDE"\nname = "N"'},
            "organisation 2 (RDE): “result” is missing",
        ),
    ],
)
def test_a_bad_organisation_or_file_is_refused(
    session: Database, write: Write, changes: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CqcFileError) as refused:
        load_results(write(**changes))
    assert sentence in refused.value.sentence


def test_two_different_results_for_one_thing_are_refused(session: Database, write: Write) -> None:
    with pytest.raises(CqcFileError) as refused:
        load_results(write(a_result(), a_result(rating='"fair"')))
    assert refused.value.sentence == (
        "results.toml: NHS Northmere has two different results for financial-management 2008/09."
    )


def test_an_organisation_told_twice_is_refused(session: Database, write: Write) -> None:
    more = '[[organisation]]\nkey = "NHS-NORTHMERE"\nkey_from = "invented"\nname = "N"\n' + a_result()
    with pytest.raises(CqcFileError, match='the organisation "NHS-NORTHMERE" is there twice'):
        load_results(write(more=more))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfea\x00", "results.toml is not UTF-8 text."),
        (b"", "results.toml: “as_at” is missing"),
        (b"as_at = 2009-10-15\n", "“organisation” is missing"),
        (b"x = " + b"[" * 100_000, "results.toml is not a TOML file"),
        (b"# " + b"x" * 5_000_000, "results.toml is larger than 5 MB"),
    ],
)
def test_what_is_no_file_of_results_is_refused_in_one_sentence(
    session: Database, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "results.toml"
    path.write_bytes(content)
    with pytest.raises(CqcFileError) as refused:
        load_results(path)
    assert sentence in refused.value.sentence
    assert "\n" not in refused.value.sentence


@given(st.data())
def test_a_file_changed_anywhere_is_read_or_refused_in_one_sentence(data: st.DataObject) -> None:
    content = bytearray(WEST_ESSEX.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(content)))
        content[start : start + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "results.toml"
        path.write_bytes(content)
        assert "\n" not in _read_or_refused(path)


def _read_or_refused(path: Path) -> str:
    """The organisations' names, or the sentence that refuses the file."""
    try:
        return ", ".join(organisation.name for organisation in read_results(path).organisations)
    except CqcFileError as error:
        return error.sentence


def test_the_command_refuses_with_one_sentence_and_status_2(
    app: Flask, session: Database, tmp_path: Path
) -> None:
    answer = app.test_cli_runner().invoke(args=["cqc", "results", str(tmp_path / "none.toml")])
    assert answer.exit_code == 2
    assert answer.stderr == "none.toml cannot be read: No such file or directory.\n"


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
