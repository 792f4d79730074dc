"""The page that a standard is answered on, as a browser without JavaScript opens and sends it."""

from __future__ import annotations

from quality.audits.models import Audit
from quality.findings import queries
from quality.findings.merging import Content
from tests.builders.findings import question_of
from tests.pages import CheckedClient


def address_of(audit: Audit, code: str = "1.1") -> str:
    """Where a standard of an audit is answered."""
    return f"/audits/{audit.reference}/standards/{code}"


def opened(browser: CheckedClient, address: str) -> dict[str, list[str]]:
    """What the page's form would send as it is."""
    assert browser.get(address).status_code == 200
    return fields_on(browser)


def fields_on(browser: CheckedClient) -> dict[str, list[str]]:
    """What the form of the last page would send as it is."""
    form = browser.page.select_one("main form")
    assert form is not None
    sent: dict[str, list[str]] = {}
    for field in form.find_all(["input", "textarea"]):
        name, kind = field.get("name"), field.get("type")
        if not name or (kind in ("radio", "checkbox") and not field.has_attr("checked")):
            continue
        value = field.get("value", "") if field.name == "input" else field.get_text().removeprefix("\n")
        sent.setdefault(str(name), []).append(str(value))
    return sent


def stored(audit: Audit, code: str) -> Content:
    """The answer to a question as it is stored now; an empty one when there is none."""
    return Content.of(queries.answers_of(audit).get(question_of(audit, code).id))
