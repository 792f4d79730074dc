"""Every chart looks as it did when somebody last looked at it.

The pictures are compared as SVG and not as dots: charts are measured in a font that comes with matplotlib, so they are
the same on every machine, while dots depend on what renders them. Places may differ by half a unit of 800.
"""

from __future__ import annotations

import re

import pytest

from tests.charts.pictures import PICTURES, drawn

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
NAMES = sorted(drawn())


def shape_of(svg: str) -> str:
    """A picture without its numbers."""
    return _NUMBER.sub("#", svg)


def numbers_of(svg: str) -> list[float]:
    """The numbers of a picture, in order."""
    return [float(number) for number in _NUMBER.findall(svg)]


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_looks_as_it_did(name: str) -> None:
    kept = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    now = drawn()[name]
    assert shape_of(now) == shape_of(kept), "It has other marks, words or inks: see tests/charts/pictures.py."
    assert numbers_of(now) == pytest.approx(numbers_of(kept), abs=0.5), "Something stands in another place."


def test_every_kept_picture_is_of_a_chart_there_is() -> None:
    assert sorted(path.stem for path in PICTURES.glob("*.svg")) == NAMES
