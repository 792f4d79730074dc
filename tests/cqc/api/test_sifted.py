"""Sifting replies: which are set aside, and when they are too many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from quality.cqc.api.replies import location, provider
from quality.cqc.api.sifted import Sifted, Sifting, TooManySetAside, set_aside_of
from quality.cqc.rows import LocationReply, ProviderReply
from tests.builders.cqc_replies import a_location_reply, a_provider_reply


def replies(good: int, bad: int) -> Iterator[tuple[str, Any]]:
    """So many replies, those that cannot be used last."""
    for number in range(good + bad):
        cqc_id = f"1-9{number:08}"
        yield cqc_id, a_location_reply(cqc_id, careHome="Y" if number < good else "Maybe")


def sifted(good: int, bad: int, *, fetched: int) -> Sifted[LocationReply]:
    return Sifted(Sifting(fetched), "location", replies(good, bad), location)


def test_what_can_be_used_comes_through_and_the_rest_is_told() -> None:
    found = sifted(2, 1, fetched=3)
    assert [one.service.service_id for one in found] == ["1-900000000", "1-900000001"]
    (one,) = set_aside_of(found)
    assert one.reason == "reply about a location that cannot be used"
    assert one.warning.startswith(
        "The reply about location 1-900000002 was set aside. "
        'CQC\'s reply about location 1-900000002 cannot be used: "careHome" is "Maybe"'
    )


def test_replies_that_nobody_sifted_had_none_set_aside() -> None:
    assert set_aside_of([location(a_location_reply())]) == []


@pytest.mark.parametrize(("bad", "fetched"), [(20, 20), (20, 999), (21, 1_050), (300, 15_000)])
def test_so_many_may_be_single_faults(bad: int, fetched: int) -> None:
    found = sifted(1, bad, fetched=fetched)
    assert len(list(found)) == 1
    assert len(found.set_aside) == bad


@pytest.mark.parametrize(("bad", "fetched"), [(21, 21), (21, 1_049), (301, 15_000)])
def test_more_of_them_are_a_change_of_cqcs(bad: int, fetched: int) -> None:
    with pytest.raises(TooManySetAside) as refused:
        list(sifted(1, bad, fetched=fetched))
    assert len(refused.value.set_aside) == bad
    assert refused.value.sentence.startswith(
        f"{bad} of {fetched:,} replies of CQC's API cannot be used, so CQC has"
    )
    assert 'The first of them: CQC\'s reply about location 1-900000001 cannot be used: "careHome"' in (
        refused.value.sentence
    )


def test_locations_and_providers_are_counted_together() -> None:
    sifting = Sifting(fetched=100)
    locations: Sifted[LocationReply] = Sifted(sifting, "location", replies(0, 15), location)
    spoilt = ((f"1-8{number:08}", a_provider_reply(name=None)) for number in range(6))
    providers: Sifted[ProviderReply] = Sifted(sifting, "provider", spoilt, provider)
    assert list(locations) == []
    with pytest.raises(TooManySetAside):
        list(providers)
    assert (len(locations.set_aside), len(providers.set_aside)) == (15, 6)


def test_an_id_in_small_letters_too_is_read_once() -> None:
    twice = [("RX999", a_location_reply("RX999")), ("rx999", a_location_reply("RX999"))]
    found: Sifted[LocationReply] = Sifted(Sifting(2), "location", twice, location)
    assert len(list(found)) == 1
    assert found.set_aside == []


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (None, "it is not an object"),
        ([], "it is not an object"),
        ({}, '"locationId" is missing'),
        (a_location_reply("1-900000009"), "it is about 1-900000009 instead"),
        (a_location_reply(name="Larch \ud83c"), "which holds half a character"),
        (a_location_reply(name=["Larch"]), '"name" is not a text or a number'),
    ],
)
def test_a_reply_that_cannot_be_used_is_told_with_the_id_that_was_asked_for(
    reply: Any, sentence: str
) -> None:
    found: Sifted[LocationReply] = Sifted(Sifting(1), "location", [("1-900000001", reply)], location)
    assert list(found) == []
    (one,) = found.set_aside
    assert "location 1-900000001 was set aside." in one.warning
    assert sentence in one.sentence
    assert one.warning.isprintable()
