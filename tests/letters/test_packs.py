"""Packs of reports: each report as it was issued, for whoever may read it, for a while."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest

from quality.audits.lifecycle import MoveName
from quality.core import jobs
from quality.core.clock import now, supposing, today
from quality.core.errors import Refused
from quality.letters.packs import operations
from quality.letters.packs.folder import delete_pack_file, pack_file
from quality.letters.packs.operations import KEPT, ask_for_pack, put_together
from quality.letters.packs.queries import of_period, packs_of
from quality.people.models import Person
from quality.reports.operations import finish_report, number_report, stored_file
from quality.reports.verifying import Verdict, verify_bytes
from tests.builders.audits import a_manager, go
from tests.builders.people import a_council
from tests.databases import Database
from tests.letters.packs import a_contact, a_reader, opened, some_reports
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def test_a_pack_holds_each_report_as_it_was_issued(session: Database) -> None:
    reports = some_reports(session, 3)
    pack = ask_for_pack(report_ids=[one.id for one in reports], title="All", by=a_reader(session, reports[0]))
    session.commit()
    jobs.run_all_due()
    session.refresh(pack)
    assert (pack.done, pack.wanted) == (3, 3)
    archive = opened(pack)
    packed = [archive.read(name) for name in archive.namelist() if name.startswith("reports/")]
    assert sorted(packed) == [f"%PDF-1.7 report {one}".encode() for one in range(3)]
    assert {verify_bytes(io.BytesIO(one)).verdict for one in packed} == {Verdict.GENUINE}
    rows = list(csv.DictReader(io.StringIO(archive.read("contents.csv").decode("utf-8-sig"))))
    assert [(row["number"], row["sha256"]) for row in rows] == [
        (one.number, one.pdf_sha256) for one in reports
    ]
    assert {row["file"] for row in rows} == {name for name in archive.namelist() if name.startswith("rep")}


def test_a_pack_shows_how_far_it_is_and_then_its_file(session: Database, sign_in: SignIn) -> None:
    reports = some_reports(session, 2)
    browser = sign_in(a_reader(session, reports[0]))
    browser.get("/reports")
    ticks = [box["value"] for box in browser.page.select("input[name=report]")]
    assert ticks == [one.number for one in reversed(reports)]
    there = browser.post("/reports/packs/chosen", data={"report": ticks}).headers["Location"]
    browser.get(there)
    assert "0 of 2 reports packed" in browser.words
    assert browser.page.select_one('[data-look-again] progress[max="2"]')
    jobs.run_all_due()
    browser.get(there)
    assert "The pack is ready: 2 reports" in browser.words
    with browser.get(f"{there}.zip") as answer:
        assert zipfile.ZipFile(io.BytesIO(answer.data)).testzip() is None


def test_all_of_a_time_and_a_provider_are_packed(session: Database, sign_in: SignIn) -> None:
    reports = some_reports(session, 3)
    reader = a_reader(session, reports[0])
    name = reports[1].audit.service.provider.name
    browser = sign_in(reader)
    answer = browser.post("/reports/packs", data={"provider": name.upper()})
    assert answer.status_code == 303, answer.text
    (pack,) = packs_of(reader)
    wanted = {one.id for one in reports if name.lower() in one.audit.service.provider.name.lower()}
    assert set(pack.report_ids) == wanted
    tomorrow = today() + timedelta(days=1)
    late = {"begins-day": tomorrow.day, "begins-month": tomorrow.month, "begins-year": tomorrow.year}
    assert browser.post("/reports/packs", data=late).status_code == 422
    assert "No report was found for what you chose" in browser.words


def test_days_of_a_time_count_both_ends(session: Database) -> None:
    (report,) = some_reports(session, 1)
    reader = a_reader(session, report)
    yesterday, tomorrow = (today() + timedelta(days=days) for days in (-1, 1))
    assert of_period(reader, begins=today(), ends=today(), provider="", limit=9) == [report.id]
    assert of_period(reader, begins=tomorrow, ends=None, provider="", limit=9) == []
    assert of_period(reader, begins=None, ends=yesterday, provider="", limit=9) == []
    assert of_period(reader, begins=None, ends=None, provider="100%_", limit=9) == []


def test_a_replaced_version_is_left_out_of_a_time_and_named_when_chosen(session: Database) -> None:
    (report,) = some_reports(session, 1)
    audit, manager = report.audit, a_reader(session, report)
    go(audit, MoveName.CORRECT, manager, reason="A date was wrong.")
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    go(audit, MoveName.APPROVE, manager)
    newer = finish_report(number_report(audit.id).id, b"%PDF-1.7 corrected")
    session.commit()
    assert of_period(manager, begins=None, ends=None, provider="", limit=9) == [newer.id]
    pack = ask_for_pack(report_ids=[report.id, newer.id], title="Both", by=manager)
    session.commit()
    put_together(pack.id)
    rows = list(csv.DictReader(io.StringIO(opened(pack).read("contents.csv").decode("utf-8-sig"))))
    assert [row["note"] for row in rows] == [f"Replaced by {newer.number}", ""]


def test_nobody_packs_what_they_may_not_read(session: Database, sign_in: SignIn) -> None:
    ours, theirs = some_reports(session, 2)
    contact = a_contact(session, ours)
    with pytest.raises(Refused, match="not yours to read"):
        ask_for_pack(report_ids=[ours.id, theirs.id], title="Both", by=contact)
    assert of_period(contact, begins=None, ends=None, provider="", limit=9) == [ours.id]
    browser = sign_in(contact)
    answer = browser.post("/reports/packs/chosen", data={"report": [ours.number, theirs.number]})
    assert answer.status_code == 422
    assert packs_of(contact) == []
    assert browser.post("/reports/packs/chosen", data={"report": [ours.number]}).status_code == 303


def test_a_pack_is_its_askers_alone(session: Database, sign_in: SignIn) -> None:
    (report,) = some_reports(session, 1)
    pack = ask_for_pack(report_ids=[report.id], title="One", by=a_reader(session, report))
    session.commit()
    jobs.run_all_due()
    others = [
        a_reader(session, report),
        a_contact(session, report),
        a_manager(session, a_council(session, "Southmere", "SMR")),
    ]
    for person in others:
        browser = sign_in(person)
        assert browser.get(f"/reports/packs/{pack.id}").status_code == 404
        assert browser.get(f"/reports/packs/{pack.id}.zip").status_code == 404
        assert browser.post(f"/reports/packs/{pack.id}/delete").status_code == 404
    assert pack_file(pack.id).exists()


def test_a_pack_is_closed_to_whoever_may_no_longer_read_a_report_in_it(
    session: Database, sign_in: SignIn
) -> None:
    ours, theirs = some_reports(session, 2)
    contact = a_contact(session, ours)
    pack = ask_for_pack(report_ids=[ours.id], title="One", by=contact)
    session.commit()
    jobs.run_all_due()
    contact.provider_id = theirs.provider_id
    session.info["recorded"] = True
    session.commit()
    browser = sign_in(contact)
    assert browser.get(f"/reports/packs/{pack.id}.zip").status_code == 422
    assert "no longer yours to read" in browser.words


def test_the_limits_are_said_in_a_sentence(session: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = some_reports(session, 3)
    reader = a_reader(session, reports[0])
    with pytest.raises(Refused, match="Choose at least one"):
        ask_for_pack(report_ids=[], title="None", by=reader)
    monkeypatch.setattr(operations, "MOST_REPORTS", 2)
    with pytest.raises(Refused, match="up to 2 reports"):
        ask_for_pack(report_ids=[one.id for one in reports], title="All", by=reader)
    monkeypatch.setattr(operations, "MOST_PACKS", 2)
    for one in reports[:2]:
        ask_for_pack(report_ids=[one.id], title="One", by=reader)
    with pytest.raises(Refused, match="You have 2 packs already"):
        ask_for_pack(report_ids=[reports[2].id], title="One", by=reader)


def test_the_same_choice_sent_twice_is_one_pack(session: Database) -> None:
    reports = some_reports(session, 2)
    reader, ids = a_reader(session, reports[0]), [one.id for one in reports]
    first = ask_for_pack(report_ids=ids, title="Both", by=reader)
    assert ask_for_pack(report_ids=ids[::-1], title="Both", by=reader) is first


def test_a_try_that_fails_leaves_no_half_pack_and_the_next_one_makes_it_whole(session: Database) -> None:
    reports = some_reports(session, 2)
    reader = a_reader(session, reports[0])
    pack = ask_for_pack(report_ids=[one.id for one in reports], title="Both", by=reader)
    session.commit()
    delete_pack_file(pack.id)
    # A folder stands where the finished file should, so the last step of the first try fails.
    pack_file(pack.id).mkdir(parents=True)
    jobs.run_all_due()
    session.refresh(pack)
    assert not packs_of(reader)[0].made_at
    assert not list(pack_file(pack.id).parent.glob(f"{pack.id}-*"))
    pack_file(pack.id).rmdir()
    with supposing(now() + timedelta(minutes=1)):
        jobs.run_all_due()
    session.refresh(pack)
    assert pack.made_at
    assert len(opened(pack).namelist()) == 4


def test_a_report_whose_file_is_gone_is_told_and_not_hidden(session: Database) -> None:
    reports = some_reports(session, 2)
    stored_file(reports[0].pdf_sha256 or "").unlink()
    pack = ask_for_pack(
        report_ids=[one.id for one in reports], title="Both", by=a_reader(session, reports[0])
    )
    session.commit()
    put_together(pack.id)
    archive = opened(pack)
    rows = list(csv.DictReader(io.StringIO(archive.read("contents.csv").decode("utf-8-sig"))))
    assert rows[0]["note"].startswith("Left out: its file could not be read.")
    assert [name for name in archive.namelist() if name.startswith("reports/")] == [rows[1]["file"]]


def test_a_pack_is_deleted_after_its_time_and_never_before(session: Database, sign_in: SignIn) -> None:
    (report,) = some_reports(session, 1)
    reader = a_reader(session, report)
    pack = ask_for_pack(report_ids=[report.id], title="One", by=reader)
    session.commit()
    jobs.run_all_due()
    path = pack_file(pack.id)
    assert path.exists()
    with supposing(now() + KEPT + timedelta(minutes=1)):
        jobs.run_all_due()
    assert not path.exists()
    assert packs_of(reader) == []


def test_a_pack_can_be_deleted_at_once_and_the_next_one_is_another(
    session: Database, sign_in: SignIn
) -> None:
    (report,) = some_reports(session, 1)
    reader = a_reader(session, report)
    first = ask_for_pack(report_ids=[report.id], title="One", by=reader)
    session.commit()
    jobs.run_all_due()
    path, number = pack_file(first.id), first.id
    browser = sign_in(reader)
    assert browser.post(f"/reports/packs/{number}/delete").status_code == 303
    assert not path.exists()
    with supposing(now() + timedelta(hours=1)):
        again = ask_for_pack(report_ids=[report.id], title="One", by=reader)
        session.commit()
        jobs.run_all_due()
    session.refresh(again)
    assert again.made_at is not None
    with supposing(now() + KEPT + timedelta(minutes=1)):
        jobs.run_all_due()
    assert packs_of(reader) == [again], "The first pack's time is over; the second's is not."
