"""The pages of findings: a list, one form to write and change, and a question before one is removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from quality.audits.models import Audit
from quality.core.clock import today
from quality.findings import queries
from quality.findings.models import FindingKind
from quality.findings.operations import remove_finding
from quality.people.models import Person
from tests.builders.findings import a_finding, an_audit_in_review
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def index_of(audit: Audit) -> str:
    return f"/audits/{audit.reference}/findings"


def a_form(**changes: Any) -> dict[str, Any]:
    by = today() + timedelta(days=28)
    return {
        "form_key": "a key made by the page",
        "kind": "must_improve",
        "about": "3.3.1",
        "title": "Medicine records have gaps",
        "found": "Nine of forty records were not signed.",
        "must_happen": "Check them after every round.",
        "by_when-day": str(by.day),
        "by_when-month": str(by.month),
        "by_when-year": str(by.year),
        **changes,
    }


def test_an_audit_without_findings_says_so(audit: Audit, officer: CheckedClient) -> None:
    officer.get(index_of(audit))
    assert "No findings are written." in officer.words
    assert "Write a finding" in officer.words


def test_a_finding_written_on_the_page_stands_in_the_list(audit: Audit, officer: CheckedClient) -> None:
    answer = officer.post(f"{index_of(audit)}/add", data=a_form())
    assert answer.location == index_of(audit)
    officer.get(index_of(audit))
    assert "Must improve Medicine records have gaps" in officer.words
    assert "Nine of forty records were not signed." in officer.words


def test_a_double_click_makes_one_finding(audit: Audit, officer: CheckedClient) -> None:
    for _ in range(2):
        officer.post(f"{index_of(audit)}/add", data=a_form())
    assert len(queries.findings_of(audit)) == 1


@pytest.mark.parametrize("about", ["3.3", "3.3.1"])
def test_a_finding_from_a_question_comes_with_its_place(
    audit: Audit, officer: CheckedClient, about: str
) -> None:
    name = "question" if about.count(".") == 2 else "standard"
    officer.get(f"{index_of(audit)}/add?{name}={about}")
    chosen = officer.page.select_one("select[name=about] option[selected]")
    assert chosen is not None
    assert chosen["value"] == about


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Enter a title for the finding"),
        ({"kind": ""}, "Choose what kind of finding it is"),
        ({"about": ""}, "Choose what the finding is about"),
        ({"about": "4.2.3"}, "Choose a standard or a question from the list"),
        ({"by_when-month": "13"}, "must be a real date, like 27 3 2026"),
        ({"kind": "good_practice"}, "Good practice asks for nothing"),
    ],
)
def test_a_fault_is_one_sentence_and_nothing_typed_is_lost(
    audit: Audit, officer: CheckedClient, change: dict[str, str], sentence: str
) -> None:
    answer = officer.post(f"{index_of(audit)}/add", data=a_form(**change))
    assert answer.status_code == 422
    assert sentence in officer.page.select_one(".govuk-error-summary").get_text()  # type: ignore[union-attr]
    assert "Nine of forty records were not signed." in officer.page.find(id="found").get_text()  # type: ignore[union-attr]
    assert queries.findings_of(audit) == []


def test_a_finding_is_changed_and_the_date_shown_again(audit: Audit, officer: CheckedClient) -> None:
    finding = a_finding(audit)
    officer.get(f"{index_of(audit)}/{finding.id}")
    version = officer.page.select_one("input[name=version]")
    assert version is not None
    assert finding.by_when is not None
    assert officer.page.find(id="by_when-day")["value"] == str(finding.by_when.day)  # type: ignore[index]
    form = a_form(title="Another title", version=version["value"])
    officer.post(f"{index_of(audit)}/{finding.id}", data=form)
    assert [each.title for each in queries.findings_of(audit)] == ["Another title"]


def test_a_finding_that_somebody_removed_meanwhile_is_answered_with_what_was_typed(
    audit: Audit, officer: CheckedClient
) -> None:
    finding = a_finding(audit)
    number = finding.id
    remove_finding(audit_id=audit.id, finding_id=number, version=finding.version, by=audit.lead)
    answer = officer.post(f"{index_of(audit)}/{number}", data=a_form(version=1))
    assert answer.status_code == 409
    assert "Somebody removed this finding" in officer.words
    assert "Nine of forty records were not signed." in officer.words


def test_a_finding_is_removed_after_a_question_back(audit: Audit, officer: CheckedClient) -> None:
    finding = a_finding(audit)
    officer.get(f"{index_of(audit)}/{finding.id}/remove")
    assert "Remove this finding?" in officer.words
    assert queries.findings_of(audit) == [finding]
    officer.post(f"{index_of(audit)}/{finding.id}/remove", data={"version": finding.version})
    assert queries.findings_of(audit) == []


def test_a_change_that_began_at_check_answers_returns_there(audit: Audit, officer: CheckedClient) -> None:
    answer = officer.post(f"{index_of(audit)}/add?back=check", data=a_form())
    assert answer.location == f"/audits/{audit.reference}/check"


def test_findings_of_an_audit_in_review_can_be_read_and_not_changed(
    session: Database, sign_in: SignIn
) -> None:
    audit = an_audit_in_review(session)
    officer = sign_in(audit.lead)
    officer.get(index_of(audit))
    assert "Meals are a pleasure" in officer.words
    assert "Remove" not in officer.words
    officer.get(f"{index_of(audit)}/add")
    assert officer.page.select_one("main form") is None
    assert officer.post(f"{index_of(audit)}/add", data=a_form()).status_code == 409
    assert "Nine of forty records were not signed." in officer.words


@pytest.mark.parametrize("page", ["999999", "999999/remove", "nonsense"])
def test_a_finding_that_is_not_there_is_a_page_that_is_not_there(
    audit: Audit, officer: CheckedClient, page: str
) -> None:
    assert officer.get(f"{index_of(audit)}/{page}").status_code == 404


def test_the_list_takes_as_many_queries_for_many_findings_as_for_one(
    audit: Audit, officer: CheckedClient
) -> None:
    a_finding(audit)
    officer.get(index_of(audit))
    before = len(officer.statements)
    for kind in (FindingKind.MUST_IMPROVE, FindingKind.SHOULD_IMPROVE):
        for code in ("1.1.1", "3.3.1", "5.1"):
            a_finding(audit, code, kind=kind)
    officer.get(index_of(audit))
    assert len(officer.statements) == before
