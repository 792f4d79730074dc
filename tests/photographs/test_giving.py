"""Photographs are given as real files, which a real printing process reads; what became of each is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from quality.audits.lifecycle import MoveName, State
from quality.audits.models import Audit
from quality.core.database import db
from quality.evidence.storage import storage
from quality.people.models import Person
from quality.people.operations import disable_person
from quality.photographs import forms, queries, views
from quality.printing.pdf import prepare_photograph
from quality.printing.prepared import Prepared
from tests.builders.audits import an_audit, go
from tests.builders.photographs import TAKEN_ON, a_camera_file, numbers, pages_of
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def give(officer: CheckedClient, audit: Audit, *files: tuple[bytes, str], **more: Any) -> Any:
    data = {"files": [(io.BytesIO(content), name) for content, name in files]}
    return officer.post(pages_of(audit), data=data, content_type="multipart/form-data", **more)


def picture_at(officer: CheckedClient, address: str) -> Image.Image:
    with officer.get(address) as answer:
        assert answer.mimetype == "image/jpeg"
        return Image.open(io.BytesIO(answer.data))


@pytest.mark.slow
def test_one_photograph_leads_to_its_description_with_the_day_the_camera_wrote_down(
    audit: Audit, officer: CheckedClient
) -> None:
    answer = give(officer, audit, (a_camera_file(), "IMG_0001.jpg"))
    assert answer.location == pages_of(audit, 1)
    officer.get(answer.location)
    assert [officer.page.find(id=f"taken_on-{part}")["value"] for part in ("day", "month")] == ["3", "5"]  # type: ignore[index]
    (photograph,) = queries.photographs_of(audit)
    assert photograph.taken_on == TAKEN_ON


@pytest.mark.slow
def test_what_is_kept_is_the_picture_in_two_sizes_and_nothing_of_its_file(
    audit: Audit, officer: CheckedClient
) -> None:
    file = a_camera_file(size=(2400, 1800))
    assert b"The owner of this telephone" in file
    give(officer, audit, (file, "The owner of this telephone.jpg"))
    large, small = (picture_at(officer, f"{pages_of(audit, 1)}-{size}.jpg") for size in ("large", "small"))
    assert (large.size, small.size) == ((1600, 1200), (470, 353))
    (photograph,) = queries.photographs_of(audit)
    for sha256 in (photograph.shown_sha256, photograph.printed_sha256):
        assert b"The owner of this telephone" not in storage().get(sha256)


@pytest.mark.slow
def test_what_cannot_be_read_is_named_and_the_others_are_kept(audit: Audit, officer: CheckedClient) -> None:
    good, bad = a_camera_file(1), a_camera_file(2)[:-400]
    answer = give(officer, audit, (bad, "half.jpg"), (good, "good.jpg"), (b"%PDF-1.7", "plan.pdf"))
    assert answer.location == pages_of(audit)
    officer.get(answer.location)
    assert "1 photograph added." in officer.words
    for name in ("half.jpg", "plan.pdf"):
        assert f"“{name}” was not added." in officer.words
    assert numbers(queries.photographs_of(audit)) == [1]


@pytest.mark.slow
def test_when_none_can_be_read_the_page_says_why_and_nothing_changes(
    audit: Audit, officer: CheckedClient
) -> None:
    answer = give(officer, audit, (b"no picture", "notes.txt"))
    assert answer.status_code == 422
    assert "“notes.txt” was not added. A photograph could not be read" in officer.words
    assert queries.photographs_of(audit) == []


@pytest.mark.slow
def test_the_same_photograph_sent_twice_is_one_and_that_is_said(audit: Audit, officer: CheckedClient) -> None:
    for _ in range(2):
        give(officer, audit, (a_camera_file(), "IMG_0001.jpg"))
    officer.get(pages_of(audit))
    assert "The audit had this already, so it was not added again: photograph 1." in officer.words


def test_a_form_without_a_photograph_says_what_to_do(audit: Audit, officer: CheckedClient) -> None:
    assert give(officer, audit, (b"", "")).status_code == 422
    assert "Choose a photograph" in officer.words


def test_more_than_can_be_read_at_once_is_refused_before_any_is_read(
    audit: Audit, officer: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_AT_ONCE", 1)
    files = [(a_camera_file(shade), f"{shade}.jpg") for shade in range(2)]
    assert give(officer, audit, *files).status_code == 422
    assert "Choose at most 1 photographs at once" in officer.words


def test_more_bytes_are_taken_here_than_elsewhere_but_not_without_end(
    audit: Audit, officer: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = officer.application
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1_000)
    monkeypatch.setattr(app.view_functions["photographs.add"], "most_bytes", 6_000)
    monkeypatch.setattr(forms, "MOST_AT_ONCE", 0)
    typed = {"title": "a" * 3_000}
    assert officer.post(f"/audits/{audit.reference}/findings/add", data=typed).status_code == 413
    assert "What you sent is larger than this page takes." in officer.words
    assert give(officer, audit, (bytes(3_000), "much.jpg")).status_code == 422
    assert give(officer, audit, (bytes(7_000), "too much.jpg")).status_code == 413
    officer.delete_cookie(app.config["SESSION_COOKIE_NAME"])
    ours = {"Sec-Fetch-Site": "same-origin"}
    assert give(officer, audit, (bytes(3_000), "much.jpg"), headers=ours).status_code == 401
    assert "The files were not taken" in officer.words


def test_nobody_adds_photographs_to_an_audit_that_has_not_begun(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, at=State.PLANNED)
    officer = sign_in(audit.lead)
    assert give(officer, audit, (a_camera_file(), "early.jpg")).status_code == 422
    assert "nothing can be recorded in it" in officer.words


@pytest.mark.slow
def test_a_script_that_sends_one_after_the_other_is_told_what_became_of_each(
    audit: Audit, officer: CheckedClient
) -> None:
    asks = {"Accept": "application/json"}
    told = [
        officer.post(pages_of(audit), data={"files": [(io.BytesIO(file), "IMG_1.jpg")]}, headers=asks)
        for file in (a_camera_file(), a_camera_file(), b"no picture")
    ]
    assert [answer.status_code for answer in told] == [200, 200, 422]
    assert told[0].json == {"added": 1, "refused": [], "address": pages_of(audit, 1)}
    assert [answer.json["added"] for answer in told[1:]] == [0, 0]  # type: ignore[index]
    assert "had this already" in told[1].json["refused"][0]  # type: ignore[index]
    assert "“IMG_1.jpg” was not added." in told[2].json["refused"][0]  # type: ignore[index]


@pytest.mark.slow
def test_a_script_is_told_in_a_sentence_that_the_audit_is_in_review_by_now(
    audit: Audit, officer: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare_slowly(file: bytes) -> Prepared:
        ours = db.session.get_one(Audit, audit.id)
        for name in (MoveName.START_WRITE_UP, MoveName.SEND_FOR_REVIEW):
            go(ours, name, ours.lead)
        db.session.commit()
        return prepare_photograph(file)

    monkeypatch.setattr(views, "prepare_photograph", prepare_slowly)
    told = give(officer, audit, (a_camera_file(), "IMG_1.jpg"), headers={"Accept": "application/json"})
    assert told.status_code == 409
    assert "is in review" in told.json["refused"][0]


@pytest.mark.slow
def test_whoever_is_disabled_while_photographs_are_read_adds_none(
    audit: Audit, officer: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare_slowly(file: bytes) -> Prepared:
        disable_person(person_id=audit.lead_id, by=None)
        db.session.commit()
        return prepare_photograph(file)

    monkeypatch.setattr(views, "prepare_photograph", prepare_slowly)
    give(officer, audit, (a_camera_file(), "IMG_1.jpg"))
    assert "No photograph was added, because your sign-in was ended." in officer.words
    assert queries.photographs_of(audit) == []
