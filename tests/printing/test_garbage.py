"""Making a document leaves the collector of garbage as it was, and no garbage."""

from __future__ import annotations

import gc
import weakref

import pytest
from weasyprint.document import Document

from quality.printing.errors import PrintingError
from tests.printing.documents import drawn_here


@pytest.fixture
def documents(monkeypatch: pytest.MonkeyPatch) -> list[weakref.ref[Document]]:
    """Every document laid out during the test, for as long as somebody holds it."""
    laid_out: list[weakref.ref[Document]] = []
    begin = Document.__init__

    def remember(self: Document, *given: object, **named: object) -> None:
        begin(self, *given, **named)
        laid_out.append(weakref.ref(self))

    monkeypatch.setattr(Document, "__init__", remember)
    return laid_out


def test_nothing_is_left_of_a_document_once_it_is_made(documents: list[weakref.ref[Document]]) -> None:
    drawn_here("<p>A visit</p>" * 200)
    assert documents
    assert not [one for one in documents if one() is not None]


@pytest.mark.parametrize("css", ["", "h1 { colour: red }"], ids=["made", "refused"])
def test_the_collector_works_on_as_before(css: str) -> None:
    before = gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()
    try:
        drawn_here(css=css)
    except PrintingError:
        assert css
    assert (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()) == before
