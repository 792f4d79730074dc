"""Reading a list of areas as people paste it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.market.areas.list_lines import check_lines, text_of, with_line, without_lines
from quality.market.models import AreaSetKind

DAY = date(2026, 4, 1)
KENT, NORFOLK = "E10000016", "E10000020"


def codes(text: str, kind: AreaSetKind = AreaSetKind.NEIGHBOURS) -> tuple[str, ...]:
    """What a text names; every line of it can be taken."""
    checked = check_lines(text, kind, "Essex", DAY)
    assert checked.unknown == ()
    return checked.codes


@pytest.mark.parametrize(
    "text",
    [
        "Kent\nNorfolk",
        "kent\r\n\r\n  NORFOLK  ",
        f"{KENT}\n{NORFOLK.lower()}",
        f"{KENT}, Kent\n{NORFOLK}\tNorfolk\tauthority",
        f"{KENT} {NORFOLK}",
        "Kent, Norfolk",
        "Kent; Norfolk",
        f'"{KENT}", # Kent\n"{NORFOLK}", # Norfolk',
        f"ONS code,Name,Kind,List,As at\n{KENT},Kent,authority,Counties,2026-04-01\n{NORFOLK},Norfolk,authority",
        "Name\nKent\nNorfolk",
        "• Kent\n• Norfolk",
    ],
)
def test_areas_are_read_however_people_paste_them(text: str) -> None:
    assert codes(text) == (KENT, NORFOLK)


@pytest.mark.parametrize(
    "text",
    [
        "Bournemouth, Christchurch and Poole",
        "E06000058 Bournemouth, Christchurch and Poole",
        'E06000058,"Bournemouth, Christchurch and Poole",authority',
    ],
)
def test_a_name_with_a_comma_is_one_name(text: str) -> None:
    assert codes(text) == ("E06000058",)


def test_a_line_that_is_not_recognised_has_its_number_and_what_is_like_it() -> None:
    checked = check_lines("Kent\n\nNorflok\nNowhere at all", AreaSetKind.NEIGHBOURS, "Essex", DAY)
    first, second = checked.unknown
    assert (first.line, first.text) == (3, "Norflok")
    assert first.sentence == "Line 3: no local authority or district is called “Norflok”"
    assert "Norfolk" in [area.name for area in first.near]
    assert (second.line, second.near) == (4, ())
    assert checked.codes == (KENT,)


def test_only_areas_that_the_list_can_have_are_offered() -> None:
    (unknown,) = check_lines("Braintre", AreaSetKind.QUADRANT, "Essex", DAY).unknown
    assert [area.name for area in unknown.near] == ["Braintree"]
    (unknown,) = check_lines("Braintre", AreaSetKind.NEIGHBOURS, "Essex", DAY).unknown
    assert "Braintree" not in [area.name for area in unknown.near]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("E10999999", "no local authority or district has the code “E10999999”."),
        ("Cumbria", "existed until 31 March 2023"),
        ("East of England", "is neither a local authority nor a district"),
        ("Braintree", "is a district, and neighbours are local authorities"),
        (f"{KENT}, Norfolk", "it has Norfolk beside Kent (E10000016)"),
        ("Kent, Norflok", "is called “Norflok”"),
    ],
)
def test_why_a_line_cannot_be_taken_is_said(line: str, why: str) -> None:
    (unknown,) = check_lines(line, AreaSetKind.NEIGHBOURS, "Essex", DAY).unknown
    assert why in unknown.why


def test_an_area_that_is_named_again_counts_once_and_is_told() -> None:
    checked = check_lines(f"Kent\nNorfolk\n{KENT}", AreaSetKind.NEIGHBOURS, "Essex", DAY)
    assert checked.codes == (KENT, NORFOLK)
    assert [(one.line, one.area.name) for one in checked.again] == [(3, "Kent")]


def test_a_text_that_is_no_list_is_not_read_to_its_end() -> None:
    checked = check_lines("nonsense\n" * 4_000 + "Kent", AreaSetKind.NAMED, "Essex", DAY)
    assert len(checked.unknown) == 50
    assert not checked.is_whole


def test_a_line_is_put_right_and_others_are_left_out() -> None:
    text = "Kent\nNorflok\nNowhere"
    assert with_line(text, 2, f"{NORFOLK} Norfolk") == f"Kent\n{NORFOLK} Norfolk\nNowhere"
    assert with_line(text, 9, "Norfolk") == text
    assert without_lines(text, [2, 3]) == "Kent"


def test_what_is_shown_to_be_changed_is_read_as_the_same() -> None:
    areas = [one.area for one in check_lines("Kent\nE06000058", AreaSetKind.NAMED, "Essex", DAY).members]
    assert codes(text_of(areas), AreaSetKind.NAMED) == (KENT, "E06000058")


@given(st.text(max_size=200))
def test_no_text_is_too_strange_to_be_answered(text: str) -> None:
    checked = check_lines(text, AreaSetKind.NAMED, "Essex", DAY)
    assert all(one.sentence for one in checked.unknown)
