"""What tests of syncing share: an app that asks a server on this machine, and what it then holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import Flask
from sqlalchemy import select

from config import Settings
from quality.core.database import db
from quality.cqc.api.client import Client, Manners
from quality.editions import syncing
from quality.editions.syncing import Outcome
from quality.services.models import Service
from tests.builders.cqc_replies import a_location_reply, a_provider_reply
from tests.servers.cqc_api import KEY, CqcApi


def some_places(count: int, *, authority: str = "Northmere", first: int = 1) -> CqcApi:
    """An API that holds so many care homes of one provider in one local authority."""
    ids = [f"1-9{number:08}" for number in range(first, first + count)]
    locations = {one: a_location_reply(one, localAuthority=authority) for one in ids}
    return CqcApi(locations=locations, providers={"1-800000001": a_provider_reply()})


@contextmanager
def asking(app: Flask, api: CqcApi, *, key: str = KEY) -> Iterator[None]:
    """Let the app ask this server, as fast as it likes."""
    before: Settings = app.extensions["settings"]
    changes = {"cqc_api_key": key, "cqc_api_url": api.url, "cqc_requests_per_second": 30.0}
    app.extensions["settings"] = before.model_copy(update=changes)
    try:
        yield
    finally:
        app.extensions["settings"] = before


def client_of(api: CqcApi, *, tries: int = 2) -> Client:
    """A client that asks this server without waiting for anything."""
    manners = Manners(requests_per_second=10_000, tries=tries, request_timeout=0.5)
    return Client(key=KEY, url=api.url, manners=manners, sleep=lambda seconds: None)


def sync_now(api: CqcApi, *, everything: bool = True, since: datetime | None = None) -> Outcome:
    """Begin a sync and go on until it ends."""
    sync_id = syncing.begin(everything=everything, since=since).id
    db.session.commit()
    return syncing.go_on(sync_id, client_of(api))


def go_on(api: CqcApi) -> Outcome:
    """Go on with the sync that is not finished."""
    sync = syncing.unfinished()
    assert sync is not None
    sync_id = sync.id
    db.session.rollback()
    return syncing.go_on(sync_id, client_of(api))


def held() -> dict[str, str]:
    """The names of the services that are held, by their CQC id."""
    return {one.cqc_id: one.name for one in db.session.scalars(select(Service))}
