"""Words in a chart never lie on each other, however crowded the figures are."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from quality.charts.canvas import Box, drawing
from quality.charts.funnel import Funnel, FunnelPoint
from quality.charts.labels import spread
from quality.charts.ladder import Ladder, LadderRow
from quality.charts.style import MEANINGFUL, WIDTH
from quality.charts.told import Chart
from quality.charts.trend import OutsidePoint, Trend, TrendPoint, TrendSeries
from tests.charts.drawn import AS_AT, SOURCE, charts, empty_charts

LONG = "W" * 200
ARABIC = "مجلس المدينة"
_LIMITS = tuple((float(n), 0.82 - 0.4 / n**0.5, 0.82 + 0.4 / n**0.5) for n in range(10, 800, 10))


def crowded() -> list[Chart]:
    """Charts with more names than there is room for, long ones and ones from right to left among them."""
    points = [FunnelPoint(f"Place {i}", 60 + i % 9 * 3, 30 + i % 7 * 4) for i in range(60)]
    days = [date(2025, month, 1) for month in range(1, 13)]
    lines = [
        TrendSeries(
            f"{ARABIC} {i} {LONG}", i == 0, tuple(TrendPoint(day, 0.8 + i / 1000, 0.7, 0.9) for day in days)
        )
        for i in range(8)
    ]
    breaks = tuple((date(2025, 6, day), f"Reason {day}.") for day in (3, 4, 5, 6))
    elsewhere = tuple(OutsidePoint(f"Figure {i}", date(2025, 6, 1), 0.8) for i in range(9))
    rows = [LadderRow(f"{i} {LONG}", 70 + i % 20, 100, 0.5, 0.95, i == 3) for i in range(40)]
    told = (LONG, SOURCE, AS_AT)
    return [
        Funnel(
            *told, ("England " + LONG, 0.82), (*points, FunnelPoint(LONG, 61, 50, True)), _LIMITS, _LIMITS
        ),
        Ladder(*told, tuple(rows), ("England " + LONG, 0.999)),
        Trend(*told, tuple(lines), breaks, elsewhere),
    ]


def boxes_of(chart: Chart) -> dict[str, Box]:
    """Where every word of a chart stands, by what it says and where."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    with drawing():
        figure = chart.draw().figure
        renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
        found = {}
        for text in figure.findobj(Text):
            assert isinstance(text, Text)
            if text.get_text() and text.get_visible():
                edges = text.get_window_extent(renderer)
                found[f"{text.get_text()} at {text.get_position()}"] = Box(*edges.extents)
    return found


@pytest.mark.parametrize(
    "chart", [*charts(), *empty_charts(), *crowded()], ids=lambda chart: type(chart).__name__
)
def test_no_words_lie_on_others_or_leave_the_sheet(chart: Chart) -> None:
    boxes = boxes_of(chart)
    assert boxes
    assert not [(one, other) for one, other in combinations(boxes, 2) if boxes[one].meets(boxes[other])]
    assert not [words for words, box in boxes.items() if box.left < 0 or box.right > WIDTH]


@pytest.mark.parametrize("chart", crowded(), ids=lambda chart: type(chart).__name__)
def test_the_own_area_is_named_however_crowded_it_is(chart: Chart) -> None:
    own = {Funnel: "WWW", Ladder: "3 WWW", Trend: f"{ARABIC} 0"}[type(chart)]
    assert any(words.startswith(own) for words in boxes_of(chart))


def test_heights_keep_their_order_and_their_distance() -> None:
    assert spread([50, 51, 52], 10, 0, 100) == [41, 51, 61]
    assert spread([99, 98], 10, 0, 100) == [100, 90]
    assert spread([5, 5, 5], 90, 0, 100) == [0, 50, 100]
    assert spread([], 10, 0, 100) == []


@pytest.mark.parametrize("ink", MEANINGFUL)
def test_every_ink_that_means_something_is_three_to_one_against_the_paper(ink: str) -> None:
    parts = [int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 3
