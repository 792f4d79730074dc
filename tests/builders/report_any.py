"""Any report at all: every field of every part, made at random from its type, with real photographs."""

from __future__ import annotations

import dataclasses
import hashlib
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from PIL import Image

from quality.printing.pictures import at_print_size
from quality.reports.snapshot import (
    SCHEMA_VERSION,
    Council,
    Level,
    Photograph,
    Service,
    Snapshot,
    Step,
    count,
)

_PIECES = (
    "<b>",
    "</style>",
    "&amp;",
    "{{ 7*7 }}",
    "'\"",
    "شكرا",
    "שלום",
    "e\u0301",
    "👩‍⚕️",
    "🇬🇧",
    "\u2028",
    "\n\n",
    "\x00",
)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=30)
TEXTS = st.one_of(
    WORDS,
    st.text(max_size=30),
    st.lists(st.one_of(st.sampled_from(_PIECES), WORDS), max_size=6).map("".join),
)
DAYS = st.dates(date(2009, 1, 1), date(2030, 12, 31))
MOMENTS = DAYS.map(lambda day: datetime(day.year, day.month, day.day, 14, 5, tzinfo=UTC))
_COUNTED = ("audit", "cqc", "domains", "findings", "photographs", "responses", "plan")


@cache
def photograph_files() -> Mapping[str, bytes]:
    """A few small photographs, as they are printed, by SHA-256."""
    colours = ((120, 40, 40), (40, 120, 40), (40, 40, 120))
    files = []
    for side, colour in enumerate(colours, 3):
        file = io.BytesIO()
        Image.new("RGB", (16 * side, 40), colour).save(file, "JPEG")
        files.append(at_print_size(file.getvalue()).content)
    return {hashlib.sha256(file).hexdigest(): file for file in files}


@st.composite
def reports(draw: st.DrawFn, most: int = 3) -> Snapshot:
    """A report, no list of which is longer than `most`, except where the report itself needs more."""
    bands = tuple(
        Step(words=f"Level {place}", meaning=draw(TEXTS)) for place in range(draw(st.integers(1, 5)))
    )
    given = _Given(most, [*(Level(place=n, words=band.words) for n, band in enumerate(bands))])
    fields = {
        name: draw(given.of(hint, name))
        for name, hint in get_type_hints(Snapshot).items()
        if name != "manifest"
    }
    if fields["approved_by"] is None or fields["approved_at"] is None:
        fields["approved_by"] = fields["approved_at"] = None
    fields |= {"schema_version": SCHEMA_VERSION, "method": dataclasses.replace(fields["method"], bands=bands)}
    return Snapshot(**fields, manifest=count(**{name: fields[name] for name in _COUNTED}))


class _Given:
    """Strategies by type, for one report."""

    def __init__(self, most: int, levels: list[Level]) -> None:
        self.most = most
        self.special: dict[Any, st.SearchStrategy[Any]] = {
            Level: st.sampled_from([*levels, Level(place=None, words="Not judged")]),
            str: TEXTS,
            int: st.integers(0, 5000),
            bool: st.booleans(),
            date: DAYS,
            datetime: MOMENTS,
        }

    def of(self, kind: Any, name: str = "") -> st.SearchStrategy[Any]:
        """Values of this type for a field of this name."""
        if kind in self.special:
            return self.special[kind]
        if get_origin(kind) in (Union, UnionType):
            (inner,) = (part for part in get_args(kind) if part is not type(None))
            return st.one_of(st.none(), self.of(inner))
        if get_origin(kind) is tuple:
            return st.lists(self.of(get_args(kind)[0]), max_size=self.most).map(tuple)
        if issubclass(kind, StrEnum):
            return st.sampled_from(list(kind))
        return self._part(kind)

    def _part(self, kind: Any) -> st.SearchStrategy[Any]:
        fields = {name: self.of(hint, name) for name, hint in get_type_hints(kind).items()}
        return st.builds(kind, **(fields | self._held_to(kind)))

    def _held_to(self, kind: Any) -> dict[str, st.SearchStrategy[Any]]:
        """The fields that are not free: a colour, an address, a picture that is there."""
        if kind is Council:
            return {
                "colour": st.from_regex(r"#[0-9a-f]{6}", fullmatch=True),
                "check_at": st.just("") | TEXTS.map(lambda text: f"https://quality.example/{text}"),
            }
        if kind is Service:
            return {"cqc_url": TEXTS.map(lambda text: f"https://www.cqc.org.uk/{text}")}
        if kind is Photograph:
            return {
                "sha256": st.sampled_from(sorted(photograph_files())),
                "width": st.integers(1, 470),
                "height": st.integers(1, 470),
                "shows": st.text("abcdefghij", min_size=1, max_size=30),
            }
        return {}
