"""A report in large print: the same pages in larger letters, so that nothing can be left out of it.

The UK Association for Accessible Formats asks for letters of 16 to 18 points, lines that are ranged left, and space
between them (Creating clear print and large print documents).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from quality.printing.templates import print_css
from quality.reports.data import attachments
from quality.reports.render import as_pdf, printed
from quality.reports.snapshot import Snapshot

SMALLEST = 16
"""The smallest letters of large print, in points."""

_LARGER = (
    5.5  # Points. The usual text has 10.5, so that it comes to 16 and a heading stays larger than its text.
)
_WIDER = 1.6  # Times. Columns whose width is given must hold the same words in letters of 16 points.
_WIDTH = re.compile(r"(?<![\w-])width:\s*(?P<millimetres>\d+(?:\.\d+)?)mm")
_SIZE = re.compile(r"(?P<before>\bfont(?:-size)?:\s*(?:bold\s+|700\s+)?)(?P<points>\d+(?:\.\d+)?)pt")


def large_print_pdf(report: Snapshot, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The report in large print, as accessible as the usual one. Raises PrintingError.

    `pictures` are the files of its photographs by SHA-256.
    """
    title = f"{report.service.name}: quality audit report {report.number}, large print"
    return as_pdf(report, printed_large(report), title=title, inside=attachments(report), pictures=pictures)


def printed_large(report: Snapshot) -> tuple[str, str]:
    """What is printed, as HTML and CSS. Raises PrintingError."""
    html, css = printed(report, in_large_print=True)
    return html, f"{larger(css)}\n{print_css('reports/print/large.css')}"


def larger(css: str) -> str:
    """The style sheet with every size of letters raised, none of them below 16 points, and room for them.

    Sizes are changed where they are given, so that a style added to the usual report is large here, too.
    """
    css = _WIDTH.sub(lambda width: f"width: {float(width['millimetres']) * _WIDER:g}mm", css)
    return _SIZE.sub(lambda size: f"{size['before']}{_raised(float(size['points'])):g}pt", css)


def _raised(points: float) -> float:
    return max(SMALLEST, points + _LARGER)
