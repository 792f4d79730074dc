"""The page that starts a sync and shows how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select

from quality.core import jobs
from quality.core.database import db
from quality.editions import sync_jobs, syncing
from quality.editions.models import Sync
from quality.people.models import Person
from quality.people.permissions import Role
from quality.services.models import Edition
from tests.builders.people import a_person
from tests.databases import Database
from tests.editions.syncs import asking, held, some_places
from tests.pages import CheckedClient
from tests.servers.cqc_api import OUTAGE, CqcApi, serving

PAGE = "/editions/sync"
SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def api(app: Flask, session: Database) -> Iterator[CqcApi]:
    with serving(some_places(12)) as running, asking(app, running):
        yield running


@pytest.fixture
def administrator(api: CqcApi, session: Database, sign_in: SignIn) -> CheckedClient:
    return sign_in(a_person(session, Role.ADMINISTRATOR))


def jobs_waiting() -> int:
    waiting = select(func.count()).select_from(jobs.Job).where(jobs.Job.done_at.is_(None))
    return db.session.scalars(waiting.where(jobs.Job.task == sync_jobs.TASK)).one()


def test_an_administrator_starts_a_sync_and_sees_it_done(administrator: CheckedClient) -> None:
    assert "Start a sync" in administrator.get(PAGE).text
    assert administrator.post(PAGE).status_code == 303
    page = administrator.get(PAGE).text
    assert "Look again" in page
    assert "Start a sync" not in page
    jobs.run_all_due()
    page = administrator.get(PAGE).text
    assert "The sync is finished" in page
    assert "12 locations and 1 provider loaded." in page
    assert len(held()) == 12


def test_a_reply_that_was_set_aside_is_told_with_its_sentence(
    administrator: CheckedClient, api: CqcApi
) -> None:
    assert "the next sync asks for it again" in administrator.get(PAGE).text
    api.locations["1-900000002"]["careHome"] = "Maybe"
    administrator.post(PAGE)
    jobs.run_all_due()
    page = unescape(administrator.get(PAGE).text)
    assert "The sync is finished" in page
    assert "CQC sent 1 reply that cannot be used, set aside: 1-900000002." in page
    assert 'CQC\'s reply about location 1-900000002 cannot be used: "careHome" is "Maybe"' in page
    number = db.session.scalars(select(Edition.id)).one()
    page = unescape(administrator.get(f"/editions/{number}").text)
    assert "1: reply about a location that cannot be used" in page
    assert '"careHome" is "Maybe"' in page


def test_the_edition_is_the_administrators(administrator: CheckedClient) -> None:
    administrator.post(PAGE)
    jobs.run_all_due()
    by = select(Person.name).join(Edition, Edition.loaded_by_id == Person.id)
    assert db.session.scalars(by).one() == db.session.scalars(select(Person.name)).one()


def test_a_double_click_starts_one_sync(administrator: CheckedClient) -> None:
    administrator.post(PAGE)
    administrator.post(PAGE)
    assert db.session.scalars(select(func.count()).select_from(Sync)).one() == 1
    assert jobs_waiting() == 1


def test_a_slice_that_runs_out_of_time_queues_the_next(
    administrator: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_jobs, "SECONDS_A_SLICE", 0.0)
    administrator.post(PAGE)
    assert jobs.run_next()
    assert jobs_waiting() == 1
    assert jobs.run_next()
    page = administrator.get(PAGE).text
    assert "Fetching from CQC" in page
    assert "10 of 13 records fetched." in page
    jobs.run_all_due()
    assert len(held()) == 12


def test_an_outage_is_told_in_plain_words_with_a_way_on(administrator: CheckedClient, api: CqcApi) -> None:
    api.go_wrong("/locations/1-900000012", OUTAGE)
    administrator.post(PAGE)
    jobs.run_all_due()
    page = administrator.get(PAGE).text
    assert "The sync stands still" in page
    assert "CQC’s gateway" in page or "CQC&#39;s gateway" in page
    assert "Go on" in page
    administrator.post(PAGE)
    jobs.run_all_due()
    assert "The sync is finished" in administrator.get(PAGE).text


def test_a_sync_that_was_interrupted_can_be_gone_on_with(administrator: CheckedClient) -> None:
    syncing.begin(everything=True)
    db.session.commit()
    assert "Nobody is fetching here" in administrator.get(PAGE).text
    administrator.post(PAGE)
    jobs.run_all_due()
    assert len(held()) == 12


def test_a_sync_can_be_given_up_for_another(administrator: CheckedClient, api: CqcApi) -> None:
    first = syncing.begin(everything=True).id
    db.session.commit()
    administrator.post(PAGE, data={"afresh": "1"})
    jobs.run_all_due()
    newest = db.session.scalars(select(Sync).order_by(Sync.id.desc()).limit(1)).one()
    assert newest.id != first
    assert len(held()) == 12


def test_without_a_key_the_page_says_what_to_do(session: Database, sign_in: SignIn) -> None:
    administrator = sign_in(a_person(session, Role.ADMINISTRATOR))
    page = administrator.get(PAGE).text
    assert "There is no key for CQC’s API." in page
    assert "Start a sync" not in page
    assert "CQC_API_KEY" in administrator.post(PAGE).text
    assert db.session.scalar(select(Sync)) is None


def test_a_key_that_was_taken_away_stops_the_sync_with_the_reason(
    app: Flask, administrator: CheckedClient, api: CqcApi
) -> None:
    administrator.post(PAGE)
    with asking(app, api, key=""):
        jobs.run_all_due()
    assert "There is no key for CQC" in administrator.get(PAGE).text


@pytest.mark.parametrize("role", [Role.QUALITY_OFFICER, Role.MANAGER, Role.PROVIDER_CONTACT])
def test_others_have_no_such_page(session: Database, sign_in: SignIn, role: Role) -> None:
    browser = sign_in(a_person(session, role))
    assert browser.get(PAGE).status_code == 404
    assert browser.post(PAGE).status_code == 404
