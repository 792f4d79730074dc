"""The rating frameworks as they are written down in `data/`, and what may be compared with what."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

from quality.frameworks.tables import Table
from quality.ratings.framework_models import ComparabilityStatus, FrameworkState

DATA = Path(__file__).parent / "data"
_PAIRS = "comparability.toml"

Code = tuple[str, str]
"""A framework's code and the code of one of its elements: ("cqc-2014", "safe")."""


@dataclass(frozen=True, slots=True)
class ElementDefinition:
    """One thing that is rated; `is_count` where it is counted (24 of 24 standards met) and has no word of the scale."""

    code: str
    name: str
    parent: str | None
    is_count: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """A day from which a framework was used in another way, so that what came before is compared with caution."""

    on: date
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class RatingFrameworkDefinition:
    """A rating framework; its scale begins with the worst word."""

    code: str
    body: str
    name: str
    applies_to: str
    valid_from: date | None
    valid_to: date | None
    state: FrameworkState
    is_scored: bool
    scale: tuple[str, ...]
    bands: dict[str, int] | None
    note: str
    source: str
    elements: tuple[ElementDefinition, ...]
    revisions: tuple[Revision, ...]

    def element(self, code: str) -> ElementDefinition | None:
        """The element with this code, if there is one."""
        return next((each for each in self.elements if each.code == code), None)


@dataclass(frozen=True, slots=True)
class PairDefinition:
    """Whether a later rating may be compared with an earlier one."""

    earlier: Code
    later: Code
    status: ComparabilityStatus
    reason: str
    source: str


@cache
def frameworks() -> dict[str, RatingFrameworkDefinition]:
    """Every rating framework that comes with the product, by code."""
    read = [_framework(_read(path)) for path in sorted(DATA.glob("*.toml")) if path.name != _PAIRS]
    return {each.code: each for each in read}


@cache
def pairs() -> tuple[PairDefinition, ...]:
    """Every pair of elements that something is said about."""
    data = _read(DATA / _PAIRS)
    found = tuple(pair for table in data.tables("pair") for pair in _pairs(table))
    data.finish()
    return found


def _read(path: Path) -> Table:
    with path.open("rb") as file:
        return Table(tomllib.load(file), path.name)


def _framework(table: Table) -> RatingFrameworkDefinition:
    framework = RatingFrameworkDefinition(
        code=table.text("code"),
        body=table.text("body"),
        name=table.text("name"),
        applies_to=table.text("applies_to"),
        valid_from=day_of(table, "valid_from"),
        valid_to=day_of(table, "valid_to"),
        state=table.choice("state", FrameworkState),
        is_scored=table.flag("is_scored"),
        scale=texts_of(table, "scale"),
        bands=_bands(table),
        note=table.text("note"),
        source=table.text("source"),
        elements=tuple(map(_element, table.tables("element"))),
        revisions=tuple(map(_revision, table.tables("revision"))) if table.has("revision") else (),
    )
    table.finish()
    return framework


def _bands(table: Table) -> dict[str, int] | None:
    if not table.has("bands"):
        return None
    bands, words = table.table("bands"), texts_of(table, "scale")
    found = {word: bands.whole(word, 0, 100) for word in words}
    bands.finish()
    return found


def _element(table: Table) -> ElementDefinition:
    parent = table.text("parent") if table.has("parent") else None
    element = ElementDefinition(table.text("code"), table.text("name"), parent, table.flag("is_count"))
    table.finish()
    return element


def _revision(table: Table) -> Revision:
    on = day_of(table, "on")
    if on is None:
        raise table.wrong("“on” is missing")
    revision = Revision(on, table.text("reason"), table.text("source"))
    table.finish()
    return revision


def _pairs(table: Table) -> list[PairDefinition]:
    earlier_framework, later_framework = table.text("earlier_framework"), table.text("later_framework")
    status = table.choice("status", ComparabilityStatus)
    reason, source = table.text("reason"), table.text("source")
    if table.has("elements"):
        codes = [(code, code) for code in texts_of(table, "elements")]
    else:
        codes = list(product(texts_of(table, "earlier"), texts_of(table, "later")))
    table.finish()
    return [
        PairDefinition((earlier_framework, earlier), (later_framework, later), status, reason, source)
        for earlier, later in codes
    ]


def texts_of(table: Table, name: str) -> tuple[str, ...]:
    """A list of one or more texts. Raises FrameworkDefinitionError for anything else."""
    values = table.take(name)
    if not isinstance(values, list) or not values or not all(isinstance(each, str) for each in values):
        raise table.wrong(f"“{name}” should be a list of one or more texts")
    return tuple(values)


def day_of(table: Table, name: str) -> date | None:
    """A day, if there is one. Raises FrameworkDefinitionError for anything else."""
    if not table.has(name):
        return None
    value = table.take(name)
    if type(value) is not date:
        raise table.wrong(f"“{name}” should be a date like 2009-10-15, without quotation marks")
    return value
