"""The ladder: areas above one another, best first, each a dot with its interval, beside a reference."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from quality.charts.canvas import Sheet, dress, make_sheet, say_empty, write
from quality.charts.scales import share_ticks
from quality.charts.style import (
    BAND,
    BEYOND_MARK,
    EDGE,
    INK,
    LINE,
    OTHER,
    OWN,
    OWN_LINE,
    OWN_MARK,
    QUIET,
    RULE,
    SMALL_SIZE,
    TEXT_SIZE,
    WIDTH,
)
from quality.charts.told import Chart, Drawn, Table
from quality.charts.words import clean, percent, shorten, width_of

_EMPTY = "There is no area to show."
_NONE = "no figure"
_MOST_NAME = 230.0
_SHARE_ROOM = 60.0


@dataclass(frozen=True)
class LadderRow:
    """k of n services of an area, with the ends of its interval from 0 to 1; none where n is 0."""

    name: str
    k: int
    n: int
    low: float | None
    high: float | None
    is_own: bool = False

    @property
    def share(self) -> float:
        """From 0 to 1, and below that where there is no figure, so that such rows come last."""
        return self.k / self.n if self.n else -1.0

    @property
    def percent(self) -> str:
        """The share in words."""
        return percent(Fraction(self.k, self.n)) if self.n else _NONE

    @property
    def interval(self) -> str:
        """The interval in words; empty where there is none."""
        if self.low is None or self.high is None:
            return ""
        return f"{percent(self.low)} to {percent(self.high)}"

    @property
    def of(self) -> str:
        """How many of how many."""
        return f"{self.k:,} of {self.n:,}"


@dataclass(frozen=True)
class Ladder(Chart):
    """Areas in order of their shares, and a reference (a name and a share from 0 to 1); for 5 to 40 rows."""

    title: str
    source: str
    as_at: str
    rows: tuple[LadderRow, ...]
    reference: tuple[str, float] | None = None
    measure: str = "Share rated Good or Outstanding, with 95% intervals"

    @property
    def ordered(self) -> tuple[LadderRow, ...]:
        """Best first; of equal shares the one of more services."""
        return tuple(sorted(self.rows, key=lambda row: (-row.share, -row.n, row.name)))

    @property
    def description(self) -> str:
        """The own area's figures, the first and the last, and the reference."""
        shown = [row for row in self.ordered if row.n]
        beside = f" The line is {self.reference[0]}, {percent(self.reference[1])}." if self.reference else ""
        if not shown:
            return f"A list of areas by share. {_EMPTY}{beside}"
        own = [
            f"{row.name} has {row.percent} ({row.of}), 95% interval {row.interval}."
            for row in shown
            if row.is_own
        ]
        return (
            f"{len(self.rows)} areas in order: {self.measure[:1].lower()}{self.measure[1:]}. {' '.join(own)} "
            f"First is {shown[0].name} with {shown[0].percent}, last {shown[-1].name} with {shown[-1].percent}.{beside}"
        )

    def table(self) -> Table:
        """A row for each area, best first, and the last for the reference."""
        rows = [(row.name, f"{row.k:,}", f"{row.n:,}", row.percent, row.interval) for row in self.ordered]
        if self.reference:
            rows.append((f"{self.reference[0]} (the line)", "", "", percent(self.reference[1]), ""))
        return ("Area", "Good or Outstanding", "Services", "Share", "95% interval"), tuple(rows)

    def draw(self) -> Drawn:
        """The figure; each dot says its area and numbers when it is pointed at."""
        rows = self.ordered
        step = 25.0 if len(rows) <= 20 else 20.0
        left, right = _margins(rows)
        sheet = make_sheet(
            title=self.title,
            source=self.source,
            as_at=self.as_at,
            measure=self.measure,
            plot_height=max(len(rows) * step, 100.0),
            left=left,
            right=right,
            above=40,
            below=44,
        )
        held = [row for row in rows if row.n]
        if not held:
            say_empty(sheet, _EMPTY)
            return Drawn(sheet.figure)
        ends = [end for row in held for end in (row.low, row.high, row.share) if end is not None]
        ticks = share_ticks(ends + ([self.reference[1]] if self.reference else []))
        sheet.axes.set(xlim=(ticks[0][0], ticks[-1][0]), ylim=(0, sheet.top - sheet.bottom))
        dress(sheet, x=ticks, grid="x")
        _draw_reference(self, sheet)
        for place, row in enumerate(rows):
            _draw_row(sheet, row, sheet.top - (place + 0.5) * step, step)
        _head(sheet)
        return Drawn(sheet.figure, _draw_dots(sheet, rows, step))


