"""What a chart tells besides its picture: title, source and day, a description, and a table of the same facts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.charts.canvas import drawing, to_svg
from quality.charts.rewriting import Told

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Headings, and rows of words under them."""


@dataclass(frozen=True)
class Drawn:
    """A chart's figure, and what its marks and lines say (see `rewriting.Told`)."""

    figure: Figure
    told: Told = field(default_factory=dict)


class Chart(ABC):
    """A chart: plain data that can draw itself and say in words what it shows."""

    title: str
    source: str
    as_at: str
    """The day in words, printed as they are: "As at 1 October 2026"."""

    @property
    @abstractmethod
    def description(self) -> str:
        """What the picture shows, in sentences, for who cannot see it."""

    @abstractmethod
    def table(self) -> Table:
        """The same facts as headings and rows of words."""

    @abstractmethod
    def draw(self) -> Drawn:
        """The figure, drawn anew; only within `canvas.drawing()`."""

    def svg(self, prefix: str) -> str:
        """The chart as SVG text; the prefix makes its ids unique in a page (see `canvas.to_svg`)."""
        with drawing():
            drawn = self.draw()
            return to_svg(
                drawn.figure, title=self.title, description=self.description, prefix=prefix, told=drawn.told
            )
