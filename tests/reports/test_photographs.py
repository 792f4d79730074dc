"""A report's photographs are in its PDF, its text document and its page, and nobody else's are."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable

import pikepdf
import pytest

from quality.core.jobs import run_all_due
from quality.evidence.storage import StorageError
from quality.people.models import Person
from quality.people.permissions import Role
from quality.reports.operations import issue, pdf_of, storage
from tests.builders.audits import a_manager
from tests.builders.people import a_council, a_person
from tests.builders.reports import a_photograph, a_photographed_report, a_picture
from tests.databases import Database
from tests.pages import CheckedClient
from tests.printing.documents import opened

SignIn = Callable[[Person], CheckedClient]


def taken(browser: CheckedClient, address: str) -> bytes:
    with browser.get(address) as answer:
        return bytes(answer.data)


@pytest.mark.slow
def test_photographs_are_printed_as_they_were_stored_and_shown_with_the_report(
    session: Database, sign_in: SignIn
) -> None:
    file = a_picture()
    report = a_photographed_report(session, a_photograph(file))
    storage().put(file)
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


def test_a_report_is_not_issued_without_one_of_its_photographs(session: Database) -> None:
    report = a_photographed_report(session, a_photograph(b"a file that nobody stored"))
    with pytest.raises(StorageError, match="missing"):
        issue(report.audit_id)
    assert report.issued_at is None


def test_only_the_photographs_of_a_report_are_given_and_only_to_its_readers(
    session: Database, sign_in: SignIn
) -> None:
    file = a_picture()
    report = a_photographed_report(session, a_photograph(file))
    storage().put(file)
    other = storage().put(b"evidence of another audit")
    address = f"/reports/{report.number}/photographs/"
    shown = hashlib.sha256(file).hexdigest()
    reader = sign_in(a_manager(session, report.audit.local_authority))
    assert reader.get(address + shown).status_code == 404  # It is not issued yet.
    issue(report.audit_id)
    assert taken(reader, address + shown) == file
    assert reader.get(address + other).status_code == 404
    stranger = sign_in(a_person(session, Role.MANAGER, council=a_council(session, "Southmere", "SMR")))
    assert stranger.get(address + shown).status_code == 404
