"""Large print and easy read of an issued report: made by a job, stored for ever, given to whoever may read it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, text

from quality.audits.lifecycle import MoveName
from quality.core.jobs import Job, run_all_due
from quality.evidence.storage import storage
from quality.history.kinds import Kind
from quality.history.queries import timeline
from quality.people.models import Person
from quality.people.permissions import Role
from quality.reports.large_print import large_print_pdf, larger
from quality.reports.models import Report, Variant
from quality.reports.operations import ask_for_variants, finish_report, keep_variant, number_report
from quality.reports.queries import variants_of
from quality.reports.render import report_pdf
from quality.reports.snapshot import Action, Response, Snapshot
from quality.reports.variants import make_variants, variant_pdf
from quality.reports.verifying import Verdict, verify_hash
from tests.builders.audits import a_manager, go
from tests.builders.people import a_council, a_person
from tests.builders.report_snapshots import a_large_snapshot, a_snapshot, a_tiny_snapshot
from tests.builders.reports import a_photograph, a_photographed_report, a_picture, a_report
from tests.databases import Database
from tests.pages import CheckedClient
from tests.printing.documents import opened, text_of
from tests.printing.standards.complaints import complaints
from tests.printing.standards.outside import outloud_says, pdfua_says, qpdf_says
from tests.reports.hostile import HOSTILE, with_text_everywhere
from tests.reports.letters import outside_the_margins, smallest_letters

SignsIn = Callable[[Person], CheckedClient]

USUAL = b"%PDF-1.7 issued"
LARGE = b"%PDF-1.7 large"
EASY = b"%PDF-1.7 easy"
NAMED = [(LARGE, " in large print"), (EASY, " as easy read"), (USUAL, "")]


def _with_both(session: Database) -> Report:
    """An issued report with two files that stand for its other forms."""
    report = a_report(session, pdf=USUAL)
    keep_variant(report.id, Variant.EASY, EASY)
    keep_variant(report.id, Variant.LARGE, LARGE)
    session.commit()
    return report


def _reader(session: Database, report: Report) -> Person:
    return a_person(session, Role.PROVIDER_CONTACT, provider=report.audit.service.provider)


def _everything() -> tuple[Snapshot, dict[str, bytes]]:
    """A report that holds something in each of its parts."""
    file = a_picture()
    photograph = a_photograph(file)
    day = date(2026, 7, 31)
    answered = Response(finding=1, said_by="Helen Marsh", said_on=day, said="We agree.", changed="Nothing.")
    action = Action(
        finding=1, what="Train everybody who gives medicines", who="The manager", by_when=day, state="Agreed"
    )
    return a_snapshot(photographs=(photograph,), responses=(answered,), plan=(action,)), {
        photograph.sha256: file
    }


def test_a_report_that_is_issued_gets_its_other_forms_from_a_job(session: Database) -> None:
    report = a_report(session, pdf=USUAL)
    session.commit()
    assert variants_of(report) == {}
    run_all_due()
    stored = variants_of(report)
    said = Snapshot.from_json(report.snapshot)
    assert list(stored) == [Variant.EASY, Variant.LARGE]
    for variant, file in stored.items():
        made = storage().get(file.sha256)
        assert made == variant_pdf(said, variant)
        assert (file.size, file.sha256) == (len(made), hashlib.sha256(made).hexdigest())
    kinds = [entry.kind for entry in timeline("audit", report.audit_id)]
    assert kinds.count(Kind.REPORT_VARIANT_STORED) == 2


def test_making_them_again_changes_nothing(session: Database) -> None:
    report = _with_both(session)
    make_variants(report.id)
    assert [storage().get(file.sha256) for file in variants_of(report).values()] == [EASY, LARGE]


@pytest.mark.parametrize("change", ["UPDATE report_variant SET size = 1", "DELETE FROM report_variant"])
def test_the_database_refuses_to_change_them(session: Database, change: str) -> None:
    _with_both(session)
    with pytest.raises(Exception, match="A form of an issued report"):
        session.execute(text(change))


def test_a_report_that_is_not_issued_has_none(session: Database) -> None:
    report = a_photographed_report(session)
    with pytest.raises(ValueError, match="has not been issued"):
        ask_for_variants(report)
    with pytest.raises(Exception, match="Only an issued report has other forms"):
        keep_variant(report.id, Variant.EASY, EASY)


@pytest.mark.parametrize(("variant", "file"), [("large", LARGE), ("easy", EASY)])
def test_whoever_may_read_the_report_downloads_each(
    session: Database, sign_in: SignsIn, variant: str, file: bytes
) -> None:
    report = _with_both(session)
    browser = sign_in(_reader(session, report))
    with browser.get(f"/reports/{report.number}-{variant}.pdf") as answer:
        assert answer.data == file
    assert f"{report.number}-{variant}-" in answer.headers["Content-Disposition"]
    with browser.get(f"/reports/{report.number}.pdf") as answer:
        assert answer.data == USUAL


@pytest.mark.parametrize("path", ["-large.pdf", "-easy.pdf", "/other-forms"])
def test_whoever_may_not_read_it_finds_nothing(session: Database, sign_in: SignsIn, path: str) -> None:
    report = _with_both(session)
    strangers = [
        a_person(session, Role.PROVIDER_CONTACT),
        a_person(session, Role.MANAGER, council=a_council(session, "Southmere", "SMR")),
    ]
    for stranger in strangers:
        assert sign_in(stranger).get(f"/reports/{report.number}{path}").status_code == 404


def test_the_page_of_the_report_names_them_with_their_size(session: Database, sign_in: SignsIn) -> None:
    report = _with_both(session)
    browser = sign_in(_reader(session, report))
    browser.get(f"/reports/{report.number}")
    assert "Other forms: easy read (PDF, 0 KB) , large print (PDF, 0 KB)" in browser.words
    assert browser.page.select_one(f'a[href="/reports/{report.number}-large.pdf"]')


def test_while_they_are_being_made_a_page_says_so(session: Database, sign_in: SignsIn) -> None:
    report = a_report(session, pdf=USUAL)
    browser = sign_in(_reader(session, report))
    answer = browser.get(f"/reports/{report.number}-large.pdf")
    assert answer.headers["Location"] == f"/reports/{report.number}/other-forms"
    browser.get(f"/reports/{report.number}/other-forms")
    assert "0 of 2 ready" in browser.words
    keep_variant(report.id, Variant.EASY, EASY)
    session.commit()
    browser.get(f"/reports/{report.number}/other-forms")
    assert "1 of 2 ready" in browser.words
    assert browser.page.select_one(f'a[href="/reports/{report.number}-easy.pdf"]')


def test_of_a_report_from_before_they_can_be_asked_for(session: Database, sign_in: SignsIn) -> None:
    report = a_report(session, pdf=USUAL)
    session.execute(delete(Job))
    session.commit()
    browser = sign_in(_reader(session, report))
    browser.get(f"/reports/{report.number}/other-forms")
    assert "issued before there were other forms" in browser.words
    browser.post(f"/reports/{report.number}/other-forms")
    browser.get(f"/reports/{report.number}/other-forms")
    assert "0 of 2 ready" in browser.words
    assert session.scalars(select(Job.about)).one() == {"report_id": report.id}


def test_a_command_asks_for_those_of_every_report_that_lacks_one(app: Flask, session: Database) -> None:
    whole, half, old = (
        _with_both(session),
        a_report(session, pdf=USUAL),
        a_report(session, pdf=USUAL + b" old"),
    )
    keep_variant(half.id, Variant.EASY, EASY + b" of half")
    session.execute(delete(Job))
    session.commit()
    ask = app.test_cli_runner().invoke
    assert ask(args=["reports", "forms"]).output.startswith("2 reports asked for.")
    assert ask(args=["reports", "forms"]).exit_code == 0
    assert sorted(job.about["report_id"] for job in session.scalars(select(Job))) == [half.id, old.id]
    assert whole.id not in {half.id, old.id}


def test_the_page_says_when_they_could_not_be_made(session: Database, sign_in: SignsIn) -> None:
    report = a_report(session, pdf=USUAL)
    job = session.scalars(select(Job).where(Job.task == "reports.variants")).one()
    job.attempts, job.gave_up_at = 4, job.queued_at
    session.commit()
    browser = sign_in(_reader(session, report))
    browser.get(f"/reports/{report.number}/other-forms")
    assert "0 of 2 could be made. The rest could not, after 4 tries." in browser.words
    assert "The report itself is whole." in browser.words


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_the_public_page_tells_each_genuine_and_what_it_is(
    session: Database, client: CheckedClient, file: bytes, name: str
) -> None:
    report = _with_both(session)
    client.post(
        "/reports/verify",
        data={"sha256": "", "file": (io.BytesIO(file), "report.pdf")},
        content_type="multipart/form-data",
    )
    assert f"This file is report {report.number}{name}, unchanged" in client.words


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_the_command_tells_each_genuine_and_what_it_is(
    session: Database, app: Flask, tmp_path: Path, file: bytes, name: str
) -> None:
    report, path = _with_both(session), tmp_path / "report.pdf"
    path.write_bytes(file)
    told = app.test_cli_runner().invoke(args=["reports", "verify", str(path)])
    assert told.exit_code == 0
    assert f"Genuine: report {report.number}{name}, issued" in told.output


def test_each_is_told_replaced_when_its_report_is(session: Database) -> None:
    report = _with_both(session)
    audit, manager = report.audit, a_manager(session, report.audit.local_authority)
    go(audit, MoveName.CORRECT, manager, "A date was wrong.")
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    go(audit, MoveName.APPROVE, manager)
    finish_report(number_report(audit.id).id, USUAL + b" again")
    found = verify_hash(hashlib.sha256(EASY).hexdigest())
    assert (found.verdict, found.variant) == (Verdict.SUPERSEDED, Variant.EASY)


def test_a_size_of_letters_is_raised_and_none_stays_small() -> None:
    assert larger(
        "p { font: 10.5pt/1.45 A } h2 { font-size: 22pt } .small { font-size: 8pt; width: 20mm }"
    ) == ("p { font: 16pt/1.45 A } h2 { font-size: 27.5pt } .small { font-size: 16pt; width: 32mm }")


def test_the_same_report_has_the_same_large_print() -> None:
    assert large_print_pdf(Snapshot.from_json(a_snapshot().as_json())) == large_print_pdf(a_snapshot())


@pytest.mark.slow
@pytest.mark.parametrize("report", [a_snapshot(), a_tiny_snapshot(), a_large_snapshot(2), _everything()[0]])
def test_large_print_has_large_letters_within_its_margins_and_keeps_the_standards(
    report: Snapshot, tmp_path: Path
) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(large_print_pdf(report, _everything()[1]))
    pdf = path.read_bytes()
    assert smallest_letters(pdf) >= 16
    assert outside_the_margins(pdf) == []
    assert complaints(pdf) == []
    assert outloud_says(path) == []
    assert pdfua_says(path) == []
    assert qpdf_says(path) == ""


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_in_any_field_makes_a_large_print_that_keeps_every_rule(text: str) -> None:
    pdf = large_print_pdf(with_text_everywhere(text))
    # Where even the service has no name, the heading that is its name is empty.
    assert not text.strip() or complaints(pdf) == []
    assert smallest_letters(pdf) >= 16
    assert outside_the_margins(pdf) == []


@pytest.mark.slow
def test_large_print_says_all_that_the_usual_report_says() -> None:
    report, pictures = _everything()
    usual, large = (make(report, pictures) for make in (report_pdf, large_print_pdf))
    said = text_of(large)
    assert "Qualityauditreportinlargeprint" in said
    texts = [one.found for one in report.findings] + [one.title for one in report.findings]
    for standard in (standard for domain in report.domains for standard in domain.standards):
        texts += [answer.evidence for answer in standard.answers] + [standard.title]
    texts += ["Train everybody who gives medicines", "We agree.", "The ramp to the garden", *report.limits]
    for one in texts:
        for paragraph in one.split("\n\n"):
            for word in paragraph.split():
                assert word in said, word
    assert len(opened(large).attachments) == len(opened(usual).attachments) == 2


@pytest.mark.slow
def test_large_print_shows_its_photographs(tmp_path: Path) -> None:
    report, pictures = _everything()
    without = replace(report, photographs=(), manifest=replace(report.manifest, photographs=0))
    assert len(large_print_pdf(report, pictures)) > len(large_print_pdf(without)) + 5_000
