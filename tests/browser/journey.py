"""The main job from end to end: a service is found, visited, judged, reviewed twice; its provider reads the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from quality.core.clock import today
from quality.printing.wording import in_words
from tests.browser.conftest import OpenBrowser
from tests.browser.pages import Finding, Someone
from tests.printing.documents import text_of

# What is rated, CQC's word for it, and the day it was published.
Rated = tuple[str, str, date | None]

NOT_A_FINDING = "Test text, not a finding about this service."
RETURNED = "Please say which week of rotas was read. Test text."
CHANGED = "Rotas of the week before the visit were read. Test text."
# Code of a question -> what was answered and, where it does not apply, why.
SPECIAL = {
    "1.1.2": ("partly", ""),
    "1.2.3": ("not_met", ""),
    "1.3.1": ("mostly", ""),
    "2.1.1": ("not_seen", ""),
    "3.1.2": ("not_applicable", "Test text: nobody here needs it."),
}


@dataclass(frozen=True)
class Case:
    """Who does it, by email address, and about which service."""

    officer: str
    manager: str
    administrator: str
    visitors: tuple[str, ...]
    service: str
    service_id: str
    search_for: str
    provider: str
    provider_id: str
    contact: str


@dataclass(frozen=True)
class Recorded:
    """What was typed on the way."""

    reference: str
    visited_on: date
    evidence: dict[str, str]
    findings: tuple[Finding, ...]


def findings_to_write() -> tuple[Finding, ...]:
    """One finding of each kind; the first is about the critical question that was not met."""
    soon = today() + timedelta(days=30)
    return (
        Finding(
            "Must improve", "1.2.3", "First test title", f"First. {NOT_A_FINDING}", "First test step.", soon
        ),
        Finding(
            "Should improve", "4.1", "Second test title", f"Second. {NOT_A_FINDING}", "Second test step."
        ),
        Finding("Good practice", "2.1.2", "Third test title", f"Third. {NOT_A_FINDING}"),
    )


def record_an_audit(officer: Someone, case: Case) -> Recorded:
    """From the search for a service to an audit that is sent for review."""
    officer.find_service(case.search_for, case.service)
    assert case.provider in officer.words
    reference = officer.plan(first_day=today(), last_day=today() + timedelta(days=7))
    assert f"Its reference is {reference}" in officer.words
    officer.start_visit()
    officer.record_visit(reference, on=today(), notes="Test text on the visit.")
    evidence = officer.answer_everything(reference, SPECIAL)
    findings = findings_to_write()
    _write_the_first_from_its_question(officer, reference, findings[0])
    for finding in findings[1:]:
        officer.write_finding(reference, finding)
    _read_the_judgement(officer, reference)
    officer.send(reference)
    assert "is sent for review" in officer.words
    return Recorded(reference, today(), evidence, findings)


def _write_the_first_from_its_question(officer: Someone, reference: str, finding: Finding) -> None:
    officer.open(f"/audits/{reference}/check")
    officer.follow(f"Question {finding.about} is critical and was not met")
    assert officer.page.get_by_label("What is it about?").input_value() == finding.about
    officer.fill_finding(finding)
    officer.press("Save the finding")
    assert officer.heading == "Check answers"
    assert "Nothing is missing" in officer.words


def _read_the_judgement(officer: Someone, reference: str) -> None:
    officer.open(f"/audits/{reference}")
    officer.follow("Judgement so far")
    reasons = officer.page.locator(".house-reason").all_inner_texts()
    assert any("1.2.3" in reason for reason in reasons), reasons


def be_returned_and_send_again(officer: Someone, manager: Someone, recorded: Recorded) -> Recorded:
    """The manager returns the audit; its officer reads why, changes an answer, and sends it again."""
    reference = recorded.reference
    manager.open("/queue")
    assert manager.page.get_by_text(reference).count()
    manager.return_it(reference, RETURNED)
    officer.open("/audits")
    assert RETURNED in officer.words
    officer.open(f"/audits/{reference}")
    assert RETURNED in officer.words
    officer.open(f"/audits/{reference}/standards/1.1")
    officer.page.locator('[name="1.1.1-evidence"]').fill(CHANGED)
    officer.press("Save and return to the audit")
    officer.send(reference)
    changed = {**recorded.evidence, "1.1.1": CHANGED}
    return Recorded(reference, recorded.visited_on, changed, recorded.findings)


def become_a_contact(open_browser: OpenBrowser, case: Case) -> Someone:
    """An administrator adds a contact at the provider, who joins with the code they are given."""
    administrator, contact = open_browser(), open_browser()
    administrator.sign_in_as(case.administrator)
    administrator.open("/people")
    administrator.follow("Add a provider contact")
    administrator.page.get_by_label("Part of the provider’s name, or its CQC provider ID").fill(
        case.provider_id
    )
    administrator.press("Search")
    administrator.page.get_by_label(case.provider, exact=True).check()
    administrator.press("Continue")
    administrator.page.get_by_label("Name").fill("Invented Contact")
    administrator.page.get_by_label("Email address").fill(case.contact)
    administrator.press("Add and make an invitation code")
    contact.join_with(administrator.page.locator("#code").inner_text())
    return contact


def receive_the_report(contact: Someone, service: str) -> tuple[str, bytes]:
    """The provider's contact sees the notice, reads the report's page and downloads it: its number and bytes."""
    number = contact.wait_for_report(service)
    contact.open("/reports")
    contact.follow(f"The findings for {service} are ready")
    assert contact.path == f"/reports/{number}"
    return number, contact.download(number)


def missing_in_the_report(pdf: bytes, case: Case, recorded: Recorded, ratings: Iterable[Rated]) -> list[str]:
    """Whatever should stand in the text of the PDF and does not. Spaces and line ends do not count."""
    expected = [case.service, case.provider, in_words(recorded.visited_on), *case.visitors]
    for finding in recorded.findings:
        expected += [finding.title, finding.found, finding.must_happen]
        expected += [in_words(finding.by_when)] if finding.by_when else []
    expected += recorded.evidence.values()
    expected += [why for _, why in SPECIAL.values()]
    for domain, words, published_on in ratings:
        expected.append(f"{domain}{words}{in_words(published_on) if published_on else 'No date given'}")
    text = text_of(pdf)
    return [one for one in expected if "".join(one.split()) not in text]
