"""The pages of photographs: described, removed, put back, erased and shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.audits.lifecycle import MoveName
from quality.audits.models import Audit
from quality.people.models import Person
from quality.photographs import queries
from quality.photographs.operations import remove_photograph
from tests.builders.audits import a_manager, go
from tests.builders.findings import a_ready_audit
from tests.builders.photographs import DESCRIBED, an_added_photograph, numbers, pages_of
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


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


def test_an_audit_without_photographs_says_so(audit: Audit, officer: CheckedClient) -> None:
    officer.get(pages_of(audit))
    assert "No photographs are added." in officer.words
    assert "never of people who use the service" in officer.words


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


def test_photographs_that_nobody_described_yet_are_told_apart(audit: Audit, officer: CheckedClient) -> None:
    for shade in range(2):
        an_added_photograph(audit, shade, text=None)
    officer.get(pages_of(audit))
    named = [image["alt"] for image in officer.page.select("img")]
    assert named == ["Photograph 1, not described yet", "Photograph 2, not described yet"]


def test_a_removed_photograph_can_be_erased_while_the_audit_is_in_review(
    session: Database, sign_in: SignIn
) -> None:
    audit = a_ready_audit(session)
    photograph = an_added_photograph(audit)
    remove_photograph(audit_id=audit.id, number=1, version=photograph.version, by=audit.lead)
    go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
    lead = sign_in(audit.lead)
    lead.get(pages_of(audit))
    assert [link.get_text() for link in lead.page.select("main li a")] == [f"Erase {photograph.name}"]
    assert lead.post(f"{pages_of(audit, 1)}/erase").location == pages_of(audit)
