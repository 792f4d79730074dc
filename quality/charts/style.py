"""How every chart looks: few inks, each at least 3 to 1 against the paper, and shapes that do without them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

PAPER: Final = "#ffffff"
INK: Final = "#0b0c0c"
"""Titles and the words that matter most."""
QUIET: Final = "#484949"
"""Every other word, and limits."""
OTHER: Final = "#5f6b73"
"""Whoever is shown beside the own area."""
OWN: Final = "#12436d"
"""The own area."""
RULE: Final = "#80888d"
"""Axes, references and leaders."""
BAND_EDGE: Final = "#7590a8"
"""The edge of the own area's interval."""
BAND: Final = "#dbe6ef"
"""The own area's interval between its edges: a tint, told by its edges and never by itself."""
GRID: Final = "#e3e6e8"
"""Lines that help the eye and say nothing."""

MEANINGFUL: Final = (INK, QUIET, OTHER, OWN, RULE, BAND_EDGE)
"""The inks that carry meaning: each at least 3 to 1 against the paper."""

FONT_STACK: Final = "Arial, 'Liberation Sans', sans-serif"
"""What a chart asks for where it is shown."""
MEASURED_IN: Final = "DejaVu Sans"
"""What it is laid out in.

It comes with matplotlib, so a chart has the same bytes on every machine, and it is wider than any font of the stack,
so what has room in it has room in them.
"""

WIDTH: Final = 800.0
"""Of every chart, in the picture's own units: 72 of matplotlib's inch, and the scale every size here is given in."""
EDGE: Final = 12.0
"""Free on all sides."""

TITLE_SIZE: Final = 20.0
TEXT_SIZE: Final = 14.0
SMALL_SIZE: Final = 12.5
LEADING: Final = 1.35
"""From line to line, as a multiple of the size."""

LINE: Final = 1.6
OWN_LINE: Final = 3.0
THIN: Final = 1.0


@dataclass(frozen=True)
class Mark:
    """A shape: matplotlib's marker, its width, whether it is filled, and the ink of it or its outline."""

    shape: str
    size: float
    filled: bool
    ink: str

    def drawn(self) -> dict[str, Any]:
        """As keyword arguments for a line of matplotlib's that has marks and no stroke."""
        return {
            "marker": self.shape,
            "markersize": self.size,
            "markerfacecolor": self.ink if self.filled else PAPER,
            "markeredgecolor": self.ink,
            "markeredgewidth": 1.4,
            "linestyle": "none",
            "clip_on": False,
        }


OWN_MARK: Final = Mark("D", 11, True, OWN)
"""The own area: the only filled diamond."""
OTHER_MARK: Final = Mark("o", 6, False, OTHER)
"""Somebody else, within what is expected."""
BEYOND_MARK: Final = Mark("o", 7.5, True, QUIET)
"""Somebody else, beyond the outer limits, or a row of a ladder."""
OUTSIDE_MARK: Final = Mark("D", 9, False, INK)
"""A figure that somebody else published: a hollow diamond, never joined to ours."""

DASHES: Final[tuple[Any, ...]] = (
    (0, (5, 2.5)),
    (0, (1.2, 2)),
    (0, (8, 2.5, 1.5, 2.5)),
    "-",
    (0, (3, 1.5, 1, 1.5, 1, 1.5)),
)
"""How the lines of others are told apart, in their order; the own area's is unbroken and thick."""

SETTINGS: Final[dict[str, Any]] = {
    "font.family": [MEASURED_IN],
    "font.size": TEXT_SIZE,
    "text.color": INK,
    "text.parse_math": False,
    "text.usetex": False,
    "figure.dpi": 72,
    "figure.facecolor": PAPER,
    "axes.facecolor": "none",
    "axes.edgecolor": RULE,
    "axes.linewidth": THIN,
    "axes.labelcolor": QUIET,
    "axes.unicode_minus": True,
    "xtick.color": RULE,
    "ytick.color": RULE,
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": QUIET,
    "xtick.labelsize": TEXT_SIZE,
    "ytick.labelsize": TEXT_SIZE,
    "path.simplify": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "charts",
    "svg.image_inline": True,
}
"""matplotlib's settings while a chart is drawn; nobody's own settings on the machine reach it."""
