"""Whether there is room for what is told of ratings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from quality.ratings.models import Rating
from quality.ratings.packed import Key, Said
from quality.services.room import longest, room

_OF_SAID = ("published_text", "report_type", "inherited_from")


class LongText(NamedTuple):
    """A text that is too long for its column, and how many characters there may be."""

    column: str
    text: str
    most: int


def long_text(keys: Iterable[Key], said: Iterable[Said]) -> LongText | None:
    """The first text of these for which there is no room, if there is one."""
    all_said = list(said)
    columns = {
        "service_group": [group for group, _ in keys],
        **{name: [getattr(one, name) for one in all_said] for name in _OF_SAID},
    }
    for column, texts in columns.items():
        text, most = longest(texts), room(Rating, column) or 0
        if len(text) > most:
            return LongText(column, text, most)
    return None
