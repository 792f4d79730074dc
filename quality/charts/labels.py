"""Labels that never lie on each other: each is put where there is room, or left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from quality.charts.style import INK, PAPER, RULE, TEXT_SIZE, THIN
from quality.charts.words import clean, shorten, width_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ASCENT, _DESCENT = 0.93, 0.24
_STEPS = (0.0, 9.0, 18.0, 30.0)


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet, in the picture's units from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether the two have a point in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def within(self, other: Box) -> bool:
        """Whether this one lies wholly in the other."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.bottom <= self.bottom and self.top <= other.top

    @classmethod
    def around(cls, x: float, y: float, reach: float) -> Box:
        """The square around a point."""
        return cls(x - reach, y - reach, x + reach, y + reach)


@dataclass(frozen=True)
class Label:
    """Words for a point on the sheet, and how far from it they begin; at most `room` wide.

    `steps` is how much farther off they may be put, the nearest first.
    """

    words: str
    x: float
    y: float
    gap: float = 8.0
    size: float = TEXT_SIZE
    ink: str = INK
    bold: bool = False
    room: float = 230.0
    steps: tuple[float, ...] = _STEPS


def box_of(x: float, y: float, words: str, size: float, *, bold: bool, side: str = "left") -> Box:
    """The room that words take with their baseline at y and their left, center or right at x."""
    width = width_of(words, size, bold)
    left = x - {"left": 0.0, "center": width / 2, "right": width}[side]
    return Box(left, y - _DESCENT * size, left + width, y + _ASCENT * size)


def place_labels(
    figure: Figure,
    labels: Sequence[Label],
    *,
    within: Box,
    around: Iterable[Box] = (),
    lines: Iterable[Box] = (),
    on_paper: bool = True,
) -> tuple[list[Box], list[Label]]:
    """Write the labels, the most important first, where they meet neither each other nor what is `around`.

    Each is tried right, left, above and below its point and then farther off, with a thin leader
    that crosses nothing `around`; words keep off `lines` too (see `boxes_along`), leaders need not. One that finds no
    room within the bounds is left out. `on_paper` puts a little paper under the words, over lines that pass there.
    Returned are the room taken, and the labels that were left out.
    """
    marks, strokes = list(around), list(lines)
    placed: list[Box] = []
    dropped: list[Label] = []
    for label in labels:
        words = shorten(clean(label.words), label.room, label.size, label.bold)
        for x, y, side, far in _candidates(label):
            box = box_of(x, y, words, label.size, bold=label.bold, side=side)
            if box.within(within) and _is_free(
                box, label, far=far, marks=marks, strokes=strokes, placed=placed
            ):
                if on_paper:
                    _lay_paper(figure, box)
                _put(figure, label, words, (x, y, side, far))
                placed.append(box)
                break
        else:
            dropped.append(label)
    return placed, dropped


def _is_free(
    box: Box, label: Label, *, far: bool, marks: Sequence[Box], strokes: Sequence[Box], placed: Sequence[Box]
) -> bool:
    """Whether words have a place to themselves, and their leader, if they want one, crosses no mark and no words."""
    if any(box.meets(other) for others in (marks, placed, strokes) for other in others):
        return False
    if not far:
        return True
    x, y = min(max(label.x, box.left), box.right), min(max(label.y, box.bottom), box.top)
    way = boxes_along([(label.x, label.y), (x, y)], reach=2)
    own = Box.around(label.x, label.y, label.gap)
    passed = [step for step in way if not step.meets(own)]
    return not any(step.meets(other) for step in passed for others in (marks, placed) for other in others)


def boxes_along(spots: Sequence[tuple[float, float]], reach: float = 3, apart: float = 10) -> list[Box]:
    """Small boxes along a line through points of the sheet, for words to keep off it."""
    found = []
    for (x, y), (to_x, to_y) in pairwise(spots):
        steps = max(int(max(abs(to_x - x), abs(to_y - y)) / apart), 1)
        found += [
            Box.around(x + (to_x - x) * step / steps, y + (to_y - y) * step / steps, reach)
            for step in range(steps + 1)
        ]
    return found


def _candidates(label: Label) -> Iterable[tuple[float, float, str, bool]]:
    """Where the words may begin, the best place first; the last tells that a leader is wanted."""
    middle = label.y - 0.36 * label.size
    for step in label.steps:
        out, far = label.gap + step, step > 0
        yield label.x + out, middle, "left", far
        yield label.x - out, middle, "right", far
        yield label.x, label.y + out + _DESCENT * label.size, "center", far
        yield label.x, label.y - out - _ASCENT * label.size, "center", far
        for up in (1, -1):
            y = middle + up * (out + 2)
            yield label.x + out * 0.8, y, "left", far
            yield label.x - out * 0.8, y, "right", far


def _put(figure: Figure, label: Label, words: str, where: tuple[float, float, str, bool]) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - loaded only when a chart is drawn
    from matplotlib.transforms import IdentityTransform  # noqa: PLC0415

    x, y, side, far = where
    weight = "bold" if label.bold else "normal"
    as_it_is = IdentityTransform()
    figure.text(
        x, y, words, transform=as_it_is, fontsize=label.size, color=label.ink, fontweight=weight, ha=side,
        va="baseline", parse_math=False,
    )  # fmt: skip
    if far:
        middle = y + 0.36 * label.size
        end = x + {"left": -3.0, "right": 3.0, "center": 0.0}[side]
        up = middle if side != "center" else middle + (0.6 if middle < label.y else -0.6) * label.size
        line = Line2D(
            [label.x, end], [label.y, up], color=RULE, linewidth=THIN, transform=as_it_is, zorder=1.5
        )
        figure.add_artist(line)


def _lay_paper(figure: Figure, box: Box) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415
    from matplotlib.transforms import IdentityTransform  # noqa: PLC0415

    corner, wide, high = (box.left, box.bottom), box.right - box.left, box.top - box.bottom
    figure.add_artist(
        Rectangle(corner, wide, high, facecolor=PAPER, linewidth=0, transform=IdentityTransform(), zorder=1)
    )


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Heights for labels beside a line of points: as near to what is wanted as being so far apart allows.

    The order is kept. Where all do not fit between low and high they are spaced evenly, nearer than asked.
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    gap = min(apart, (high - low) / max(len(wanted) - 1, 1))
    groups: list[list[float]] = []
    for place, index in enumerate(order):
        groups.append([wanted[index] - place * gap])
        while len(groups) > 1 and _mean(groups[-2]) > _mean(groups[-1]):
            last = groups.pop()
            groups[-1].extend(last)
    level = [_mean(group) for group in groups for _ in group]
    highest = high - (len(wanted) - 1) * gap
    heights = [min(max(value, low), highest) + place * gap for place, value in enumerate(level)]
    found = [0.0] * len(wanted)
    for height, index in zip(heights, order, strict=True):
        found[index] = height
    return found


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
