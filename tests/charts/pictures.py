"""`python -m tests.charts.pictures` draws the kept pictures anew: look at each before it is committed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.charts.drawn import charts, empty_charts

PICTURES = Path(__file__).parent / "pictures"


@cache
def drawn() -> dict[str, str]:
    """Every chart, full and empty, by the name of its picture."""
    full = {type(chart).__name__.lower(): chart.svg("chart") for chart in charts()}
    return full | {f"{type(chart).__name__.lower()}-empty": chart.svg("chart") for chart in empty_charts()}


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for name, svg in drawn().items():
        (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8")
