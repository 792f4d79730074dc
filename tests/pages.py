"""A test client that checks every page it is given: valid HTML, one heading, unique ids, and reading writes nothing."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

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
        return BeautifulSoup(self.last.text, "lxml")

    @property
    def words(self) -> str:
        """What the last page's main part says, on one line."""
        main = self.page.find("main")
        assert main is not None
        return " ".join(main.get_text(" ").split())


@lru_cache(maxsize=512)
def check_page(html: str) -> None:
    """Fail on anything that is not a whole, valid page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page: Element = parser.parse(html)
    assert not parser.errors, f"Not valid HTML: {parser.errors[:3]}\n{_around(html, parser.errors[0][0])}"
    headings = [*page.iter("h1")]
    assert len(headings) == 1, f"A page has one h1, this one has {len(headings)}."
    assert "".join(page.findtext("head/title") or "").strip(), "A page has a title."
    ids = Counter(tag.get("id") for tag in page.iter() if tag.get("id") is not None)
    twice = [one for one, count in ids.items() if count > 1]
    assert not twice, f"These ids stand twice: {twice}"
    _check_references(page, {one for one in ids if one})
    assert not [tag for tag in page.iter() if tag.get("style")], "No element carries its own style."
    assert not [tag for tag in page.iter("script") if not tag.get("src")], "No script stands in a page."


def _check_references(page: Element, ids: set[str]) -> None:
    for label in page.iter("label"):
        assert label.get("for") in ids, f"The label {label.text!r} belongs to no field."
    for tag in page.iter():
        missing = [one for one in (tag.get("aria-describedby") or "").split() if one not in ids]
        assert not missing, f"{tag.tag} {tag.get('id')} is described by {missing}, which is not on the page."
    for summary in page.iter("div"):
        if "govuk-error-summary" in (summary.get("class") or "").split():
            leads = [str(link.get("href")).removeprefix("#") for link in summary.iter("a")]
            assert set(leads) <= ids, f"An error leads to no field: {leads}"
    for form in page.iter("form"):
        assert form.get("action") is not None, "A form says where it is sent."


def _around(html: str, position: tuple[int, int]) -> str:
    lines = html.splitlines()
    row = position[0] - 1
    return "\n".join(lines[max(row - 2, 0) : row + 2])
