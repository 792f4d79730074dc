"""Each check can fail: one fault is put into a good document, and the check says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.printing.documents import a_pdf
from tests.printing.standards.broken import DAMAGES, damaged
from tests.printing.standards.complaints import complaints
from tests.printing.standards.outside import outloud_says, pdfua_says, qpdf_says
from tests.printing.test_attachments import ANSWERS, DATA

BODY = """
<h1>A visit</h1>
<h2 id="found">What we found</h2>
<p>Read <a href="#found">what we found</a> or <a href="https://www.cqc.org.uk/">CQC’s website</a>.</p>
<ul><li>Records</li><li>Rotas</li></ul>
<table>
  <caption>Records</caption>
  <thead><tr><th scope="col">Kind</th><th scope="col">Read</th><th scope="col">Whole</th></tr></thead>
  <tbody><tr><th scope="row">Care plans</th><td>8</td><td>7</td></tr>
  <tr><th scope="row">Rotas</th><td>4</td><td>4</td></tr></tbody>
</table>
<svg width="40" height="10"><title>Three of four</title><rect width="30" height="10"/></svg>
"""
FURNITURE = '@page { @bottom-right { content: "Page " counter(page) } }'

OUTLOUD_SEES = {
    "no scope": "TBL-",
    "figure without words": "FIG-",
    "figure named by its file": "FIG-",
    "level skipped": "HDG-",
    "link without words": "LNK-",
    "no title": "DOC-",
    "no language": "DOC-",
    "more painted": "TAG-",
    "font elsewhere": "TXT-",
}
PDFUA_SEES = {
    "figure without words": "UA-13-004",
    "not marked": "UA-01-002",
    "no language": "UA-06-001",
}


@pytest.fixture(scope="module")
def good() -> bytes:
    return a_pdf(BODY, FURNITURE, author="Northmere County Council", attachments=[DATA, ANSWERS])


def test_the_document_they_are_made_from_is_good(good: bytes, tmp_path: Path) -> None:
    path = _file(good, tmp_path)
    assert complaints(good) == []
    assert outloud_says(path) == []
    assert pdfua_says(path) == []


@pytest.mark.parametrize("name", DAMAGES)
def test_our_own_reading_finds_the_fault(name: str, good: bytes) -> None:
    found = complaints(damaged(good, name))
    assert any(DAMAGES[name][1] in one for one in found), found


@pytest.mark.slow
@pytest.mark.parametrize("name", OUTLOUD_SEES)
def test_outloud_finds_the_fault(name: str, good: bytes, tmp_path: Path) -> None:
    found = outloud_says(_file(damaged(good, name), tmp_path))
    assert any(one.startswith(OUTLOUD_SEES[name]) for one in found), found


@pytest.mark.slow
@pytest.mark.parametrize("name", PDFUA_SEES)
def test_pdfua_finds_the_fault(name: str, good: bytes, tmp_path: Path) -> None:
    found = pdfua_says(_file(damaged(good, name), tmp_path))
    assert any(one.startswith(PDFUA_SEES[name]) for one in found), found


def test_a_changed_byte_and_a_lost_end_are_found(good: bytes, tmp_path: Path) -> None:
    place = good.rindex(b"startxref\n") + 10
    changed = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
    assert qpdf_says(_file(good, tmp_path)) == ""
    assert qpdf_says(_file(changed, tmp_path)) != ""
    assert qpdf_says(_file(good[:-400], tmp_path)) != ""


def test_words_after_the_end_and_before_the_beginning_are_found(good: bytes) -> None:
    assert "whole: something stands after the end of the document" in complaints(good + b"\nmore")
    assert "whole: the document does not begin as a PDF" in complaints(b"\n" + good)


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        (b" 0 obj\n", b" 0 obj ", "lines: an object does not begin on a line of its own"),
        (b"\nendobj", b" endobj", "lines: an object does not end on a line of its own"),
        (b"\nendstream", b" endstream", "lines: a stream is not as long as it says"),
    ],
)
def test_words_that_share_a_line_are_found(good: bytes, written: bytes, instead: bytes, said: str) -> None:
    assert written in good
    assert any(one.startswith(said) for one in complaints(good.replace(written, instead, 1)))


def _file(pdf: bytes, folder: Path) -> Path:
    path = folder / "document.pdf"
    path.write_bytes(pdf)
    return path
