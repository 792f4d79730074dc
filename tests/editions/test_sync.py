"""A sync with CQC's API, against a server on this machine: what it asks, stores, and does when things go wrong."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quality.core.clock import now, today
from quality.core.database import db
from quality.core.errors import Refused
from quality.cqc import RatingWord
from quality.editions import syncing
from quality.editions.models import NamedPerson, Sync, SyncItem, SyncState
from quality.editions.names import decide
from quality.history.models import Event
from quality.ratings.models import Rating
from quality.services.models import Edition, Provider, Service, ServiceLink
from tests.builders.cqc_replies import a_location_reply, a_provider_reply, assessed, once_rated, rated
from tests.builders.people import a_council
from tests.databases import Database
from tests.editions.syncs import client_of, go_on, held, some_places, sync_now
from tests.servers.cqc_api import CUT, HANG, OUT_OF_ORDER, OUTAGE, RATE_LIMIT, CqcApi, serving


@pytest.fixture
def serve() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def api(serve: ExitStack, session: Database) -> CqcApi:
    """Three care homes of one provider."""
    return serve.enter_context(serving(some_places(3)))


def replies_kept() -> int:
    return db.session.scalars(select(func.count()).select_from(SyncItem)).one()


def test_the_first_sync_fetches_every_location_and_its_provider(api: CqcApi) -> None:
    outcome = sync_now(api)
    assert (outcome.state, outcome.message) == (SyncState.DONE, "3 locations and 1 provider loaded.")
    assert sorted(held()) == ["1-900000001", "1-900000002", "1-900000003"]
    provider = db.session.scalars(select(Provider)).one()
    assert (provider.cqc_id, provider.name) == ("1-800000001", "Larch Care Limited")
    assert api.count("/providers/1-800000001") == 1


def test_a_sync_becomes_one_edition_of_its_day_and_keeps_no_replies(api: CqcApi) -> None:
    sync_now(api)
    edition = db.session.scalars(select(Edition)).one()
    assert (edition.kind, edition.as_at) == ("api", today())
    assert edition.file_name.startswith("CQC's API: all England; everything")
    assert db.session.scalars(select(Sync)).one().edition_id == edition.id
    assert replies_kept() == 0


def test_a_sync_leaves_its_beginning_and_its_edition_in_the_history(api: CqcApi) -> None:
    sync_now(api)
    kinds = list(db.session.scalars(select(Event.kind).order_by(Event.id)))
    assert kinds.index("sync_begun") < kinds.index("edition_loaded")


def test_ratings_history_and_links_come_with_a_location(api: CqcApi) -> None:
    api.locations["1-900000001"] = a_location_reply(
        currentRatings=rated("Good", "2021-05-13"),
        historicRatings=[once_rated("Inadequate", "2018-02-02")],
        relationships=[
            {"type": "HSCA Predecessor", "relatedLocationId": "1-700000001", "reason": "New Provider"}
        ],
    )
    api.locations["1-900000002"] = a_location_reply(
        "1-900000002", assessment=[assessed("Care Homes", "Requires Improvement", "2025-03-04", score="2")]
    )
    assert sync_now(api).state is SyncState.DONE
    whole = (
        select(Rating).where(Rating.domain == "Overall").order_by(Rating.published_on, Rating.service_group)
    )
    assert [(one.word, one.service_group, one.is_past) for one in db.session.scalars(whole)] == [
        (RatingWord.INADEQUATE, "Overall", True),
        (RatingWord.GOOD, "Overall", False),
        (RatingWord.REQUIRES_IMPROVEMENT, "Care Homes", False),
        (RatingWord.REQUIRES_IMPROVEMENT, "Overall", False),
    ]
    assert db.session.scalars(select(ServiceLink)).one().other_cqc_id == "1-700000001"


def test_the_next_sync_asks_only_for_what_changed(api: CqcApi) -> None:
    sync_now(api)
    api.locations["1-900000002"]["name"] = "Larch House renamed"
    api.changed = {"location": ["1-900000002"], "provider": []}
    api.asked.clear()
    assert sync_now(api).message == "1 location loaded."
    assert [address.split("?")[0] for address in api.asked] == [
        "/changes/location",
        "/changes/provider",
        "/locations/1-900000002",
    ]
    assert held()["1-900000002"] == "Larch House renamed"
    assert held()["1-900000003"] == "Larch House 003"


def test_the_changes_asked_for_overlap_with_the_last_sync(api: CqcApi) -> None:
    sync_now(api)
    last = db.session.scalars(select(Sync.changed_until)).one()
    since = syncing.begin(everything=True).changed_since
    assert since == last - timedelta(hours=1)


def test_a_sync_without_changes_is_done_and_no_edition(api: CqcApi) -> None:
    sync_now(api)
    assert sync_now(api).message == "CQC lists no change."
    assert db.session.scalars(select(func.count()).select_from(Edition)).one() == 1


def test_a_changed_provider_is_fetched(api: CqcApi) -> None:
    sync_now(api)
    api.providers["1-800000001"]["name"] = "Larch and Rowan Limited"
    api.changed = {"provider": ["1-800000001"]}
    sync_now(api)
    assert db.session.scalars(select(Provider.name)).one() == "Larch and Rowan Limited"


def test_lists_of_many_pages_are_read_to_the_end(api: CqcApi) -> None:
    api.per_page = 2
    sync_now(api)
    assert len(held()) == 3
    assert api.count("/locations") == 2


def test_a_council_fetches_its_own_area_only(api: CqcApi, session: Database) -> None:
    a_council(session)
    api.locations["1-999999999"] = a_location_reply("1-999999999", localAuthority="Southmere")
    session.commit()
    assert sync_now(api, everything=False).state is SyncState.DONE
    assert "1-999999999" not in held()
    assert len(held()) == 3


def test_changes_elsewhere_are_not_fetched_for_a_council(api: CqcApi, session: Database) -> None:
    a_council(session)
    session.commit()
    sync_now(api, everything=False)
    api.locations["1-999999999"] = a_location_reply("1-999999999", localAuthority="Southmere")
    api.providers["1-899999999"] = a_provider_reply("1-899999999")
    api.changed = {
        "location": ["1-999999999", "1-900000001"],
        "provider": ["1-899999999", "1-800000001"],
    }
    assert sync_now(api, everything=False).message == "1 location and 1 provider loaded."
    assert api.count("/locations/1-999999999") == api.count("/providers/1-899999999") == 0


def test_all_england_after_one_council_is_fetched_in_full(api: CqcApi, session: Database) -> None:
    a_council(session)
    session.commit()
    sync_now(api, everything=False)
    assert syncing.begin(everything=True).changed_since is None


def test_without_a_council_there_is_nothing_to_ask_for(session: Database) -> None:
    with pytest.raises(Refused, match="No council is set up here"):
        syncing.begin()


def test_a_changed_id_that_is_gone_is_noted_and_the_rest_is_loaded(api: CqcApi) -> None:
    sync_now(api)
    api.changed = {"location": ["1-900000404", "1-900000001"]}
    outcome = sync_now(api)
    assert outcome.state is SyncState.DONE
    assert "CQC lists 1 record that it then does not know: 1-900000404." in outcome.message


def test_an_id_in_small_letters_is_stored_as_cqc_writes_it(api: CqcApi) -> None:
    api.locations["RX999"] = a_location_reply("RX999")
    sync_now(api)
    api.changed = {"location": ["rx999", "RX999"]}
    assert sync_now(api).state is SyncState.DONE
    assert "RX999" in held()
    assert "rx999" not in held()


@pytest.mark.parametrize("trouble", [OUT_OF_ORDER, RATE_LIMIT, CUT, HANG])
def test_a_passing_trouble_does_not_stop_a_sync(api: CqcApi, trouble: object) -> None:
    api.go_wrong("/locations/1-900000002", trouble)  # type: ignore[arg-type]
    api.go_wrong("/locations", trouble)  # type: ignore[arg-type]
    assert sync_now(api).state is SyncState.DONE
    assert len(held()) == 3


def test_an_outage_stops_the_sync_and_going_on_fetches_only_the_rest(api: CqcApi) -> None:
    api.go_wrong("/locations/1-900000003", OUTAGE)
    outcome = sync_now(api)
    assert outcome.state is SyncState.FAILED
    assert "CQC's gateway turns every request away" in outcome.message
    assert held() == {}
    api.asked.clear()
    assert go_on(api).state is SyncState.DONE
    assert api.asked == ["/locations/1-900000003", "/providers/1-800000001"]
    assert len(held()) == 3


def test_an_outage_in_the_lists_goes_on_with_the_page_that_failed(api: CqcApi) -> None:
    api.per_page = 2
    sync_id = syncing.begin(everything=True).id
    db.session.commit()
    syncing.go_on(sync_id, client_of(api), may_go_on=lambda: False)
    api.go_wrong("/locations", OUTAGE)
    assert go_on(api).state is SyncState.FAILED
    api.asked.clear()
    assert go_on(api).state is SyncState.DONE
    assert "page=2" in api.asked[0]
    assert len(held()) == 3


def test_only_one_sync_is_begun_at_a_time(api: CqcApi) -> None:
    syncing.begin(everything=True)
    with pytest.raises(Refused, match="A sync is not finished"):
        syncing.begin(everything=True)


def test_a_sync_that_was_given_up_makes_room_for_another(api: CqcApi) -> None:
    api.go_wrong("/locations/1-900000003", OUTAGE)
    sync_now(api)
    syncing.give_up()
    db.session.commit()
    assert replies_kept() == 0
    assert syncing.unfinished() is None
    assert sync_now(api).state is SyncState.DONE


def test_who_goes_on_with_a_sync_that_was_given_up_changes_nothing(api: CqcApi) -> None:
    sync_id = syncing.begin(everything=True).id
    syncing.give_up()
    db.session.commit()
    assert syncing.go_on(sync_id, client_of(api)).state is SyncState.FAILED
    assert (held(), api.asked) == ({}, [])


def test_who_goes_on_with_a_finished_sync_changes_nothing(api: CqcApi) -> None:
    sync_now(api)
    sync_id = db.session.scalars(select(Sync.id)).one()
    api.asked.clear()
    assert syncing.go_on(sync_id, client_of(api)).state is SyncState.DONE
    assert api.asked == []


def test_no_name_of_a_person_is_kept_on_the_way(api: CqcApi) -> None:
    api.go_wrong("/locations/1-900000003", OUTAGE)
    sync_now(api)
    bodies = list(db.session.scalars(select(SyncItem.body).where(SyncItem.body.is_not(None))))
    assert bodies
    assert not any(b"Invented" in zlib.decompress(body) for body in bodies if body)


def test_names_are_kept_where_the_council_decided_so(api: CqcApi) -> None:
    decide(keep=True, reason="Contract monitoring, DPIA 12")
    db.session.commit()
    sync_now(api)
    assert set(db.session.scalars(select(NamedPerson.name))) == {"Ms Ida Invented"}


def test_a_day_in_the_future_has_no_changes_yet(session: Database) -> None:
    with pytest.raises(Refused, match="up to now"):
        syncing.begin(everything=True, since=now() + timedelta(days=1))


def test_a_deregistered_location_ends_its_service(api: CqcApi) -> None:
    sync_now(api)
    ended = {"registrationStatus": "Deregistered", "deregistrationDate": "2026-01-31"}
    api.locations["1-900000001"] |= ended
    api.changed = {"location": ["1-900000001"]}
    sync_now(api)
    service = db.session.scalars(select(Service).where(Service.cqc_id == "1-900000001")).one()
    assert service.ended_on is not None
    assert not service.is_registered
