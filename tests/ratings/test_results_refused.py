"""What is no file of results, or holds a bad one, is refused in one sentence."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from quality.cqc import CqcFileError
from quality.ratings.framework_models import OrganisationRating
from quality.ratings.results import load_results
from quality.ratings.results_file import read_results
from tests.builders.results import WEST_ESSEX, Write, a_result
from tests.databases import Database


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
