"""A small part of the Earth on a flat sheet: longitudes shrunk by the cosine of the middle latitude.

Over the size of a county, or of England, that is as true as a map of marks needs to be, and needs no library.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quality.charts.canvas import Sheet

Point = tuple[float, float]
_KM = 111.32  # Of a degree of latitude.
_LEAST_KM = 2.0
_MARGIN = 12.0
_LOWEST, _HIGHEST = 300.0, 640.0


@dataclass(frozen=True)
class Projection:
    """Kilometres across and up from the middle of what is shown, and where that middle is on a sheet."""

    longitude: float
    latitude: float
    wide: float
    high: float
    x: float = 0.0
    y: float = 0.0
    per_km: float = 1.0

    def height_for(self, width: float) -> float:
        """How high a plot of this width should be, so that the map fills it as well as it can."""
        return min(max(self.high * (width - 2 * _MARGIN) / self.wide + 2 * _MARGIN, _LOWEST), _HIGHEST)

    def on(self, sheet: Sheet) -> Projection:
        """The same in the middle of a sheet's plot, as large as it goes."""
        width, height = sheet.right - sheet.left - 2 * _MARGIN, sheet.top - sheet.bottom - 2 * _MARGIN
        x, y = (sheet.left + sheet.right) / 2, (sheet.bottom + sheet.top) / 2
        return replace(self, x=x, y=y, per_km=min(width / self.wide, height / self.high))

    def place(self, point: Point) -> Point:
        """Where a longitude and latitude lie on the sheet."""
        across = (point[0] - self.longitude) * _KM * math.cos(math.radians(self.latitude))
        up = (point[1] - self.latitude) * _KM
        return self.x + across * self.per_km, self.y + up * self.per_km


def project(points: Sequence[Point]) -> Projection:
    """A projection that shows all of these longitudes and latitudes, of which there is at least one."""
    lowest, highest = (
        [min(side) for side in zip(*points, strict=True)],
        [max(side) for side in zip(*points, strict=True)],
    )
    longitude, latitude = ((low + high) / 2 for low, high in zip(lowest, highest, strict=True))
    wide = (highest[0] - lowest[0]) * _KM * math.cos(math.radians(latitude))
    high = (highest[1] - lowest[1]) * _KM
    return Projection(longitude, latitude, max(wide, _LEAST_KM), max(high, _LEAST_KM))
