"""The areas that a council names itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from quality.core.clock import today
from quality.history.kinds import Kind
from quality.history.queries import details_of
from quality.market.areas import AreaKind, authorities_in, find_area, sets_of
from quality.market.areas.files import AreaFileError
from quality.market.areas.sets_loading import load_sets
from quality.market.models import AreaSet, AreaSetKind
from quality.services.models import LocalAuthority
from tests.builders.people import a_council
from tests.databases import Database

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "areas-essex.toml"
DAY = date(2026, 7, 1)


@pytest.fixture
def essex(session: Database) -> LocalAuthority:
    return a_council(session, "Essex", "ESX")


def test_the_example_of_essex_is_taken_in(essex: LocalAuthority) -> None:
    assert load_sets(EXAMPLE).added == [
        "Mid Essex",
        "West Essex",
        "South East Essex",
        "South West Essex",
        "Example neighbours",
    ]
    west = find_area("West Essex", DAY)
    assert (west.code, west.kind) == ("west", AreaKind.QUADRANT)
    assert west.members == ("E07000072", "E07000073", "E07000077")
    assert west == find_area("west", DAY, council_id=essex.id)


def test_a_neighbour_list_is_the_authorities_it_names(essex: LocalAuthority) -> None:
    load_sets(EXAMPLE)
    area = find_area("example-neighbours", DAY)
    assert area.kind is AreaKind.SET
    assert authorities_in(area, DAY) == ("Hertfordshire", "Kent", "Norfolk", "Suffolk")
    assert [one.key for one in sets_of(essex.id, AreaSetKind.NEIGHBOURS)] == ["example-neighbours"]


def test_loading_the_same_file_again_changes_nothing(session: Database, essex: LocalAuthority) -> None:
    load_sets(EXAMPLE)
    again = load_sets(EXAMPLE)
    assert (again.added, again.changed, len(again.unchanged)) == ([], [], 5)
    one = session.scalars(select(AreaSet).where(AreaSet.key == "west")).one()
    assert len(details_of(Kind.AREA_SET_ADDED, "area_set", one.id)) == 1


def test_a_set_that_is_replaced_keeps_its_earlier_definition_in_the_history(
    session: Database, essex: LocalAuthority, tmp_path: Path
) -> None:
    load_sets(a_file(tmp_path, members='["E10000016"]'))
    assert load_sets(a_file(tmp_path, members='["E10000016", "E10000029"]')).changed == ["Similar counties"]
    one = session.scalars(select(AreaSet)).one()
    (told,) = details_of(Kind.AREA_SET_CHANGED, "area_set", one.id)
    assert told["before"]["members"] == ["E10000016"]
    assert told["after"]["members"] == ["E10000016", "E10000029"]


def test_two_councils_may_each_have_a_set_of_the_same_key(
    session: Database, essex: LocalAuthority, tmp_path: Path
) -> None:
    other = a_council(session)
    load_sets(a_file(tmp_path, members='["E10000016"]'))
    load_sets(a_file(tmp_path, council="Northmere", members='["E10000029"]'))
    assert find_area("similar", DAY, council_id=essex.id).members == ("E10000016",)
    assert find_area("similar", DAY, council_id=other.id).members == ("E10000029",)


def test_a_planned_successor_may_join_districts_and_authorities(
    essex: LocalAuthority, tmp_path: Path
) -> None:
    load_sets(a_file(tmp_path, kind="planned successor", members='["E07000075", "E06000033"]'))
    area = find_area("similar", DAY)
    assert area.kind is AreaKind.SET
    assert authorities_in(area, DAY) == ("Southend-on-Sea",)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"members": '["E10000016",\n  "E10999999"]'},
            "areas.toml, line 9: There is no area called “E10999999”.",
        ),
        ({"members": '["E10000016",\n  "E1"]'}, "areas.toml, line 9: There is no area called “E1”."),
        (
            {"members": '["E10000006"]'},
            "areas.toml, line 8: Cumbria (E10000006) existed until 31 March 2023.",
        ),
        ({"members": '["Kent"]'}, "areas.toml, line 8: members are ONS codes, and Kent has E10000016."),
        ({"members": "[]"}, "areas.toml, line 4: “members” should name 1 to 400 areas, and names 0."),
        ({"members": '["E10000016", "e10000016"]'}, "areas.toml, line 8: E10000016 is there twice."),
        ({"members": "[7]"}, "areas.toml, line 4: “members” should be a list of ONS codes"),
        (
            {"members": '["E12000006"]'},
            "East of England (E12000006) is neither a local authority nor a district",
        ),
        (
            {"members": '["E07000066"]'},
            "Basildon (E07000066) is a district, and neighbours are local authorities",
        ),
        ({"members": '["E10000012"]'}, "Essex (E10000012) is the council itself"),
        ({"kind": "quadrant", "members": '["E07000105"]'}, "Ashford (E07000105) is no district of Essex"),
        ({"kind": "quadrant", "members": '["E10000016"]'}, "Kent (E10000016) is no district"),
        ({"kind": "friends"}, "areas.toml, line 4: “kind” should be one of neighbours, quadrant, named"),
        ({"key": "Not a key"}, "areas.toml, line 5: “key” should be small letters, digits and hyphens"),
        ({"name": "Kent"}, "areas.toml, line 6: “Kent” is the name of an area of England"),
        ({"source": "  "}, "areas.toml, line 4: “source” is empty."),
        ({"council": "Esex"}, "areas.toml: “council” is “Esex”, and no council of that name works here."),
        ({"as_at": "2999-01-01"}, "“as_at” should be a day that is not in the future"),
        ({"as_at": '"soon"'}, "“as_at” should be a day that is not in the future"),
        ({"more": "colour = 3"}, "areas.toml, line 4: “colour” is not a name that is known here."),
        ({"more": "[[set]]"}, "areas.toml, line 10: “key” is missing."),
        ({"more": "]["}, "areas.toml is not a TOML file"),
    ],
)
def test_a_file_that_is_unfit_stores_nothing_and_names_the_line(
    session: Database, essex: LocalAuthority, tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    with pytest.raises(AreaFileError) as refused:
        load_sets(a_file(tmp_path, **changes))
    assert sentence in refused.value.sentence
    assert session.scalar(select(func.count()).select_from(AreaSet)) == 0


def test_a_repeated_key_is_refused_at_its_second_line(essex: LocalAuthority, tmp_path: Path) -> None:
    again = '[[set]]\nkey = "similar"\nname = "Others"\nkind = "named"\nmembers = ["E10000016"]\nsource = "x"'
    with pytest.raises(AreaFileError, match=r"areas\.toml, line 11: the key “similar” is there twice"):
        load_sets(a_file(tmp_path, more=again))


def test_a_file_that_is_no_text_or_not_there_is_refused(essex: LocalAuthority, tmp_path: Path) -> None:
    path = tmp_path / "areas.toml"
    with pytest.raises(AreaFileError, match=r"areas\.toml cannot be read"):
        load_sets(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AreaFileError, match=r"areas\.toml is not UTF-8 text"):
        load_sets(path)


def a_file(folder: Path, *, more: str = "", **changes: str) -> Path:
    """A file of one set, a neighbour list, with these values changed. Quotation marks are put around text."""
    told = {
        "council": "Essex",
        "as_at": today().isoformat(),
        "key": "similar",
        "name": "Similar counties",
        "kind": "neighbours",
        "members": '["E10000016"]',
        "source": "Chosen by the council for this test.",
        **changes,
    }
    bare = ("as_at", "members")
    lines = {name: f"{name} = {value if name in bare else repr(value)}" for name, value in told.items()}
    head = [lines.pop("council"), lines.pop("as_at")]
    path = folder / "areas.toml"
    path.write_text("\n".join([*head, "", "[[set]]", *lines.values(), more]) + "\n", encoding="utf-8")
    return path
