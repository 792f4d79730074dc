"""A pack that cannot be put together, or not whole, says so, and can be begun anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from quality.core import jobs
from quality.core.clock import now, supposing
from quality.letters.packs.queries import of_period, packs_of
from quality.people.models import Person
from quality.reports.operations import stored_file
from tests.databases import Database
from tests.letters.packs import a_reader, opened, some_reports
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def test_a_pack_without_any_file_fails_and_can_be_begun_anew(session: Database, sign_in: SignIn) -> None:
    reports = some_reports(session, 2)
    files = [
        (stored_file(one.pdf_sha256 or ""), stored_file(one.pdf_sha256 or "").read_bytes()) for one in reports
    ]
    for file, _ in files:
        file.unlink()
    reader = a_reader(session, reports[0])
    browser = sign_in(reader)
    choice = {"report": [one.number for one in reports]}
    there = browser.post("/reports/packs/chosen", data=choice).headers["Location"]
    jobs.run_all_due()
    browser.get(there)
    assert "A try failed. The next begins" in browser.words
    for hours in range(1, 6):
        with supposing(now() + timedelta(hours=hours)):
            jobs.run_all_due()
    browser.get(there)
    assert "None of these reports’ files could be read" in browser.words
    browser.get("/reports/packs")
    assert "2 reports, could not be put together" in browser.words
    for file, content in files:
        file.write_bytes(content)
    again = browser.post(f"{there}/again").headers["Location"]
    jobs.run_all_due()
    browser.get(again)
    assert "The pack is ready: 2 reports and a table" in browser.words
    assert len(packs_of(reader)) == 1


def test_a_pack_says_how_many_it_could_not_hold(session: Database, sign_in: SignIn) -> None:
    reports = some_reports(session, 2)
    stored_file(reports[0].pdf_sha256 or "").unlink()
    reader = a_reader(session, reports[0])
    browser = sign_in(reader)
    choice = {"report": [one.number for one in reports]}
    there = browser.post("/reports/packs/chosen", data=choice).headers["Location"]
    jobs.run_all_due()
    browser.get(there)
    assert "The pack is ready: 1 of 2 reports" in browser.words
    (pack,) = packs_of(reader)
    assert len([name for name in opened(pack).namelist() if name.startswith("reports/")]) == 1


def test_a_name_with_an_accent_is_found_however_it_is_typed(session: Database) -> None:
    (report,) = some_reports(session, 1)
    reader = a_reader(session, report)
    report.audit.service.provider.name = "ÉLAN Care Limited"
    session.info["recorded"] = True
    session.commit()
    for words in ("Élan", "élan care", "ÉLAN", "lan care"):
        assert of_period(reader, begins=None, ends=None, provider=words, limit=9) == [report.id]
