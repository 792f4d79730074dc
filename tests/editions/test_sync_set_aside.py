"""A reply that cannot be used is set aside, told, and asked for again; many of them stop a sync."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from quality.core.database import db
from quality.editions import syncing
from quality.editions.models import Sync, SyncItem, SyncState
from quality.history.models import Event
from quality.services.models import Edition, Provider
from tests.builders.cqc_replies import a_location_reply, a_provider_reply, rated
from tests.builders.people import a_council
from tests.databases import Database
from tests.editions.syncs import client_of, go_on, held, some_places, sync_now
from tests.servers.cqc_api import CqcApi, Trouble, serving

SECOND = "1-900000002"
OF_A_LOCATION = "reply about a location that cannot be used"
OF_A_PROVIDER = "reply about a provider that cannot be used"
SPLENDID = {"currentRatings": rated("Splendid", "2021-05-13")}


@pytest.fixture
def api(session: Database) -> Iterator[CqcApi]:
    """Three care homes of one provider."""
    with serving(some_places(3)) as running:
        yield running


def newest_edition() -> Edition:
    return db.session.scalars(select(Edition).order_by(Edition.id.desc()).limit(1)).one()


def counts(edition: Edition) -> tuple[int, int, int, dict[str, int]]:
    assert edition.rows_read == edition.stored + edition.merged + sum(edition.set_aside.values())
    return edition.rows_read, edition.stored, edition.merged, edition.set_aside


def kept() -> list[tuple[str, str]]:
    """The records that are kept to be asked for again."""
    rows = db.session.execute(select(SyncItem.kind, SyncItem.cqc_id).order_by(SyncItem.cqc_id))
    return [(kind, cqc_id) for kind, cqc_id in rows]


def spoil(api: CqcApi, count: int) -> None:
    """Let the first so many locations be what cannot be used."""
    for reply in list(api.locations.values())[:count]:
        reply["careHome"] = "Maybe"


def mend(api: CqcApi) -> None:
    """Let everything be as it should be."""
    for reply in api.locations.values():
        reply["careHome"] = "Y"


def test_it_is_set_aside_with_its_sentence_and_everything_else_is_loaded(api: CqcApi) -> None:
    api.locations[SECOND] |= SPLENDID
    outcome = sync_now(api)
    assert outcome.state is SyncState.DONE
    assert outcome.message == (
        f"2 locations and 1 provider loaded. CQC sent 1 reply that cannot be used, set aside: {SECOND}. "
        "What we hold of them stays as it was, and the next sync asks for them again."
    )
    assert sorted(held()) == ["1-900000001", "1-900000003"]


def test_the_edition_accounts_for_it_and_names_it(api: CqcApi) -> None:
    api.locations[SECOND] |= SPLENDID
    result = sync_now(api).result
    edition = newest_edition()
    assert counts(edition) == (3, 2, 0, {OF_A_LOCATION: 1})
    (warning,) = edition.warnings
    assert warning.startswith(f"The reply about location {SECOND} was set aside.")
    assert '"currentRatings.overall.rating" is "Splendid"' in warning
    assert result is not None
    assert (result.set_aside, result.warnings) == ({OF_A_LOCATION: 1}, [warning])


def test_the_history_tells_the_same_counts(api: CqcApi) -> None:
    api.locations[SECOND] |= SPLENDID
    sync_now(api)
    event = db.session.scalars(select(Event).where(Event.kind == "edition_loaded")).one()
    told = json.loads(event.details or "")
    assert (told["rows_read"], told["stored"], told["set_aside"]) == (3, 2, {OF_A_LOCATION: 1})


def test_the_next_sync_asks_for_it_again_and_the_one_after_does_not(api: CqcApi) -> None:
    api.locations[SECOND] |= SPLENDID
    sync_now(api)
    api.locations[SECOND] |= {"currentRatings": rated("Good", "2021-05-13")}
    api.asked.clear()
    assert sync_now(api).message == "1 location loaded."
    assert api.count(f"/locations/{SECOND}") == 1
    assert SECOND in held()
    assert kept() == []
    api.asked.clear()
    assert sync_now(api).message == "CQC lists no change."
    assert api.count(f"/locations/{SECOND}") == 0


def test_it_is_asked_for_until_it_can_be_used(api: CqcApi) -> None:
    api.locations[SECOND] |= SPLENDID
    for _ in range(3):
        assert f"set aside: {SECOND}." in sync_now(api).message
        assert kept() == [("location", SECOND)]
    assert api.count(f"/locations/{SECOND}") == 3
    assert api.count("/locations/1-900000001") == 1


def test_a_sync_of_nothing_but_such_a_reply_loads_nothing_and_tells_of_it(api: CqcApi) -> None:
    sync_now(api)
    api.locations[SECOND] |= SPLENDID
    api.changed = {"location": [SECOND]}
    assert sync_now(api).message.startswith("Nothing was loaded. CQC sent 1 reply that cannot be used")
    assert counts(newest_edition()) == (1, 0, 0, {OF_A_LOCATION: 1})


def test_what_is_held_of_it_stays_as_it_was(api: CqcApi) -> None:
    sync_now(api)
    api.locations[SECOND] |= {"name": "Larch House renamed", **SPLENDID}
    api.locations["1-900000003"]["name"] = "Larch House the third"
    api.changed = {"location": [SECOND, "1-900000003"]}
    assert sync_now(api).state is SyncState.DONE
    assert (held()[SECOND], held()["1-900000003"]) == ("Larch House 002", "Larch House the third")


def test_one_that_cqc_no_longer_has_is_not_asked_for_for_ever(api: CqcApi) -> None:
    api.locations[SECOND] |= SPLENDID
    sync_now(api)
    del api.locations[SECOND]
    assert f"does not know: {SECOND}." in sync_now(api).message
    assert kept() == []


def test_a_sync_that_is_given_up_forgets_nothing_of_it(api: CqcApi) -> None:
    api.locations[SECOND] |= SPLENDID
    sync_now(api)
    syncing.begin(everything=True)
    syncing.give_up()
    db.session.commit()
    mended = api.locations[SECOND]
    mended.pop("currentRatings")
    assert sync_now(api).message == "1 location loaded."
    assert SECOND in held()


def test_a_sync_of_one_council_asks_again_whatever_cqc_lists_there(api: CqcApi, session: Database) -> None:
    a_council(session)
    session.commit()
    api.locations[SECOND] |= SPLENDID
    sync_now(api, everything=False)
    api.locations[SECOND] = a_location_reply(SECOND, localAuthority="Southmere")
    api.asked.clear()
    assert sync_now(api, everything=False).message == "1 location loaded."
    assert api.count(f"/locations/{SECOND}") == 1


def test_a_provider_is_set_aside_too_and_its_services_are_loaded(api: CqcApi) -> None:
    right = api.providers["1-800000001"]
    api.providers["1-800000001"] = right | {"ownershipType": ["Organisation"]}
    assert sync_now(api).message.startswith("3 locations loaded. CQC sent 1 reply that cannot be used")
    assert counts(newest_edition()) == (4, 3, 0, {OF_A_PROVIDER: 1})
    name = select(Provider.name)
    assert db.session.scalars(name).one() == "Provider 1-800000001"
    api.providers["1-800000001"] = right
    assert sync_now(api).message == "1 provider loaded."
    assert db.session.scalars(name).one() == "Larch Care Limited"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"[]", "it is not an object"),
        (b"null", "it is not an object"),
        (b'"Larch House"', "it is not an object"),
        (b"{}", '"locationId" is missing'),
        (json.dumps(a_location_reply("1-900000009")).encode(), "it is about 1-900000009 instead"),
        (json.dumps(a_location_reply(SECOND, name="Larch \ud83c")).encode(), "which holds half a character"),
        (json.dumps(a_location_reply(SECOND, name="Larch \0")).encode(), "an invisible control character"),
        (b'{"a":' * 600 + b"1" + b"}" * 600, "nests without end"),
    ],
    ids=["list", "null", "text", "empty", "another", "half a character", "control character", "nested"],
)
def test_whatever_cqc_sends_for_one_record_the_others_are_loaded(
    api: CqcApi, body: bytes, sentence: str
) -> None:
    api.go_wrong(f"/locations/{SECOND}", Trouble(200, body=body))
    assert sync_now(api).state is SyncState.DONE
    assert sorted(held()) == ["1-900000001", "1-900000003"]
    (warning,) = newest_edition().warnings
    assert f"location {SECOND} was set aside." in warning
    assert sentence in warning
    assert sync_now(api).message == "1 location loaded."


def test_one_listed_in_small_letters_too_is_set_aside_once(api: CqcApi) -> None:
    sync_now(api)
    api.locations["RX999"] = a_location_reply("RX999", careHome="Maybe")
    api.changed = {"location": ["rx999", "RX999"]}
    assert "1 reply that cannot be used, set aside: RX999." in sync_now(api).message
    assert counts(newest_edition()) == (1, 0, 0, {OF_A_LOCATION: 1})
    api.changed = {}
    mend(api)
    assert sync_now(api).state is SyncState.DONE
    assert "RX999" in held()


def test_twenty_are_set_aside(session: Database) -> None:
    with serving(some_places(25)) as api:
        spoil(api, 20)
        assert sync_now(api).state is SyncState.DONE
    assert len(held()) == 5
    assert len(newest_edition().warnings) == 20


def test_more_stop_the_sync_and_store_nothing(session: Database) -> None:
    with serving(some_places(30)) as api:
        spoil(api, 21)
        outcome = sync_now(api)
        assert outcome.state is SyncState.FAILED
        assert outcome.message.startswith(
            "21 of 31 replies of CQC's API cannot be used, so CQC has probably changed what it sends. "
            'The first of them: CQC\'s reply about location 1-900000001 cannot be used: "careHome" is "Maybe"'
        )
        assert outcome.message.endswith("Nothing was stored; going on asks CQC for these again.")
        assert (held(), db.session.scalar(select(Edition))) == ({}, None)
        api.asked.clear()
        assert go_on(api).state is SyncState.FAILED
        assert len(api.asked) == 21
        mend(api)
        assert go_on(api).state is SyncState.DONE
    assert len(held()) == 30
    assert kept() == []


@pytest.mark.slow
@pytest.mark.parametrize(("bad", "state"), [(3, SyncState.DONE), (25, SyncState.FAILED)])
def test_several_that_go_on_at_once_set_aside_the_same(
    fresh_database: Flask, in_threads: Callable[..., list[object]], bad: int, state: SyncState
) -> None:
    with serving(some_places(30)) as api:
        spoil(api, bad)
        with fresh_database.app_context():
            sync_id = syncing.begin(everything=True).id
            db.session.commit()

        def runner(_: object) -> None:
            with fresh_database.app_context():
                syncing.go_on(sync_id, client_of(api))

        in_threads(runner, range(3))
    with fresh_database.app_context():
        assert db.session.scalars(select(Sync.state)).one() is state
        loaded = 30 - bad if state is SyncState.DONE else 0
        assert len(held()) == loaded
        assert db.session.scalars(select(func.count()).select_from(Edition)).one() == bool(loaded)


def test_a_provider_whose_name_is_held_keeps_it(api: CqcApi) -> None:
    sync_now(api)
    spoilt: dict[str, Any] = a_provider_reply(name=None)
    api.providers["1-800000001"] = spoilt
    api.changed = {"location": ["1-900000001"], "provider": ["1-800000001"]}
    assert sync_now(api).state is SyncState.DONE
    assert db.session.scalars(select(Provider.name)).one() == "Larch Care Limited"
