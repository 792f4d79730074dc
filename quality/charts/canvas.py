"""What every chart is drawn on: a sheet with title, plot, notes and source, and the way from it to SVG."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, cast

from quality.charts.labels import Box, Label, boxes_along, place_labels, spread
from quality.charts.rewriting import Told, rewrite
from quality.charts.style import (
    EDGE,
    GRID,
    INK,
    LEADING,
    QUIET,
    RULE,
    SETTINGS,
    SMALL_SIZE,
    TEXT_SIZE,
    THIN,
    TITLE_SIZE,
    WIDTH,
)
from quality.charts.words import clean, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

__all__ = [
    "Box",
    "Label",
    "Sheet",
    "Ticks",
    "boxes_along",
    "drawing",
    "dress",
    "make_sheet",
    "place_labels",
    "spread",
    "to_svg",
    "write",
]

Ticks = Sequence[tuple[float, str]]
"""Places on an axis, with the words for each."""

_ONE_AT_A_TIME = threading.RLock()


@dataclass(frozen=True)
class Sheet:
    """A figure with its one plot; `left`, `right`, `bottom`, `top` are the plot's edges in the picture's units."""

    figure: Figure
    axes: Axes
    left: float
    right: float
    bottom: float
    top: float

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the plot lies on the sheet, in the picture's units from the lower left corner."""
        across, up = self.axes.transData.transform((x, y))
        return float(across), float(up)


@contextmanager
def drawing() -> Iterator[None]:
    """While a chart is drawn: our settings and nobody else's, and one chart at a time.

    matplotlib keeps its settings for the whole process. A letter that its font does not have is measured as a box and
    shown by the reader's own font, which is no reason for a warning.
    """
    import matplotlib as mpl  # noqa: PLC0415 - loaded only when a chart is drawn

    with _ONE_AT_A_TIME, mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        mpl.rcParams.update(mpl.rcParamsDefault)
        mpl.rcParams.update(cast(Any, SETTINGS))
        yield


def make_sheet(
    *,
    title: str,
    source: str,
    as_at: str,
    measure: str = "",
    plot_height: float,
    left: float = 56,
    right: float = 24,
    above: float = 22,
    below: float = 52,
    notes: Sequence[str] = (),
) -> Sheet:
    """A sheet with its words written and its plot free between them.

    `measure` is the line under the title that says what is drawn; `left` and `right` are free beside the plot and
    `above` and `below` over and under it; `notes` stand under that, each on its own lines, and the source comes last.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415

    room = WIDTH - 2 * EDGE
    head = [(line, TITLE_SIZE, True, INK) for line in wrap(title, room, TITLE_SIZE, bold=True)]
    head += [(line, TEXT_SIZE, False, QUIET) for line in wrap(measure, room)]
    foot = [line for note in (*notes, _source_line(source, as_at)) for line in wrap(note, room, SMALL_SIZE)]
    bottom = EDGE + len(foot) * SMALL_SIZE * LEADING + below
    top = bottom + plot_height
    height = top + above + sum(size * LEADING for _, size, _, _ in head) + EDGE
    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72)
    down = height - EDGE
    for words, size, bold, ink in head:
        write(figure, EDGE, down - size, words, size=size, bold=bold, ink=ink)
        down -= size * LEADING
    for number, words in enumerate(reversed(foot)):
        write(figure, EDGE, EDGE + 3 + number * SMALL_SIZE * LEADING, words, size=SMALL_SIZE, ink=QUIET)
    wide = WIDTH - left - right
    axes = figure.add_axes((left / WIDTH, bottom / height, wide / WIDTH, plot_height / height))
    axes.set_axis_off()
    return Sheet(figure, axes, left, WIDTH - right, bottom, top)


def _source_line(source: str, as_at: str) -> str:
    """The source and the day, each ending in one full stop."""
    parts = [f"Source: {clean(source)}" if source.strip() else "", clean(as_at)]
    return " ".join(part.rstrip(".") + "." for part in parts if part)


def write(
    figure: Figure,
    x: float,
    y: float,
    words: str,
    *,
    size: float = TEXT_SIZE,
    ink: str = INK,
    bold: bool = False,
    side: str = "left",
) -> Text:
    """Write words with their baseline at y and their left, center or right at x, in the picture's units."""
    from matplotlib.transforms import IdentityTransform  # noqa: PLC0415

    return figure.text(
        x,
        y,
        clean(words),
        transform=IdentityTransform(),
        fontsize=size,
        color=ink,
        fontweight="bold" if bold else "normal",
        ha=side,
        va="baseline",
        parse_math=False,
    )


def dress(sheet: Sheet, *, x: Ticks = (), y: Ticks = (), grid: str = "y", base: bool = True) -> None:
    """Write what the axes stand for; leave a base line, and faint lines across from y ("y"), from x ("x") or none ("").

    `x` and `y` are places with their words; limits have to be set before. Ticks, frames and legends there are none.
    """
    axes = sheet.axes
    low, high = axes.get_xlim()
    bottom, top = axes.get_ylim()
    for place, words in y:
        up = sheet.spot(low, place)[1]
        write(sheet.figure, sheet.left - 8, up - 0.36 * TEXT_SIZE, words, ink=QUIET, side="right")
        if grid == "y":
            axes.plot((low, high), (place, place), color=GRID, linewidth=THIN, zorder=0.1, clip_on=False)
    for place, words in x:
        across = sheet.spot(place, bottom)[0]
        write(sheet.figure, across, sheet.bottom - 8 - TEXT_SIZE, words, ink=QUIET, side="center")
        if grid == "x":
            axes.plot((place, place), (bottom, top), color=GRID, linewidth=THIN, zorder=0.1, clip_on=False)
    if base:
        axes.plot((low, high), (bottom, bottom), color=RULE, linewidth=THIN, zorder=0.2, clip_on=False)


def say_empty(sheet: Sheet, words: str) -> None:
    """A frame with a sentence in it, where there is nothing to draw."""
    axes = sheet.axes
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.plot((0, 1, 1, 0, 0), (0, 0, 1, 1, 0), color=RULE, linewidth=THIN, clip_on=False)
    lines = wrap(words, sheet.right - sheet.left - 40)
    middle = (sheet.bottom + sheet.top + (len(lines) - 2) * TEXT_SIZE * LEADING) / 2
    for number, line in enumerate(lines):
        y = middle - number * TEXT_SIZE * LEADING
        write(sheet.figure, (sheet.left + sheet.right) / 2, y, line, ink=QUIET, side="center")


def to_svg(
    figure: Figure,
    *,
    title: str,
    description: str,
    prefix: str,
    told: Told | None = None,
) -> str:
    """The figure as SVG for a page, an <img> or a printed document, the same bytes every time.

    Every id begins with the prefix (letters, digits and hyphens, beginning with a letter; ValueError otherwise), so
    that many charts fit in one page. It holds no style sheet and no style attributes, which our pages' security policy
    refuses, but SVG's own attributes. `told` gives, by the gid of an artist, what each of its marks says when it is
    pointed at, or one description of the whole.
    """
    out = StringIO()
    nothing = {"Creator": None, "Date": None, "Format": None, "Type": None}
    with drawing():
        figure.savefig(out, format="svg", metadata=nothing)
    return rewrite(
        out.getvalue(), title=clean(title), description=clean(description), prefix=prefix, told=told or {}
    )
