"""How a trend is drawn: lines cut at breaks, numbered rules, hollow diamonds, and names at the right end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from quality.charts.canvas import Box, Label, Sheet, boxes_along, dress, place_labels, spread, write
from quality.charts.rewriting import Told
from quality.charts.scales import day_ticks, share_ticks
from quality.charts.style import (
    BAND,
    BAND_EDGE,
    DASHES,
    INK,
    LINE,
    OTHER,
    OUTSIDE_MARK,
    OWN,
    OWN_LINE,
    OWN_MARK,
    PAPER,
    QUIET,
    RULE,
    SMALL_SIZE,
    TEXT_SIZE,
    THIN,
)
from quality.charts.trend_parts import OutsidePoint, TrendPoint, TrendSeries, label_of, pieces
from quality.charts.words import long_day, percent

_APART = TEXT_SIZE * 1.3
_FAR = (
    0.0,
    9.0,
    18.0,
    30.0,
    45.0,
    65.0,
    90.0,
    120.0,
)  # Lines leave little room near them, and there are few labels.


def draw_trend(
    sheet: Sheet,
    series: Sequence[TrendSeries],
    breaks: Sequence[tuple[int, date]],
    outside: Sequence[OutsidePoint],
) -> Told:
    """Draw all of it, and return what the lines and the hollow diamonds say."""
    inside = _set_limits(sheet, series, breaks, outside)
    _draw_breaks(sheet, inside)
    told: dict[str, Sequence[str] | str] = {}
    days = [day for _, day in inside]
    dashes = iter(DASHES * (len(series) // len(DASHES) + 1))
    for number, one in enumerate(series):
        how = (
            _own_line()
            if one.is_own
            else {"color": OTHER, "linewidth": LINE, "linestyle": next(dashes), "zorder": 2}
        )
        parts = pieces(one.ordered, days)
        if one.is_own:
            _draw_band(sheet, parts)
        _draw_line(sheet, parts, how, f"line-{number}")
        told[f"line-{number}-0"] = f"{one.name}. " + "; ".join(_said(point) for point in one.ordered)
    ends = _label_ends(sheet, series)
    told.update(_draw_outside(sheet, outside, series, breaks=days, ends=ends))
    return told


def _own_line() -> dict[str, Any]:
    return {"color": OWN, "linewidth": OWN_LINE, "linestyle": "-", "zorder": 3}


def _said(point: TrendPoint) -> str:
    between = f" ({point.interval})" if point.interval else ""
    return f"{long_day(point.day)}: {percent(point.share)}{between}"


def _set_limits(
    sheet: Sheet,
    series: Sequence[TrendSeries],
    breaks: Sequence[tuple[int, date]],
    outside: Sequence[OutsidePoint],
) -> list[tuple[int, date]]:
    """Set the axes so that all points are in; returned are the breaks that lie in them."""
    points = [point for one in series for point in one.points]
    days = [point.day for point in points] + [point.day for point in outside]
    shares = [point.share for point in points] + [point.share for point in outside]
    own = [point for one in series if one.is_own for point in one.points]
    shares += [end for point in own for end in (point.low, point.high) if end is not None]
    first, last = min(days), max(days)
    ticks = share_ticks(shares)
    spare = 0 if last > first else 30
    sheet.axes.set(
        xlim=(first.toordinal() - spare, last.toordinal() + spare), ylim=(ticks[0][0], ticks[-1][0])
    )
    dress(sheet, x=day_ticks(first, last), y=ticks)
    return [(number, day) for number, day in breaks if first <= day <= last]


def _draw_breaks(sheet: Sheet, breaks: Sequence[tuple[int, date]]) -> None:
    """A thin rule for each break with its number above it, the numbers never over each other."""
    bottom, top = sheet.axes.get_ylim()
    at = [sheet.spot(day.toordinal(), top)[0] for _, day in breaks]
    places = spread(at, 20, sheet.left, sheet.right)
    for (number, day), across in zip(breaks, places, strict=True):
        x = day.toordinal()
        sheet.axes.plot((x, x), (bottom, top), color=RULE, linewidth=THIN, linestyle=(0, (2, 2)), zorder=1)
        write(sheet.figure, across, sheet.top + 6, str(number), size=SMALL_SIZE, bold=True, side="center")


def _draw_band(sheet: Sheet, parts: Sequence[Sequence[TrendPoint]]) -> None:
    """The interval of the own area, with a thin edge so that it is seen without its tint."""
    for part in parts:
        held = [(p.day.toordinal(), p.low, p.high) for p in part if p.low is not None and p.high is not None]
        if len(held) == 1:
            x, low, high = held[0]
            sheet.axes.plot((x, x), (low, high), color=BAND_EDGE, linewidth=THIN, zorder=1.5, clip_on=False)
        elif held:
            days, lows, highs = zip(*held, strict=True)
            sheet.axes.fill_between(days, lows, highs, color=BAND, linewidth=0, zorder=0.05)
            for edge in (lows, highs):
                sheet.axes.plot(days, edge, color=BAND_EDGE, linewidth=0.7, zorder=1.5)


def _draw_line(sheet: Sheet, parts: Sequence[Sequence[TrendPoint]], how: dict[str, Any], gid: str) -> None:
    """The pieces of a line; one that has a single point is a dot."""
    for number, part in enumerate(parts):
        days, shares = [point.day.toordinal() for point in part], [point.share for point in part]
        dot = {"marker": "o", "markersize": how["linewidth"] + 3} if len(part) == 1 else {}
        sheet.axes.plot(
            days, shares, gid=f"{gid}-{number}", clip_on=False, solid_capstyle="round", **how, **dot
        )


def _label_ends(sheet: Sheet, series: Sequence[TrendSeries]) -> list[Box]:
    """The own area's diamond, and each line's name and last share beside its end, with a leader where it was moved."""
    ends = [sheet.spot(one.ordered[-1].day.toordinal(), one.ordered[-1].share) for one in series]
    heights = spread([up for _, up in ends], _APART, sheet.bottom + 4, sheet.top - 4)
    for one, (across, up), height in zip(series, ends, heights, strict=True):
        words = " ".join(label_of(one))
        ink = OWN if one.is_own else INK
        write(sheet.figure, sheet.right + 20, height - 0.36 * TEXT_SIZE, words, ink=ink, bold=one.is_own)
        if abs(height - up) > 3 or sheet.right - across > 3:
            _lead(sheet, (across + 6, up), (sheet.right + 16, height))
        if one.is_own:
            last = one.ordered[-1]
            sheet.axes.plot([last.day.toordinal()], [last.share], zorder=5, **OWN_MARK.drawn())
    return [Box.around(across, up, 8) for across, up in ends]


def _lead(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - loaded only when a chart is drawn
    from matplotlib.transforms import IdentityTransform  # noqa: PLC0415

    across, up = zip(start, end, strict=True)
    line = Line2D(across, up, color=RULE, linewidth=THIN, transform=IdentityTransform(), zorder=1.5)
    sheet.figure.add_artist(line)


def _draw_outside(
    sheet: Sheet,
    outside: Sequence[OutsidePoint],
    series: Sequence[TrendSeries],
    *,
    breaks: Sequence[date],
    ends: Sequence[Box],
) -> dict[str, list[str]]:
    """Hollow diamonds, the latest of each name labelled where there is room."""
    if not outside:
        return {}
    days, shares = [point.day.toordinal() for point in outside], [point.share for point in outside]
    mark = {**OUTSIDE_MARK.drawn(), "markerfacecolor": PAPER}
    sheet.axes.plot(days, shares, gid="outside", zorder=4, **mark)
    latest = {point.name: point for point in sorted(outside, key=lambda point: point.day)}
    labels = [
        Label(
            f"{p.name} {percent(p.share)}",
            *sheet.spot(p.day.toordinal(), p.share),
            gap=9,
            size=SMALL_SIZE,
            ink=QUIET,
            steps=_FAR,
        )
        for p in latest.values()
    ]
    lines = _strokes(sheet, series, breaks)
    around = [*ends, *(Box.around(*sheet.spot(p.day.toordinal(), p.share), 6) for p in outside)]
    bounds = Box(sheet.left, sheet.bottom + 2, sheet.right + 8, sheet.top)
    place_labels(sheet.figure, labels, within=bounds, around=around, lines=lines, on_paper=False)
    return {"outside": [f"{p.name}, {long_day(p.day)}: {percent(p.share)}" for p in outside]}


def _strokes(sheet: Sheet, series: Sequence[TrendSeries], breaks: Sequence[date]) -> list[Box]:
    """Where the lines and the rules at breaks run, for words to keep off."""
    low, high = sheet.axes.get_ylim()
    found = [
        box
        for day in breaks
        for box in boxes_along([sheet.spot(day.toordinal(), low), sheet.spot(day.toordinal(), high)])
    ]
    for one in series:
        found += boxes_along([sheet.spot(p.day.toordinal(), p.share) for p in one.ordered])
    return found
