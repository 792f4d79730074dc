"""What a benchmark gives back, and how two things are measured side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

ENGINES = ("sqlite", "postgresql")
RUNS = 7


@dataclass(frozen=True)
class Figure:
    """One ratio: what was measured against what, the medians in seconds, and the most the ratio should be.

    Without a goal it is a yardstick: what is possible by other means. `more` holds further findings by their names,
    such as the peak memory in megabytes.
    """

    measured: str
    against: str
    engine: str
    seconds: float
    seconds_against: float
    goal: float | None
    runs: int
    more: Mapping[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How many times longer the measured thing takes."""
        return self.seconds / self.seconds_against

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        return asdict(self) | {"ratio": round(self.ratio, 3)}


def interleaved(runs: int, **measured: Callable[[], float]) -> dict[str, float]:
    """The median seconds of each function, all of them called in turn so many times.

    A function does its work once and says how long that took. Taking turns lets a slow minute fall on all alike.
    """
    seconds: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(runs):
        for name, function in measured.items():
            seconds[name].append(function())
    return {name: median(taken) for name, taken in seconds.items()}


def table(figures: list[Figure]) -> str:
    """The figures as lines for people."""
    lines = []
    for figure in figures:
        more = "".join(f", {name} {value:g}" for name, value in figure.more.items())
        goal = "a yardstick" if figure.goal is None else f"to reach {figure.goal:g}"
        lines.append(
            f"{figure.engine}: {figure.measured} ({figure.seconds * 1000:,.1f} ms) against {figure.against} "
            f"({figure.seconds_against * 1000:,.1f} ms): {figure.ratio:.2f} times, {goal}{more}"
        )
    return "\n".join(lines)
