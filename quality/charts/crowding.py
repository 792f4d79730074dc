"""Marks that would lie on each other are put beside each other, as near to their places as there is room."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

Point = tuple[float, float]
_TURN = math.pi * (3 - math.sqrt(5))  # The golden angle: each try lies in a gap between those before it.
_TRIES = 220


def apart(places: Sequence[Point], distance: float, farthest: float) -> list[Point]:
    """The places, in their order, each moved so that no two are nearer than the distance.

    None is moved farther than `farthest`; where that leaves no room, a mark stays on its place and covers another.
    """
    tries = _tries(farthest)
    cells: dict[tuple[int, int], list[Point]] = defaultdict(list)
    found = []
    for x, y in places:
        tried = ((x + across, y + up) for across, up in tries)
        best = next((point for point in tried if _is_free(point, cells, distance)), (x, y))
        cells[_cell(best, distance)].append(best)
        found.append(best)
    return found


def _tries(farthest: float) -> list[Point]:
    """Offsets in a spiral from the middle outward, evenly dense."""
    radii = [farthest * math.sqrt(number / (_TRIES - 1)) for number in range(_TRIES)]
    return [(r * math.cos(i * _TURN), r * math.sin(i * _TURN)) for i, r in enumerate(radii)]


def _cell(point: Point, distance: float) -> tuple[int, int]:
    return math.floor(point[0] / distance), math.floor(point[1] / distance)


def _is_free(point: Point, cells: dict[tuple[int, int], list[Point]], distance: float) -> bool:
    column, row = _cell(point, distance)
    return not any(
        math.dist(point, other) < distance
        for across in (-1, 0, 1)
        for up in (-1, 0, 1)
        for other in cells.get((column + across, row + up), ())
    )
