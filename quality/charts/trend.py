"""The trend: shares over time, broken where they are not simply compared, beside figures that others published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quality.charts.canvas import make_sheet, say_empty
from quality.charts.told import Chart, Drawn, Table
from quality.charts.trend_drawing import draw_trend
from quality.charts.trend_parts import OutsidePoint, TrendPoint, TrendSeries, margin_for
from quality.charts.words import long_day, percent

__all__ = ["OutsidePoint", "Trend", "TrendPoint", "TrendSeries"]

_EMPTY = "There is no day to show: nothing is held for it."


@dataclass(frozen=True)
class Trend(Chart):
    """Lines of areas over time, days with the reason why lines stop there, and figures published elsewhere."""

    title: str
    source: str
    as_at: str
    series: tuple[TrendSeries, ...]
    breaks: tuple[tuple[date, str], ...] = ()
    outside: tuple[OutsidePoint, ...] = ()
    measure: str = "Share rated Good or Outstanding"

    @property
    def drawn(self) -> tuple[TrendSeries, ...]:
        """The series that have points, in the order given."""
        return tuple(series for series in self.series if series.points)

    @property
    def numbered(self) -> list[tuple[int, date, str]]:
        """The breaks from the oldest on, numbered as in the picture."""
        return [(number, day, words) for number, (day, words) in enumerate(sorted(self.breaks), start=1)]

    @property
    def notes(self) -> list[str]:
        """What stands under the plot: the reason of each break, and what the hollow diamonds and the band are."""
        about = []
        found = [f"{number}. {long_day(day)}: {words}" for number, day, words in self.numbered]
        if any(point.low is not None for series in self.drawn if series.is_own for point in series.points):
            about.append("The shaded band is the 95% interval.")
        if self.outside:
            about.append("Hollow diamonds are figures published elsewhere, never joined to ours.")
        return [*found, " ".join(about)] if about else found

    @property
    def description(self) -> str:
        """Each line's first and last share, the breaks with their reasons, and how many figures come from elsewhere."""
        if not self.drawn and not self.outside:
            return f"A chart of shares over time, without figures. {_EMPTY}"
        lines = [_in_words(series) for series in self.drawn]
        breaks = [
            f"The lines are broken at {long_day(day)}: {words.rstrip('.')}."
            for _, day, words in self.numbered
        ]
        elsewhere = [f"{point.name}, {long_day(point.day)}: {percent(point.share)}" for point in self.outside]
        parts = [f"Lines over time: {self.measure[:1].lower()}{self.measure[1:]}.", *lines, *breaks]
        if elsewhere:
            parts.append(f"Published elsewhere: {'; '.join(elsewhere)}.")
        return " ".join(parts)

    def table(self) -> Table:
        """A row for each point, line by line, then for the figures from elsewhere, then for the breaks."""
        rows = [
            (series.name, long_day(point.day), percent(point.share), point.interval)
            for series in self.drawn
            for point in series.points
        ]
        rows += [
            (f"{point.name} (published elsewhere)", long_day(point.day), percent(point.share), "")
            for point in self.outside
        ]
        rows += [(f"Break {number}: {words}", long_day(day), "", "") for number, day, words in self.numbered]
        return ("Area", "Day", "Share", "95% interval"), tuple(rows)

    def draw(self) -> Drawn:
        """The figure; each line describes its points."""
        sheet = make_sheet(
            title=self.title,
            source=self.source,
            as_at=self.as_at,
            measure=self.measure,
            plot_height=330,
            right=margin_for(self.drawn),
            below=46,
            notes=self.notes,
        )
        if not self.drawn and not self.outside:
            say_empty(sheet, _EMPTY)
            return Drawn(sheet.figure)
        told = draw_trend(
            sheet, self.drawn, [(number, day) for number, day, _ in self.numbered], self.outside
        )
        return Drawn(sheet.figure, told)


def _in_words(series: TrendSeries) -> str:
    """A line's first and last share, with the last interval where there is one."""
    points: Sequence[TrendPoint] = series.ordered
    last = points[-1]
    between = f", 95% interval {last.interval}" if last.interval else ""
    if len(points) == 1:
        return f"{series.name}: {percent(last.share)} at {long_day(last.day)}{between}."
    first = points[0]
    return (
        f"{series.name}: from {percent(first.share)} at {long_day(first.day)} "
        f"to {percent(last.share)} at {long_day(last.day)}{between}."
    )
