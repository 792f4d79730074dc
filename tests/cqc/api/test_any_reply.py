"""Whatever a reply holds, it is understood or refused with a sentence: nothing else happens."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from quality.cqc import CqcFileError
from quality.cqc.api.replies import location, provider
from tests.builders.cqc_replies import a_location_reply, a_provider_reply, assessed, once_rated, rated

_RATED: dict[str, Any] = {
    "currentRatings": rated("Good", "2021-05-13", inherited_from="1-900000009"),
    "historicRatings": [once_rated("Inadequate", "2018-02-02")],
    "assessment": [assessed("Care Homes", "Good", "2024-08-08"), assessed("Homecare", "Good", "2025-01-02")],
    "relationships": [{"type": "HSCA Successor", "relatedLocationId": "1-900000003"}],
}
LOCATION = a_location_reply(**_RATED)
PROVIDER = a_provider_reply(**_RATED)

anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=300),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Where everything in a reply stands."""
    found = [path] if path else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        found += places(one, (*path, key))
    return found


def with_another(reply: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The reply with something else in one place."""
    changed = copy.deepcopy(reply)
    at: Any = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


def refusal(read: Callable[[dict[str, Any]], object], reply: dict[str, Any]) -> str:
    """The sentence a reply is refused with; empty when it is understood."""
    try:
        read(reply)
    except CqcFileError as refused:
        return refused.sentence
    return ""


@given(some.sampled_from(places(LOCATION)), anything)
def test_a_location_with_anything_anywhere(path: tuple[str | int, ...], value: Any) -> None:
    sentence = refusal(location, with_another(LOCATION, path, value))
    assert not sentence or sentence.startswith("CQC's reply about a location") or "location 1-" in sentence
    assert sentence.isprintable()


@given(some.sampled_from(places(PROVIDER)), anything)
def test_a_provider_with_anything_anywhere(path: tuple[str | int, ...], value: Any) -> None:
    assert refusal(provider, with_another(PROVIDER, path, value)).isprintable()
