"""Plain shapes on a sheet, in the picture's units: blocks with hatching, lines, polygons.

Hatching is drawn as lines cut to the block, not as a pattern, so that every reader and printer shows the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from quality.charts.labels import Box
from quality.charts.style import INK, PAPER, QUIET, THIN
from quality.charts.words import width_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Look", "block", "lines", "plate", "polygon"]

Point = tuple[float, float]
_STEP = 5.0  # Between two lines of a hatching, measured across them.


@dataclass(frozen=True)
class Look:
    """How a block is filled: the ink, the slopes of its hatching (1 rises, -1 falls), and what ink words on it have.

    `hatch_step` is the distance between two of its lines.
    """

    fill: str = PAPER
    slopes: tuple[int, ...] = ()
    words: str = INK
    hatch_step: float = _STEP


RISING: Final = Look(slopes=(1,))
CROSSED: Final = Look(slopes=(1, -1), hatch_step=4.0)


def block(figure: Figure, box: Box, look: Look, *, edge: str = INK) -> None:
    """A rectangle with its hatching and a thin edge."""
    corners = ((box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top))
    polygon(figure, [corners], fill=look.fill)
    hatching = [cut for slope in look.slopes for cut in _hatching(box, slope, look.hatch_step)]
    lines(figure, hatching, ink=QUIET, width=THIN)
    polygon(figure, [corners], fill="none", edge=edge)


def plate(figure: Figure, x: float, y: float, words: str, size: float) -> None:
    """A piece of bare paper behind words whose middle is x and whose baseline is y, so that no hatching crosses it."""
    reach = width_of(words, size) / 2 + 1
    corners = (
        (x - reach, y - 3),
        (x + reach, y - 3),
        (x + reach, y + size * 0.9),
        (x - reach, y + size * 0.9),
    )
    polygon(figure, [corners], fill=PAPER)


def lines(
    figure: Figure,
    parts: Iterable[Sequence[Point]],
    *,
    ink: str = INK,
    width: float = THIN,
    dashes: Any = "-",
    order: float = 1,
) -> None:
    """Lines through the points of each part, as one stroke."""
    _draw(
        figure,
        parts,
        closed=False,
        facecolor="none",
        edgecolor=ink,
        linewidth=width,
        linestyle=dashes,
        zorder=order,
    )


def polygon(
    figure: Figure,
    rings: Iterable[Sequence[Point]],
    *,
    fill: str,
    edge: str = "none",
    width: float = THIN,
    order: float = 1,
) -> None:
    """Closed rings, filled and edged."""
    _draw(figure, rings, closed=True, facecolor=fill, edgecolor=edge, linewidth=width, zorder=order)


def _draw(figure: Figure, parts: Iterable[Sequence[Point]], *, closed: bool, **how: Any) -> None:
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - loaded only when a chart is drawn
    from matplotlib.path import Path  # noqa: PLC0415
    from matplotlib.transforms import IdentityTransform  # noqa: PLC0415

    points: list[Point] = []
    codes: list[int] = []
    for part in parts:
        points += part
        codes += [int(Path.MOVETO)] + [int(Path.LINETO)] * (len(part) - 1)
        if closed:
            points.append(part[0])
            codes.append(int(Path.CLOSEPOLY))
    if points:
        figure.add_artist(
            PathPatch(Path(points, codes), transform=IdentityTransform(), capstyle="butt", **how)
        )


def _hatching(box: Box, slope: int, step: float) -> list[tuple[Point, Point]]:
    """The lines y = slope * x + c that cross the box, as far as they lie in it."""
    apart = step * math.sqrt(2)
    rises = [y - slope * x for x in (box.left, box.right) for y in (box.bottom, box.top)]
    found = []
    for number in range(math.ceil(min(rises) / apart), math.floor(max(rises) / apart) + 1):
        c = number * apart
        ends = sorted(((box.bottom - c) * slope, (box.top - c) * slope))
        left, right = max(box.left, ends[0]), min(box.right, ends[1])
        if right - left > 0.5:
            found.append(((left, slope * left + c), (right, slope * right + c)))
    return found
