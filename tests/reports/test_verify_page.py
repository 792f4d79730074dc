"""Anybody can ask whether a file is a report as it was issued, and learns nothing that is not in the file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from config import Settings
from quality.people.models import Person
from quality.people.permissions import Role
from quality.reports.snapshot import Snapshot
from tests.builders.people import a_person
from tests.builders.reports import a_report
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]
PDF = b"%PDF-1.7 issued"
SHA256 = hashlib.sha256(PDF).hexdigest()


def _ask(client: CheckedClient, file: bytes | None = None, sha256: str = "") -> int:
    data: dict[str, object] = {"sha256": sha256}
    if file is not None:
        data["file"] = (io.BytesIO(file), "report.pdf")
    return client.post("/reports/verify", data=data, content_type="multipart/form-data").status_code


def test_a_stranger_finds_the_page_and_may_use_it(client: CheckedClient) -> None:
    assert client.get("/reports/verify").status_code == 200
    assert "The file is not kept" in client.words


def test_an_issued_file_is_genuine(session: Database, client: CheckedClient) -> None:
    report = a_report(session, pdf=PDF)
    assert _ask(client, PDF) == 200
    assert f"This file is report {report.number}, unchanged" in client.words


@pytest.mark.parametrize("typed", [SHA256, SHA256.upper(), f" {SHA256[:32]} {SHA256[32:]} "])
def test_its_hash_is_enough_however_it_is_written(
    session: Database, client: CheckedClient, typed: str
) -> None:
    a_report(session, pdf=PDF)
    assert _ask(client, sha256=typed) == 200
    assert "Genuine" in client.words


def test_another_file_is_unknown_and_the_answer_names_no_report(
    session: Database, client: CheckedClient
) -> None:
    report = a_report(session, pdf=PDF)
    assert _ask(client, PDF + b"\n") == 200
    assert "Unknown" in client.words
    assert report.number not in client.words


@pytest.mark.parametrize(
    ("sha256", "sentence"),
    [
        ("", "Choose a PDF file, or enter a SHA-256"),
        ("12ab", "A SHA-256 has 64 characters, each a digit or a letter from a to f"),
    ],
)
def test_what_cannot_be_compared_is_told_in_a_sentence(
    client: CheckedClient, sha256: str, sentence: str
) -> None:
    assert _ask(client, sha256=sha256) == 422
    assert sentence in client.words


def test_a_report_says_where_copies_are_checked_as_it_was_when_it_was_issued(
    app: Flask, session: Database, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["settings"]
    there = Settings.model_copy(settings, update={"service_address": "https://quality.northmere.example"})
    monkeypatch.setitem(app.extensions, "settings", there)
    report = a_report(session, pdf=PDF)
    monkeypatch.setitem(app.extensions, "settings", settings)
    browser = sign_in(a_person(session, Role.MANAGER))
    page = BeautifulSoup(browser.get(f"/reports/{report.number}").text, "html.parser")
    assert page.find("a", href="https://quality.northmere.example/reports/verify")
    later = a_report(session, pdf=PDF + b" later")
    assert Snapshot.from_json(later.snapshot).council.check_at == ""
