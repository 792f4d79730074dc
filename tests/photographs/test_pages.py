"""The pages of photographs: given by a real file, read by a real printing process, described, removed and shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from quality.audits.lifecycle import State
from quality.audits.models import Audit
from quality.evidence.storage import storage
from quality.people.models import Person
from quality.photographs import forms, queries
from tests.builders.audits import a_manager, an_audit
from tests.builders.findings import a_ready_audit
from tests.builders.photographs import DESCRIBED, TAKEN_ON, a_camera_file, an_added_photograph, numbers
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def pages_of(audit: Audit, number: int | None = None) -> str:
    return f"/audits/{audit.reference}/photographs" + (f"/{number}" if number else "")


def give(officer: CheckedClient, audit: Audit, *files: tuple[bytes, str]) -> Any:
    data = {"files": [(io.BytesIO(content), name) for content, name in files]}
    return officer.post(pages_of(audit), data=data, content_type="multipart/form-data")


def a_form(**changes: str) -> dict[str, str]:
    return {
        "caption": DESCRIBED.caption,
        "shows": DESCRIBED.shows,
        "about": DESCRIBED.standard_code,
        "taken_on-day": "3",
        "taken_on-month": "5",
        "taken_on-year": "2026",
        **changes,
    }


def picture_at(officer: CheckedClient, address: str) -> Image.Image:
    with officer.get(address) as answer:
        assert answer.mimetype == "image/jpeg"
        return Image.open(io.BytesIO(answer.data))


def test_an_audit_without_photographs_says_so(audit: Audit, officer: CheckedClient) -> None:
    officer.get(pages_of(audit))
    assert "No photographs are added." in officer.words
    assert "never of people who use the service" in officer.words


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
    monkeypatch.setitem(officer.application.config, "MAX_CONTENT_LENGTH", 1_000)
    much = [(bytes(3_000), "much.jpg")]
    typed = {"title": "a" * 3_000}
    assert officer.post(f"/audits/{audit.reference}/findings/add", data=typed).status_code == 413
    assert "What you sent is larger than this page takes." in officer.words
    assert give(officer, audit, *much).status_code == 422
    officer.delete_cookie(officer.application.config["SESSION_COOKIE_NAME"])
    assert give(officer, audit, *much).status_code == 401


def test_what_is_said_is_saved_and_shown_with_the_picture(audit: Audit, officer: CheckedClient) -> None:
    photograph = an_added_photograph(audit, text=None)
    officer.get(pages_of(audit))
    assert "To be described" in officer.words
    version = str(photograph.version)
    answer = officer.post(pages_of(audit, 1), data=a_form(version=version))
    assert answer.location == pages_of(audit)
    officer.get(pages_of(audit))
    assert "The ramp to the garden . Standard 2.1 . Taken on 3 May 2026" in officer.words.replace(
        ". S", " . S"
    ).replace(". T", " . T")
    (shown,) = officer.page.select("img")
    assert shown["alt"] == DESCRIBED.shows


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"caption": "a" * 201}, "Caption must be 200 characters or fewer"),
        ({"about": "9.9"}, "Choose a standard from the list"),
        ({"taken_on-month": "13"}, "must be a real date"),
        ({"taken_on-year": "2190"}, "must not be in the future"),
    ],
)
def test_a_fault_is_one_sentence_and_nothing_typed_is_lost(
    audit: Audit, officer: CheckedClient, change: dict[str, str], sentence: str
) -> None:
    photograph = an_added_photograph(audit, text=None)
    said = a_form(version=str(photograph.version), **{"shows": "A long rail", **change})
    assert officer.post(pages_of(audit, 1), data=said).status_code == 422
    assert sentence in officer.page.select_one(".govuk-error-summary").get_text()  # type: ignore[union-attr]
    assert "A long rail" in officer.page.find(id="shows").get_text()  # type: ignore[union-attr]


def test_describing_leads_from_one_to_the_next(audit: Audit, officer: CheckedClient) -> None:
    for shade in range(3):
        an_added_photograph(audit, shade, text=None)
    version = str(queries.photographs_of(audit)[0].version)
    officer.get(pages_of(audit, 1))
    assert "Save and describe the next of 2" in officer.words
    answer = officer.post(pages_of(audit, 1), data=a_form(version=version, then="next"))
    assert answer.location == pages_of(audit, 2)


def test_an_older_page_keeps_what_was_typed_and_says_who_changed_it(
    audit: Audit, officer: CheckedClient
) -> None:
    an_added_photograph(audit)
    assert (
        officer.post(pages_of(audit, 1), data=a_form(version="1", caption="Another caption")).status_code
        == 409
    )
    assert "changed this photograph since" in officer.words
    assert "Another caption" in officer.words


def test_removing_asks_once_and_putting_back_undoes_it(audit: Audit, officer: CheckedClient) -> None:
    photograph = an_added_photograph(audit)
    officer.get(f"{pages_of(audit, 1)}/remove")
    assert "Remove photograph 1?" in officer.words
    officer.post(f"{pages_of(audit, 1)}/remove", data={"version": str(photograph.version)})
    officer.get(pages_of(audit))
    assert "No photographs are added." in officer.words
    assert "Put back photograph 1" in officer.words
    officer.post(f"{pages_of(audit, 1)}/restore")
    assert numbers(queries.photographs_of(audit)) == [1]


def test_erasing_asks_once_and_cannot_be_undone(audit: Audit, officer: CheckedClient) -> None:
    photograph = an_added_photograph(audit)
    officer.post(f"{pages_of(audit, 1)}/remove", data={"version": str(photograph.version)})
    officer.get(f"{pages_of(audit, 1)}/erase")
    assert "cannot be put back" in officer.words
    officer.post(f"{pages_of(audit, 1)}/erase")
    officer.get(pages_of(audit))
    assert "Put back" not in officer.words
    assert officer.get(f"{pages_of(audit, 1)}-small.jpg").status_code == 404


def test_the_audit_says_how_many_are_to_be_described(audit: Audit, officer: CheckedClient) -> None:
    an_added_photograph(audit, 1, text=None)
    an_added_photograph(audit, 2)
    officer.get(f"/audits/{audit.reference}")
    assert "Photographs 1 of 2 to describe" in officer.words


def test_saving_answers_can_lead_to_the_photographs(audit: Audit, officer: CheckedClient) -> None:
    answer = officer.post(f"/audits/{audit.reference}/standards/2.1", data={"then": "photographs"})
    assert answer.location == pages_of(audit)


def test_a_standard_shows_the_photographs_that_are_evidence_for_it(
    audit: Audit, officer: CheckedClient
) -> None:
    an_added_photograph(audit)
    officer.get(f"/audits/{audit.reference}/standards/2.1")
    assert [image["alt"] for image in officer.page.select("figure img")] == [DESCRIBED.shows]
    officer.get(f"/audits/{audit.reference}/standards/2.2")
    assert not officer.page.select("figure img")


def test_whoever_reviews_sees_the_photographs_and_cannot_change_them(
    session: Database, sign_in: SignIn
) -> None:
    audit = a_ready_audit(session)
    an_added_photograph(audit)
    lead = sign_in(audit.lead)
    lead.get(f"/audits/{audit.reference}/check")
    version = lead.page.select_one("input[name=version]")
    assert version is not None
    lead.post(f"/audits/{audit.reference}/check", data={"version": str(version["value"])})
    manager = sign_in(a_manager(session, audit.local_authority))
    for page in ("review", "check", "photographs", "standards/2.1"):
        manager.get(f"/audits/{audit.reference}/{page}")
        assert DESCRIBED.shows in [image["alt"] for image in manager.page.select("img")]
    manager.get(pages_of(audit))
    assert "Remove" not in manager.words
    manager.get(pages_of(audit, 1))
    assert "can be seen and not changed" in manager.words


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
