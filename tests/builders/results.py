"""A file of results of organisations, all of it invented but the one the project brings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

WEST_ESSEX = Path(__file__).resolve().parents[2] / "docs" / "examples" / "nhs-west-essex.toml"
Write = Callable[..., Path]


def a_result(**changes: str) -> str:
    """One result in TOML: the values are as they are written there, and an empty one is left out."""
    facts = {
        "framework": '"nhs-ahc"',
        "element": '"financial-management"',
        "period": '"2008/09"',
        "published_on": "2009-10-15",
        "rating": '"good"',
        "source": '"Invented"',
        **changes,
    }
    return "\n".join(
        ["[[organisation.result]]", *(f"{name} = {value}" for name, value in facts.items() if value)]
    )
