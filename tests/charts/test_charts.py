"""Every chart: safe, the same each time, read aloud, and never at odds with its table."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from quality.charts.told import Chart
from tests.charts.drawn import AS_AT, SOURCE, charts, empty_charts

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("x")</script> & “Ünïcode” שלום ' + "endless " * 25


def kind(chart: Chart) -> str:
    """What a chart is called in the list of tests."""
    return type(chart).__name__


def parsed(svg: str) -> ET.Element:
    """The drawing as a tree, which it must be."""
    return ET.fromstring(svg)  # noqa: S314 -- It is ours, drawn a moment ago.


def words_of(svg: str) -> str:
    """All that stands in the picture or is read aloud, in one line."""
    return " ".join(" ".join(parsed(svg).itertext()).split())


@pytest.mark.parametrize("chart", charts(), ids=kind)
def test_a_chart_says_what_it_is_from_whom_and_of_when(chart: Chart) -> None:
    tree = parsed(chart.svg("chart"))
    title, description = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert tree.get("role") == "img"
    assert title is not None
    assert description is not None
    assert title.text == chart.title
    assert description.text == chart.description
    assert tree.get("aria-labelledby") == title.get("id")
    assert tree.get("aria-describedby") == description.get("id")
    said = words_of(chart.svg("chart"))
    assert SOURCE in said
    assert AS_AT in said


@pytest.mark.parametrize("chart", charts(), ids=kind)
def test_every_number_of_the_table_stands_in_the_chart(chart: Chart) -> None:
    headings, rows = chart.table()
    said = words_of(chart.svg("chart"))
    assert rows
    assert all(len(row) == len(headings) for row in rows)
    # What stands in brackets, an interval or a share of the number before it, is drawn and need not be said.
    told = [re.sub(r"\(.*?\)", "", cell) for row in rows for cell in row]
    numbers = {number for cell in told for number in re.findall(r"\d[\d,.]*%?", cell)}
    missing = {number for number in numbers if number.rstrip(",.") not in said}
    assert not missing, f"The picture does not say {sorted(missing)}."


@pytest.mark.parametrize("chart", charts(), ids=kind)
def test_the_same_figures_give_the_same_bytes(chart: Chart) -> None:
    assert chart.svg("chart") == chart.svg("chart")


@pytest.mark.parametrize("chart", charts(), ids=kind)
def test_two_charts_of_one_page_share_no_id(chart: Chart) -> None:
    ids = [
        {one.get("id") for one in parsed(chart.svg(prefix)).iter() if one.get("id")}
        for prefix in ("first", "second")
    ]
    assert ids[0]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("chart", [*charts(HOSTILE), *charts(), *empty_charts()], ids=kind)
def test_a_chart_runs_nothing_and_asks_for_nothing(chart: Chart) -> None:
    svg = chart.svg("chart")
    for one in parsed(svg).iter():
        assert one.tag.removeprefix(SVG) not in {"script", "image", "style", "foreignObject", "a"}
        for name, value in one.attrib.items():
            assert not name.lower().startswith("on")
            assert name != "style", "The pages' security policy refuses styles in attributes."
            assert not re.search(r"(https?:|data:|javascript:)", value), f"{name} is {value}."


@pytest.mark.parametrize("chart", empty_charts(), ids=kind)
def test_a_chart_with_nothing_to_show_says_so(chart: Chart) -> None:
    said = words_of(chart.svg("chart"))
    assert "Nothing yet" in said
    assert chart.description
    assert chart.description.split(".")[0] in said


@pytest.mark.parametrize("prefix", ["", "1st", "a b", 'x"'])
def test_a_prefix_that_is_no_name_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        charts()[0].svg(prefix)
