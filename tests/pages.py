"""A test client that checks every page it is given: valid HTML, one heading, unique ids, and reading writes nothing."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import html5lib
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from quality.core.database import db

_WRITES = re.compile(r"\s*(insert|update|delete)\b", re.IGNORECASE)


class CheckedClient(FlaskClient):
    """Flask's test client, with every page checked. `page` parses the last answer."""

    last: TestResponse | None = None
    statements: list[str]

    def open(self, *args: Any, **more: Any) -> TestResponse:
        """Send a request; what the test wrote is committed first, and read anew afterwards."""
        db.session.commit()
        self.statements = []
        listen = self._note
        event.listen(Engine, "before_cursor_execute", listen)
        try:
            # Its own context, as in production: inside the test's, every request would share one `g`, and with it
            # whoever Flask-Login found there first.
            with self.application.app_context():
                answer = super().open(*args, **more)
        finally:
            event.remove(Engine, "before_cursor_execute", listen)
        db.session.expire_all()
        self.last = answer
        if answer.request.method in {"GET", "HEAD"}:
            written = [statement for statement in self.statements if _WRITES.match(statement)]
            assert not written, f"GET {answer.request.path} wrote to the database: {written[0]}"
        if answer.mimetype == "text/html" and answer.text and not 300 <= answer.status_code < 400:
            check_page(answer.text)
        return answer

    def _note(self, connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        self.statements.append(statement)

    @property
    def page(self) -> BeautifulSoup:
        """The last page, parsed."""
        assert self.last is not None
        return BeautifulSoup(self.last.text, "html5lib")

    @property
    def words(self) -> str:
        """What the last page's main part says, on one line."""
        main = self.page.find("main")
        assert main is not None
        return " ".join(main.get_text(" ").split())


def check_page(html: str) -> None:
    """Fail on anything that is not a whole, valid page."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    assert not parser.errors, f"Not valid HTML: {parser.errors[:3]}\n{_around(html, parser.errors[0][0])}"
    page = BeautifulSoup(html, "html5lib")
    headings = page.find_all("h1")
    assert len(headings) == 1, f"A page has one h1, this one has {len(headings)}."
    assert page.select_one("title:not(:empty)"), "A page has a title."
    ids = Counter(str(tag["id"]) for tag in page.select("[id]"))
    twice = [one for one, count in ids.items() if count > 1]
    assert not twice, f"These ids stand twice: {twice}"
    _check_references(page, set(ids))
    assert not page.select("[style]"), "No element carries its own style."
    assert not [script for script in page.find_all("script") if not script.get("src")], (
        "No script stands in a page."
    )


def _check_references(page: BeautifulSoup, ids: set[str]) -> None:
    for label in page.find_all("label"):
        assert label.get("for") in ids, f"The label {label.get_text(strip=True)!r} belongs to no field."
    for tag in page.select("[aria-describedby]"):
        missing = [one for one in str(tag["aria-describedby"]).split() if one not in ids]
        assert not missing, f"{tag.name} {tag.get('id')} is described by {missing}, which is not on the page."
    for link in page.select(".govuk-error-summary a"):
        assert str(link["href"]).removeprefix("#") in ids, f"The error {link.get_text()!r} leads to no field."
    for form in page.find_all("form"):
        assert form.get("action") is not None, "A form says where it is sent."


def _around(html: str, position: tuple[int, int]) -> str:
    lines = html.splitlines()
    row = position[0] - 1
    return "\n".join(lines[max(row - 2, 0) : row + 2])
