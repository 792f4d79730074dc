"""Printed in black and white a chart tells as much: whatever is told apart differs by more than its hue.

Two shapes that are drawn alike (the same form, line and dashes) and only inked differently must still differ once both
inks are grey. Words are not looked at here, for they say themselves what they are.
"""

from __future__ import annotations

import math
import re
from itertools import combinations

import pytest
from lxml import etree

from quality.charts.style import OTHER, OWN
from tests.charts.pictures import drawn

APART = 1.3
"""The least contrast between two greys that are told apart side by side; WCAG's own measure, on a smaller step."""
SEEN_APART = 60.0
"""How far apart in red, green and blue two inks are that the eye takes for different; neighbours in a ramp are not."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_DRAWN = ("path", "use", "rect", "circle", "line", "polygon")
# What an ink is part of, and what decides how a shape looks without one.
_INKS = ("fill", "stroke")
_FORM = ("d", "stroke-dasharray", "stroke-width", "href", "r")
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it: what is left of a colour in grey."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _form(element: etree._Element) -> tuple[str, ...]:
    """How a shape is drawn but for its inks and its place: the kinds of strokes in it, its line, and its dashes."""
    parts = [
        _NUMBERS.sub("", element.get(name, "")) if name == "d" else element.get(name, "") for name in _FORM
    ]
    inked = "".join(name[0] for name in _INKS if _COLOUR.fullmatch(element.get(name, "")))
    return (str(etree.QName(element).localname), inked, *parts)


def told_by_hue_alone(svg: str) -> list[tuple[str, str]]:
    """The pairs of inks of a chart between which nothing is left once they are grey."""
    inks: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for element in etree.fromstring(svg.encode()).iter():
        if isinstance(element.tag, str) and etree.QName(element).localname in _DRAWN:
            used = tuple(one for name in _INKS if _COLOUR.fullmatch(one := element.get(name, "")))
            if used:
                inks.setdefault(_form(element), set()).add(used)
    pairs = (pair for alike in inks.values() for pair in combinations(sorted(alike), 2))
    return [(" ".join(one), " ".join(other)) for one, other in pairs if _alike(one, other)]


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True where colour tells the two apart and grey does not."""
    pairs = list(zip(one, other, strict=True))
    return any(_distance(a, b) >= SEEN_APART for a, b in pairs) and all(
        _contrast(a, b) < APART for a, b in pairs
    )


def _distance(one: str, other: str) -> float:
    channels = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (one, other)]
    return math.dist(*channels)


@pytest.mark.parametrize("name", sorted(drawn()))
def test_nothing_in_a_chart_is_told_by_its_hue_alone(name: str) -> None:
    assert told_by_hue_alone(drawn()[name]) == []


def test_the_own_area_stands_out_from_the_others_in_grey() -> None:
    assert _contrast(OWN, OTHER) >= APART


def test_two_inks_that_only_differ_in_hue_are_found() -> None:
    red, green = "#c00000", "#007300"
    shapes = [f'<path d="M0 {at} L9 {at}" stroke="{ink}" fill="none"/>' for at, ink in ((1, red), (2, green))]
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(shapes)}</svg>'
    assert told_by_hue_alone(svg) == [(green, red)]
    assert told_by_hue_alone(svg.replace(green, "#9adf9a")) == []
    assert told_by_hue_alone(svg.replace(f'"{green}"', f'"{green}" stroke-dasharray="4 2"')) == []
