"""What has to be known of a series: read from TOML, ours for the layouts we know, or people's for what they wrote."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from quality.frameworks.tables import Table
from quality.market.figures.scopes import Kind
from quality.market.outside.told import Difference, SeriesWords

_FOLDER = Path(__file__).with_name("data")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def known_series(key: str) -> SeriesWords:
    """The words of a series whose layout we read: `ascof-6b`, `lg-inform-care-homes`."""
    path = _FOLDER / f"{key}.toml"
    table = Table(tomllib.loads(path.read_text("utf-8")), path.name)
    words = series_words(table)
    table.finish()
    return words


def series_words(table: Table) -> SeriesWords:
    """Take the words of a series out of its table. Raises FrameworkDefinitionError, naming the place, when unfit."""
    key = one_line(table, "key", 60)
    if not _KEY.fullmatch(key):
        raise table.wrong(f'“key” is "{key}", and should be small letters and digits joined by hyphens')
    return SeriesWords(
        key=key,
        title=one_line(table, "title", 255),
        publisher=one_line(table, "publisher", 255),
        address=_address(table),
        licence=one_line(table, "licence", 255),
        measure=table.text("measure"),
        scope=table.text("scope"),
        beside=table.choice("beside", Kind).value,
        comparators=table.text("comparators") if table.has("comparators") else "",
        denominator_stated=table.flag("denominator_stated"),
        differences=tuple(map(_difference, table.tables("difference"))),
    )


def one_line(table: Table, name: str, longest: int) -> str:
    """Text on one line that fits its column."""
    value = table.text(name)
    if len(value) > longest or not value.isprintable():
        raise table.wrong(f"“{name}” should be one line of at most {longest} ordinary characters")
    return value


def _address(table: Table) -> str:
    if not table.has("address"):
        return ""
    address = one_line(table, "address", 500)
    if not address.startswith(("https://", "http://")):
        raise table.wrong("“address” should begin with https:// or http://; leave it out where there is none")
    return address


def _difference(table: Table) -> Difference:
    difference = Difference(one_line(table, "about", 60), table.text("theirs"), table.text("ours"))
    table.finish()
    return difference
