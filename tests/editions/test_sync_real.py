"""The 451 real replies of one council, served by a server on this machine, fetched and stored."""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from quality.core.database import db
from quality.cqc import RatingWord
from quality.editions.loading import load_file
from quality.editions.models import SyncState
from quality.ratings.models import Rating
from quality.services.models import Edition, Service, ServiceLink
from tests.builders.cqc_replies import a_provider_reply
from tests.databases import Database
from tests.editions.syncs import sync_now
from tests.servers.cqc_api import CqcApi, serving

pytestmark = pytest.mark.slow


def real_api(shared_data: Path) -> CqcApi:
    """The real locations, with the real provider that we have and invented names for the others."""
    api = CqcApi(per_page=200)
    with tarfile.open(shared_data / "cqc/api/2025-08_oldham_locations.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                reply = json.load(file)
                api.locations[reply["locationId"]] = reply
    for path in (shared_data / "cqc/api").glob("location_*.json"):
        reply = json.loads(path.read_text())
        api.locations[reply["locationId"]] = reply
    for reply in api.locations.values():
        cqc_id = reply["providerId"]
        api.providers[cqc_id] = a_provider_reply(cqc_id, name=f"Provider {cqc_id}")
    for path in (shared_data / "cqc/api").glob("provider_*.json"):
        reply = json.loads(path.read_text())
        api.providers[reply["providerId"]] = reply
    return api


def test_the_real_replies_are_stored_as_they_are(session: Database, shared_data: Path) -> None:
    with serving(real_api(shared_data)) as api:
        outcome = sync_now(api)
    assert outcome.state is SyncState.DONE, outcome.message
    services = list(db.session.scalars(select(Service)))
    assert len(services) == 453
    assert sum(one.is_registered for one in services) == 218
    overall = select(Rating).where(
        Rating.service_group == "Overall", Rating.domain == "Overall", Rating.is_past.is_(False)
    )
    words = Counter(one.word for one in db.session.scalars(overall))
    assert words[RatingWord.GOOD] == 144 + 3 + 2
    assert words[RatingWord.INADEQUATE] == 7
    assert len(list(db.session.scalars(select(ServiceLink)))) == 254 + 1
    edition = db.session.scalars(select(Edition)).one()
    assert edition.stored + edition.merged + sum(edition.set_aside.values()) == edition.rows_read


def test_the_same_replies_again_change_nothing(session: Database, shared_data: Path) -> None:
    with serving(real_api(shared_data)) as api:
        sync_now(api)
        api.changed = {"location": list(api.locations)}
        outcome = sync_now(api)
    assert outcome.state is SyncState.DONE
    assert outcome.result is not None
    effects = outcome.result.effects
    assert {
        name: effects[name] for name in ("services_new", "services_changed", "new", "changed", "ended")
    } == {
        "services_new": 0,
        "services_changed": 0,
        "new": 0,
        "changed": 0,
        "ended": 0,
    }


def test_the_archive_of_real_replies_loads_like_a_file(session: Database, shared_data: Path) -> None:
    archive = shared_data / "cqc/api/2025-08_oldham_locations.tar.gz"
    result = load_file(archive, as_at=date(2025, 8, 31))
    assert (result.kind, result.rows_read, result.stored) == ("api", 451, 451)
    assert len(list(db.session.scalars(select(Service)))) == 451
    assert load_file(archive, as_at=date(2025, 8, 31)).already_loaded
