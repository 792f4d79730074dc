"""An audit's photographs are in its report: in the PDF, the text document and the page, and nobody else's are."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace

import pikepdf
import pytest
from pypdf import PdfReader

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.core.database import db
from quality.core.jobs import run_all_due
from quality.evidence.storage import StorageError, storage
from quality.people.models import Person
from quality.people.permissions import Role
from quality.photographs.operations import erase_photograph, remove_photograph, restore_photograph
from quality.photographs.queries import photographs_of
from quality.printing.pictures import at_print_size
from quality.reports import drafts
from quality.reports.building import NOT_DESCRIBED
from quality.reports.drafts import ask_for_draft, draft_of, print_draft, printed_draft
from quality.reports.models import ReportDraft
from quality.reports.operations import issue, pdf_of
from quality.reports.parts import Photograph
from quality.reports.render import report_pdf
from quality.reports.snapshot import Snapshot
from tests.builders.audits import a_manager, an_audit
from tests.builders.people import a_council, a_person
from tests.builders.photographs import DESCRIBED, TAKEN_ON, a_camera_file, an_added_photograph, prepared
from tests.builders.report_snapshots import a_snapshot
from tests.builders.reports import a_photograph, a_photographed_report
from tests.databases import Database
from tests.pages import CheckedClient
from tests.printing.documents import opened

SignIn = Callable[[Person], CheckedClient]


def taken(browser: CheckedClient, address: str) -> bytes:
    with browser.get(address) as answer:
        return bytes(answer.data)


def test_the_report_says_of_a_photograph_what_its_officer_said(session: Database) -> None:
    said = Snapshot.from_json(a_photographed_report(session).snapshot)
    assert said.photographs == (
        Photograph(
            sha256=prepared().printed.sha256,
            width=prepared().printed.width,
            height=prepared().printed.height,
            caption=DESCRIBED.caption,
            shows=DESCRIBED.shows,
            standard_code=DESCRIBED.standard_code,
            taken_on=TAKEN_ON,
        ),
    )
    assert said.manifest.photographs == 1


def test_a_numbered_report_keeps_its_photographs_from_being_erased(session: Database) -> None:
    (photograph,) = photographs_of(a_photographed_report(session).audit)
    assert photograph.in_report_since is not None


def test_a_draft_shows_photographs_that_are_not_removed_described_or_not(session: Database) -> None:
    audit = an_audit(session, at=State.VISITING)
    an_added_photograph(audit, 1, text=replace(DESCRIBED, shows=""))
    gone = an_added_photograph(audit, 2)
    remove_photograph(audit_id=audit.id, number=gone.number, version=gone.version, by=audit.lead)
    assert [(one.caption, one.shows) for one in draft_of(audit).photographs] == [
        (DESCRIBED.caption, NOT_DESCRIBED)
    ]


@pytest.mark.slow
def test_a_draft_that_is_printed_again_leaves_no_file_of_the_one_before(session: Database) -> None:
    audit = an_audit(session, at=State.VISITING)
    photograph = an_added_photograph(audit)
    session.commit()
    print_draft(audit.id)
    before = printed_draft(audit)
    assert before is not None
    sha256 = before.pdf_sha256
    remove_photograph(audit_id=audit.id, number=1, version=photograph.version, by=audit.lead)
    session.commit()
    print_draft(audit.id)
    assert printed_draft(audit) is not None
    with pytest.raises(StorageError, match="missing"):
        storage().get(sha256)


def _erase(audit: Audit) -> None:
    (photograph,) = photographs_of(audit)
    number = photograph.number
    remove_photograph(audit_id=audit.id, number=number, version=photograph.version, by=audit.lead)
    erase_photograph(audit_id=audit.id, number=number, by=audit.lead)
    db.session.commit()


@pytest.mark.slow
def test_an_erased_photograph_takes_the_printed_draft_that_shows_it_along(session: Database) -> None:
    audit = an_audit(session, at=State.VISITING)
    an_added_photograph(audit)
    session.commit()
    print_draft(audit.id)
    before = printed_draft(audit)
    assert before is not None
    sha256 = before.pdf_sha256
    _erase(audit)
    run_all_due()
    assert printed_draft(audit) is None
    with pytest.raises(StorageError, match="missing"):
        storage().get(sha256)


@pytest.mark.slow
def test_a_draft_is_not_kept_when_its_photograph_was_erased_while_it_was_printed(
    session: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = an_audit(session, at=State.VISITING)
    an_added_photograph(audit)
    session.commit()

    def print_slowly(said: Snapshot, pictures: Mapping[str, bytes]) -> bytes:
        _erase(audit)
        return report_pdf(said, pictures)

    monkeypatch.setattr(drafts, "report_pdf", print_slowly)
    print_draft(audit.id)
    assert session.get(ReportDraft, audit.id) is None


@pytest.mark.slow
def test_the_same_draft_can_be_printed_again_after_another(session: Database) -> None:
    audit = an_audit(session, at=State.VISITING)
    photograph = an_added_photograph(audit)
    for change in ("print", "remove", "put back"):
        if change == "remove":
            remove_photograph(audit_id=audit.id, number=1, version=photograph.version, by=audit.lead)
        elif change == "put back":
            restore_photograph(audit_id=audit.id, number=1, by=audit.lead)
        for _ in range(2):
            ask_for_draft(audit)
        session.commit()
        assert run_all_due() == 1
        assert printed_draft(audit) is not None, change


@pytest.mark.slow
def test_photographs_are_printed_as_they_were_stored_and_shown_with_the_report(
    session: Database, sign_in: SignIn
) -> None:
    report = a_photographed_report(session)
    file = storage().get(prepared().printed.sha256)
    issue(report.audit_id)
    run_all_due()

    document = opened(pdf_of(report))
    streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
    assert file in [one.read_raw_bytes() for one in streams if one.get("/Subtype") == "/Image"]
    browser = sign_in(a_manager(session, report.audit.local_authority))
    browser.get(f"/reports/{report.number}")
    (shown,) = browser.page.select("figure img")
    assert taken(browser, str(shown["src"])) == file
    text = zipfile.ZipFile(io.BytesIO(browser.get(f"/reports/{report.number}.odt").data))
    assert file in [text.read(name) for name in text.namelist()]


@pytest.mark.slow
@pytest.mark.parametrize("count", range(1, 7))
def test_the_heading_never_stands_on_a_page_without_a_photograph(count: int) -> None:
    made = [at_print_size(a_camera_file(shade, size=(900, 1200))) for shade in range(count)]
    files = {hashlib.sha256(one.content).hexdigest(): one for one in made}
    shown = tuple(
        replace(a_photograph(b""), sha256=sha256, width=one.width, height=one.height)
        for sha256, one in files.items()
    )
    pdf = report_pdf(a_snapshot(photographs=shown), {sha256: one.content for sha256, one in files.items()})
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    headed = [number for number, text in enumerate(texts) if "Photographs\n" in text][-1]
    document = opened(pdf)
    drawn = pikepdf.parse_content_stream(document.pages[headed], "Do")
    assert len(drawn) >= min(count, 2)


def test_a_report_is_not_issued_without_one_of_its_photographs(session: Database) -> None:
    report = a_photographed_report(session)
    storage().erase(prepared().printed.sha256)
    with pytest.raises(StorageError, match="missing"):
        issue(report.audit_id)
    assert report.issued_at is None


def test_only_the_photographs_of_a_report_are_given_and_only_to_its_readers(
    session: Database, sign_in: SignIn
) -> None:
    report = a_photographed_report(session)
    other = storage().put(b"evidence of another audit")
    shown = prepared().printed.sha256
    address = f"/reports/{report.number}/photographs/"
    reader = sign_in(a_manager(session, report.audit.local_authority))
    assert reader.get(address + shown).status_code == 404  # It is not issued yet.
    issue(report.audit_id)
    assert taken(reader, address + shown) == storage().get(shown)
    assert reader.get(address + other).status_code == 404
    stranger = sign_in(a_person(session, Role.MANAGER, council=a_council(session, "Southmere", "SMR")))
    assert stranger.get(address + shown).status_code == 404
