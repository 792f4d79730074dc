"""What people do on the pages, in the words of those who do it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.browser.visitor import Visitor, fill_date, squeezed
from tests.builders.people import PASSWORD

SECONDS_FOR_A_REPORT = 120.0

# Typing into every box one key at a time would take minutes, so the boxes of a page are filled at once. Each entry is
# [question's code, answer, evidence, why it does not apply].
_FILL_ANSWERS = """answers => { for (const [code, value, evidence, why] of answers) {
    document.querySelector(`[name="${code}-value"][value="${value}"]`).checked = true;
    document.querySelector(`[name="${code}-evidence"]`).value = evidence;
    document.querySelector(`[name="${code}-why_not_applicable"]`).value = why;
    for (const method of ["observation", "processes"])
        document.querySelector(`[name="${code}-methods"][value="${method}"]`).checked = true; } }"""
_CODES = "elements => elements.map(element => element.id.slice(2))"


@dataclass(frozen=True)
class Finding:
    """A finding as somebody types it."""

    kind: str
    about: str
    title: str
    found: str
    must_happen: str = ""
    by_when: date | None = None


def evidence_for(code: str) -> str:
    """A text about one question that stands under no other."""
    return f"Test text for question {code}: rotas and records of one week agree with what staff said."


class Someone(Visitor):
    """A person who uses the service."""

    def sign_in_as(self, email: str, password: str = PASSWORD) -> None:
        """Sign in, and arrive where this person's work is."""
        self.open("/sign-in")
        self.type_credentials(email, password)
        assert self.path != "/sign-in", self.words

    def come_signed_in_as(self, email: str) -> None:
        """Be signed in without having seen the page for it, which tests of its own look at; nothing is open yet."""
        page = self.context.request.get("/sign-in")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text())
        assert token is not None, page.text()
        answer = self.context.request.post(
            page.url,
            form={"csrf_token": token[1], "email": email, "password": PASSWORD},
            headers={"Origin": page.url.removesuffix("/sign-in")},
            max_redirects=0,
        )
        assert answer.status == 303, answer.text()

    def type_credentials(self, email: str, password: str = PASSWORD, answer: int = 200) -> None:
        """Fill the sign-in page that is open, and send it."""
        self.page.get_by_label("Email address").fill(email)
        self.page.locator("[name=password]").fill(password)
        self.press("Sign in", answer)

    def join_with(self, code: str, password: str = PASSWORD) -> None:
        """Take up an invitation."""
        self.open("/join")
        self.page.locator("[name=code]").fill(code)
        self.press("Continue")
        self.page.locator("[name=new_password]").fill(password)
        self.page.locator("[name=password_again]").fill(password)
        self.press("Join")

    def find_service(self, text: str, name: str) -> None:
        """Search the register, and open the service of this name."""
        self.follow("Services", exact=True)
        self.page.get_by_label("Name, town, postcode, provider or CQC location ID").fill(text)
        self.press("Search")
        self.follow(name, exact=True)

    def plan(self, *, first_day: date, last_day: date, kind: str = "") -> str:
        """Plan an audit from the page of a service; its reference."""
        self.follow("Plan an audit")
        if kind:
            self.page.get_by_label(kind, exact=True).check()
        self.page.get_by_label("Routine", exact=True).check()
        self.page.get_by_label("Routine programme").check()
        self.page.get_by_label("No, the visit is unannounced").check()
        fill_date(self.page, "planned_from", first_day)
        fill_date(self.page, "planned_to", last_day)
        self.press("Plan the audit")
        return self.path.rpartition("/")[2]

    def start_visit(self) -> None:
        """Begin the visit from the page of the audit."""
        self.follow("Start the visit")
        self.press("Start the visit")

    def record_visit(self, reference: str, *, on: date, notes: str = "") -> None:
        """Record a visit."""
        self.open(f"/audits/{reference}/visits")
        self.follow("Record")
        fill_date(self.page, "visited_on", on)
        self.page.locator("[name=spoken_people]").fill("5")
        self.page.locator("[name=seen_care_plans]").fill("3")
        self.page.locator("[name=out_of_care_plans]").fill("24")
        self.page.get_by_label("Notes on the visit").fill(notes)
        self.press("Save the visit")

    def answer_everything(self, reference: str, special: Mapping[str, tuple[str, str]]) -> dict[str, str]:
        """Answer every question, standard by standard: met, but for `special`, code -> (answer, why it does not apply).

        The evidence that was typed, by question.
        """
        self.open(f"/audits/{reference}/standards/1.1")
        typed: dict[str, str] = {}
        while True:
            typed |= self.answer_this_page(special)
            if not self.page.get_by_role("button", name="Save and go to next standard").count():
                break
            self.press("Save and go to next standard")
        self.press("Save and return to the audit")
        return typed

    def answer_this_page(
        self, special: Mapping[str, tuple[str, str]], evidence: Callable[[str], str] = evidence_for
    ) -> dict[str, str]:
        """Fill in every question of the standard that is open, and save nothing yet."""
        codes = self.page.locator(".house-question").evaluate_all(_CODES)
        typed = {code: evidence(code) for code in codes}
        answers = [(code, *special.get(code, ("met", "")), typed[code]) for code in codes]
        self.page.evaluate(_FILL_ANSWERS, [[code, value, text, why] for code, value, why, text in answers])
        return typed

    def write_finding(self, reference: str, finding: Finding) -> None:
        """Write a finding from the list of findings."""
        self.open(f"/audits/{reference}/findings/add")
        self.fill_finding(finding)
        self.press("Save the finding")

    def fill_finding(self, finding: Finding) -> None:
        """Fill in the page of a finding, and save nothing yet."""
        self.page.get_by_role("radio", name=finding.kind).check()
        self.page.get_by_label("What is it about?").select_option(finding.about)
        self.page.get_by_label("Title").fill(finding.title)
        self.page.get_by_label("What was found").fill(finding.found)
        self.page.get_by_label("What must happen").fill(finding.must_happen)
        if finding.by_when:
            fill_date(self.page, "by_when", finding.by_when)

    def send(self, reference: str) -> None:
        """Check the answers and send the audit for review."""
        self.open(f"/audits/{reference}/check")
        self.press("Send for review")

    def return_it(self, reference: str, reason: str) -> None:
        """Return the audit from the page of its review."""
        self.open(f"/audits/{reference}/review")
        self.page.get_by_label("What has to change before it can be approved?").fill(reason)
        self.press("Return to the officer")

    def approve(self, reference: str) -> None:
        """Approve the audit from the page of its review."""
        self.open(f"/audits/{reference}/review")
        self.press("Approve and issue the report")

    def wait_for_report(self, service: str) -> str:
        """Look at the list of reports until the one about this service was issued; its number."""
        give_up = time.monotonic() + SECONDS_FOR_A_REPORT
        row = self.page.get_by_role("row").filter(has_text=service)
        while time.monotonic() < give_up:
            self.page.goto("/reports")
            if row.get_by_role("link", name="Download").count():
                self.check()
                return squeezed(row.locator("td").first.inner_text())
        raise AssertionError(f"No report about {service} was issued: {self.words[:400]}")

    def download(self, number: str) -> bytes:
        """Open a report's page and download its PDF."""
        self.open(f"/reports/{number}")
        name, content = self.download_by("Download as PDF")
        assert name.startswith(number)
        return content

    def download_by(self, link: str) -> tuple[str, bytes]:
        """Follow a link to a file: what the file is called, and what is in it."""
        with self.page.expect_download() as download:
            self.link(link).click()
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()
