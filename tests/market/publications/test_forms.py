"""One snapshot, many forms: every number of it stands in the page, the PDF, the spreadsheet, the CSV and the JSON."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import odfdo
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.market.publications.comparing import compare
from quality.market.publications.dictionary import COLUMNS, LEFT_OUT_COLUMNS
from quality.market.publications.meaning import compared
from quality.market.publications.snapshot import Figure, Snapshot, SnapshotError
from quality.market.publications.snapshot import Role as Line
from quality.market.publications.telling import figure_rows, interval, left_out_rows, percent
from quality.people.models import Person
from tests.builders.publications import a_publication
from tests.market.publications.test_publishing import said_by
from tests.market.publications.told import a_figure, a_scope, a_snapshot
from tests.market.views.conftest import FIRST
from tests.pages import CheckedClient

COUNTS = st.integers(0, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FIGURES = st.builds(
    lambda role, counts, name: replace(a_figure(role, *counts), area_name=name),
    st.sampled_from(Line),
    COUNTS,
    WORDS,
)
SNAPSHOTS = st.builds(
    lambda figures, words, small: replace(
        a_snapshot(a_scope(*figures)), introduction=words, notes=words, show_small=small
    ),
    st.lists(FIGURES, max_size=5),
    WORDS,
    st.booleans(),
)
ADDRESS = "/market/published/NMR/1"


def numbers_of(said: Snapshot) -> list[str]:
    """Every number that a reader of the snapshot must find."""
    figures = [one for scope in said.scopes for one in scope.figures]
    numbers = [
        f"{number:,}" for one in figures for number in (one.k, one.n, one.registered) if number is not None
    ]
    numbers += [f"{each.count:,}" for one in figures for each in one.left_out]
    return [*numbers, *(percent(one) for one in figures), *(interval(one) for one in figures if one.n)]


@given(said=SNAPSHOTS)
def test_a_snapshot_comes_back_from_json_as_it_was(said: Snapshot) -> None:
    text = said.as_json()
    assert Snapshot.from_json(text) == said
    assert Snapshot.from_json(text).as_json() == text


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"schema_version": 2}'])
def test_what_is_no_snapshot_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(SnapshotError, match="not a publication"):
        Snapshot.from_json(text)


@given(said=SNAPSHOTS)
def test_every_column_of_the_files_is_in_the_dictionary(said: Snapshot) -> None:
    assert all(len(row) == len(COLUMNS) for row in figure_rows(said))
    assert all(len(row) == len(LEFT_OUT_COLUMNS) for row in left_out_rows(said))


@given(then=SNAPSHOTS, now=SNAPSHOTS)
def test_a_line_has_a_difference_or_a_reason_and_never_both(then: Snapshot, now: Snapshot) -> None:
    for line in compare(then, now).lines:
        assert bool(line.refused) != bool(line.difference)


@pytest.mark.usefixtures("market_of_two_days")
def test_every_number_stands_in_every_form(manager: Person, client: CheckedClient) -> None:
    one = a_publication(manager, printed=True, scopes=("all", "residential"))
    said = said_by(one)
    assert client.get(ADDRESS).status_code == 200
    page = client.words
    pdf = pypdf.PdfReader(io.BytesIO(client.get(f"{ADDRESS}.pdf").get_data()))
    printed = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for number in numbers_of(said):
        assert number in page, number
        assert number in printed, number
    sheets = {
        table.name: [list(row) for row in table.iter_values()]
        for table in odfdo.Document(io.BytesIO(client.get(f"{ADDRESS}.ods").get_data())).body.tables
    }
    rows = list(csv.DictReader(io.StringIO(client.get(f"{ADDRESS}.csv").get_data().decode("utf-8-sig"))))
    figures = [figure for scope in said.scopes for figure in scope.figures]
    cells = [row for name in ("Figures", "Benchmarks") for row in sheets[name][1:]]
    place = {name: number for number, name in enumerate(sheets["Figures"][0])}
    assert [(row["area_label"], row["k"], row["n"]) for row in rows] == [
        (figure.area_name, str(figure.k), str(figure.n)) for figure in figures
    ]
    assert sorted((row[place["area_label"]], row[place["k"]], row[place["n"]]) for row in cells) == sorted(
        (figure.area_name, figure.k, figure.n) for figure in figures
    )
    assert {"Read me", "Figures", "Benchmarks", "Left out", "Editions", "Data dictionary"} == set(sheets)
    for words in ("Open Government Licence v3.0", "rated/1", "Our own words."):
        assert words in page
        assert words in printed
        assert any(words in str(cell) for row in sheets["Read me"] for cell in row)


@pytest.mark.usefixtures("market_of_two_days")
def test_the_json_has_the_hash_that_was_published(manager: Person, client: CheckedClient) -> None:
    one = a_publication(manager)
    body = client.get(f"{ADDRESS}.json").get_data()
    assert hashlib.sha256(body).hexdigest() == one.snapshot_sha256
    index = client.get("/market/open-data/data.json").get_json()
    (dataset,) = index["dataset"]
    assert (dataset["sha256"], dataset["superseded"]) == (one.snapshot_sha256, False)
    for each in dataset["distribution"]:
        assert client.get(each["downloadURL"]).status_code == 200
    assert json.loads(body)["rule"]["key"] == "rated/1"


@pytest.mark.usefixtures("market_of_two_days")
def test_next_years_is_compared_line_by_line(manager: Person, client: CheckedClient) -> None:
    a_publication(manager, as_at=FIRST)
    a_publication(manager, compare="region", show_small=False)
    a_publication(manager, rule="unrated-counted/1")
    client.get("/market/published/NMR/2/beside/1")
    assert "Another list was chosen." in client.words
    assert "Suppressed in one of the two" in client.words
    client.get("/market/published/NMR/3/beside/1")
    assert "Counted by another rule: rated/1 then, unrated-counted/1 now." in client.words


@pytest.mark.usefixtures("market_of_two_days")
def test_the_same_rule_a_year_later_has_differences(manager: Person) -> None:
    then, now = (said_by(a_publication(manager, as_at=day)) for day in (FIRST, FIRST + timedelta(days=365)))
    found = compared(now, then)
    assert (found.then.as_at, found.now.as_at) == (FIRST, date(2026, 6, 30))
    own = next(line for line in found.lines if line.role is Line.OWN)
    assert own.difference == "no change"
    assert [change.what for change in found.changes] == ["CQC’s files"]


def test_ratings_that_mean_something_else_are_refused_with_the_reason() -> None:
    said = a_snapshot(a_scope(a_figure(Line.OWN, 5, 9)))
    (line,) = compare(said, said, not_comparable="Another element.").lines
    assert (line.refused, line.difference) == ("Another element.", "")


def test_a_figure_says_that_it_is_suppressed() -> None:
    hidden: Figure = replace(a_figure(Line.OWN, 1, 2), k=None, n=None, share=None, is_suppressed=True)
    assert percent(hidden) == "suppressed"