def _margins(rows: tuple[LadderRow, ...]) -> tuple[float, float]:
    """How much the names take on the left and the numbers on the right."""
    names = max((width_of(clean(row.name), TEXT_SIZE, row.is_own) for row in rows), default=0.0)
    numbers = max((width_of(row.of, SMALL_SIZE, row.is_own) for row in rows), default=0.0)
    return EDGE + min(names, _MOST_NAME) + 18, EDGE + numbers + _SHARE_ROOM + 30


def _head(sheet: Sheet) -> None:
    """What the numbers on the right are."""
    up = sheet.top + 10
    write(sheet.figure, WIDTH - EDGE, up, "rated", size=SMALL_SIZE, ink=QUIET, side="right")
    across = sheet.right + 16 + _SHARE_ROOM
    write(sheet.figure, across, up, "share", size=SMALL_SIZE, ink=QUIET, side="right")


def _draw_reference(chart: Ladder, sheet: Sheet) -> None:
    """A line from top to bottom, named above the rows."""
    if chart.reference is None:
        return
    name, share = chart.reference
    top = sheet.top + 2 - sheet.bottom
    sheet.axes.plot(
        (share, share), (0, top), color=INK, linewidth=1.2, linestyle=(0, (4, 3)), zorder=2, clip_on=False
    )
    words = f"{shorten(clean(name), 160, SMALL_SIZE)} {percent(share)}"
    half = width_of(words, SMALL_SIZE) / 2
    across = min(max(sheet.spot(share, 0)[0], sheet.left + half), sheet.right - half)
    write(sheet.figure, across, sheet.top + 10, words, size=SMALL_SIZE, side="center")


def _draw_row(sheet: Sheet, row: LadderRow, y: float, step: float) -> None:
    """The words of a row, its interval, and for the own area a band behind it."""
    ink = OWN if row.is_own else INK
    base = y - 0.36 * TEXT_SIZE
    if row.is_own:
        _shade(sheet, y, step)
    name = shorten(clean(row.name), _MOST_NAME, TEXT_SIZE, row.is_own)
    write(sheet.figure, sheet.left - 14, base, name, ink=ink, bold=row.is_own, side="right")
    across = sheet.right + 16 + _SHARE_ROOM
    if not row.n:
        write(sheet.figure, across, base, _NONE, ink=QUIET, side="right")
        return
    write(sheet.figure, across, base, row.percent, ink=ink, bold=row.is_own, side="right")
    write(
        sheet.figure,
        WIDTH - EDGE,
        base,
        row.of,
        size=SMALL_SIZE,
        ink=ink if row.is_own else QUIET,
        bold=row.is_own,
        side="right",
    )
    if row.low is not None and row.high is not None:
        wide, line = (OWN_LINE, OWN) if row.is_own else (LINE, RULE)
        height = y - sheet.bottom
        sheet.axes.plot((row.low, row.high), (height, height), color=line, linewidth=wide, zorder=3)


def _shade(sheet: Sheet, y: float, step: float) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - loaded only when a chart is drawn
    from matplotlib.transforms import IdentityTransform  # noqa: PLC0415

    corner, wide = (EDGE / 2, y - step / 2), WIDTH - EDGE
    shade = Rectangle(
        corner, wide, step, facecolor=BAND, linewidth=0, transform=IdentityTransform(), zorder=-1
    )
    sheet.figure.add_artist(shade)


def _draw_dots(sheet: Sheet, rows: tuple[LadderRow, ...], step: float) -> dict[str, list[str]]:
    """The dots, and what each says."""
    told: dict[str, list[str]] = {}
    for kind, mark, is_own in (("others", BEYOND_MARK, False), ("own", OWN_MARK, True)):
        shown = [(place, row) for place, row in enumerate(rows) if row.n and row.is_own == is_own]
        if shown:
            heights = [sheet.top - sheet.bottom - (place + 0.5) * step for place, _ in shown]
            how = (
                mark.drawn()
                if is_own
                else {**mark.drawn(), "markerfacecolor": OTHER, "markeredgecolor": OTHER}
            )
            sheet.axes.plot([row.share for _, row in shown], heights, gid=kind, zorder=4, **how)
            told[kind] = [f"{row.name}: {row.percent} ({row.of}), {row.interval}" for _, row in shown]
    return told
