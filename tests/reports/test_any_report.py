"""Reports made at random are printed and shown, and read back: nothing is missing, and nothing has crept in."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings

from quality.printing.fonts import ROOT
from quality.reports.render import report_body, report_pdf
from quality.reports.snapshot import Snapshot
from tests.builders.report_any import photograph_files, reports
from tests.printing.documents import opened, text_of

MOST = settings.default.max_examples if settings.default else 100
FEW = settings(max_examples=min(6, MOST), suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=min(40, MOST), suppress_health_check=list(HealthCheck))
FORBIDDEN = {
    "/JS",
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/RichMedia",
    "/XFA",
    "/AA",
}
SOURCES = [*(ROOT / "templates/reports").glob("_*.html"), ROOT / "templates/ratings/_drawing.html"]


def told(report: Snapshot) -> list[str]:
    """The texts that the people who wrote the report must find in each of its forms."""
    findings, answers = (
        report.findings,
        [answer for domain in report.domains for standard in domain.standards for answer in standard.answers],
    )
    standards = [standard for domain in report.domains for standard in domain.standards]
    return [
        report.service.name,
        *(domain.title for domain in report.domains),
        *(text for one in standards for text in (one.code, one.title)),
        *(text for one in answers for text in (one.question, one.answer, one.evidence, one.reason or "")),
        *(text for one in findings for text in (one.title, one.found, one.required or "")),
        *(evidence.noted for one in findings for evidence in one.evidence),
        *(text for one in report.responses for text in (one.said_by, one.said, one.changed)),
        *(text for one in report.plan for text in (one.what, one.who, one.state)),
        *(one.caption for one in report.photographs),
        *(text for one in report.glossary for text in (one.word, one.meaning)),
        *((report.corrects.what_changed,) if report.corrects else ()),
    ]


def squeezed(text: str) -> str:
    """The text without white space and control characters."""
    return "".join(letter for letter in text if not letter.isspace() and unicodedata.category(letter) != "Cc")


def template_names(pattern: str) -> set[str]:
    """What the templates of the page themselves write: names of elements, or of attributes."""
    return {
        name for source in SOURCES for name in re.findall(pattern, Path(source).read_text(encoding="utf-8"))
    }


ELEMENTS = {name.lower() for name in template_names(r"<([a-zA-Z0-9]+)")} - {"style"}
ATTRIBUTES = {name.lower() for name in template_names(r"[ \"}]([a-zA-Z-]+)=\"")}


@MANY
@given(reports())
def test_any_report_is_a_page_of_our_own_elements_that_says_everything(report: Snapshot) -> None:
    page = BeautifulSoup(report_body(report), "html.parser")
    elements = page.find_all(True)
    assert {element.name for element in elements} <= ELEMENTS
    assert "script" not in ELEMENTS
    assert {name.lower() for element in elements for name in element.attrs} <= ATTRIBUTES
    assert not any(name.startswith("on") or name in {"style", "srcdoc"} for name in ATTRIBUTES)
    for link in page.find_all(href=True):
        assert str(link["href"]).startswith(("#", "https://", "/"))
    for picture in page.find_all(src=True):
        assert str(picture["src"]).startswith("/reports/")
    text = squeezed(page.get_text())
    assert not [part for part in told(report) if squeezed(part) not in text]
    numbers = {element["id"] for element in elements if str(element.get("id", "")).startswith("finding-")}
    assert numbers == {f"finding-{number}" for number in range(1, report.manifest.findings + 1)}


@pytest.mark.slow
@FEW
@given(reports(most=2))
def test_any_report_becomes_a_document_that_holds_everything_and_reaches_nothing(report: Snapshot) -> None:
    pdf = report_pdf(report, photograph_files())
    text, document = text_of(pdf), opened(pdf)
    assert not [part for part in told(report) if is_plain(part) and squeezed(part) not in text]
    assert {int(number) for number in re.findall(r"Finding(\d+):", text)} == set(
        range(1, report.manifest.findings + 1)
    )
    assert f"{report.manifest.answers:,}answer" in text
    pages = len(document.pages)
    assert f"Page{pages}of{pages}" in text
    assert pypdf.PdfReader(io.BytesIO(pdf)).attachments["report.json"] == [report.as_json().encode()]
    pictures = [one for one in document.objects if is_stream(one, "/Image")]
    shown = {photograph.sha256 for photograph in report.photographs}
    assert {one.read_raw_bytes() for one in pictures} == {photograph_files()[sha256] for sha256 in shown}
    assert set(names_in(document)).isdisjoint(FORBIDDEN)
    assert all(address.startswith(("https://", "mailto:")) for address in addresses_in(document))
    assert not [one for one in document.objects if is_stream(one) and "/F" in one]


def is_plain(text: str) -> bool:
    """True for text that a reader of PDF files gives back letter by letter, in the order it was typed.

    Beside text that is written from right to left, pypdf turns brackets and other signs without a direction round.
    """
    return re.fullmatch(r"[A-Za-z0-9 .,]*", text) is not None


def is_stream(one: Any, kind: str = "") -> bool:
    """True for a stream of this kind; without one, for any."""
    return isinstance(one, pikepdf.Stream) and (not kind or one.get("/Subtype") == kind)


def names_in(document: pikepdf.Pdf) -> Iterator[str]:
    """Every key, and every name that is a value, of every object."""
    for one in document.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield from one.keys()
            yield from (str(value) for _, value in one.items() if isinstance(value, pikepdf.Name))


def addresses_in(document: pikepdf.Pdf) -> Iterator[str]:
    """Where the links lead that leave the document."""
    for page in document.pages:
        for note in page.get("/Annots", []):
            if "/A" in note:
                assert note.A.S == "/URI"
                yield str(note.A.URI)
