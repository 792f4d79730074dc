"""Whatever a snapshot holds, every form of the report says."""

from __future__ import annotations

import dataclasses
import hashlib
import io

import pypdf
import pytest
from bs4 import BeautifulSoup

from quality.reports.counting import answers_given, weights_in_words
from quality.reports.render import report_body, report_pdf
from quality.reports.snapshot import FindingKind, Snapshot
from quality.reports.summary import summary_parts
from quality.reports.wording import how_to_check
from tests.builders.report_snapshots import a_snapshot
from tests.printing.documents import opened, read_aloud, tags_of, text_of
from tests.reports.tokens import a_report_of_tokens

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[0, 15], ids=["short texts", "long texts"])
def report_and_tokens(request: pytest.FixtureRequest) -> tuple[Snapshot, list[str]]:
    return a_report_of_tokens(request.param)


@pytest.fixture(scope="module")
def pdf(report_and_tokens: tuple[Snapshot, list[str]]) -> bytes:
    return report_pdf(report_and_tokens[0])


@pytest.fixture(scope="module")
def aloud(pdf: bytes, tmp_path_factory: pytest.TempPathFactory) -> str:
    """All that a screen reader says of the document; the program that reads it takes long for a long one."""
    return read_aloud(pdf, tmp_path_factory.mktemp("aloud"))


def _words_for_pictures(pdf: bytes) -> str:
    """What a screen reader says in place of each picture."""
    document = opened(pdf)
    return "".join("".join(str(figure.Alt).split()) for figure in tags_of(document, "/Figure"))


def _missing(tokens: list[str], text: str) -> list[str]:
    return [token for token in tokens if "".join(token.split()) not in text]


def test_every_text_number_and_date_is_in_the_pdf(
    report_and_tokens: tuple[Snapshot, list[str]], pdf: bytes
) -> None:
    assert _missing(report_and_tokens[1], text_of(pdf) + _words_for_pictures(pdf)) == []


def test_every_text_number_and_date_of_the_pdf_is_read_aloud(
    report_and_tokens: tuple[Snapshot, list[str]], pdf: bytes, aloud: str
) -> None:
    assert _missing(report_and_tokens[1], aloud + _words_for_pictures(pdf)) == []


def test_every_text_number_and_date_is_on_the_web_page(report_and_tokens: tuple[Snapshot, list[str]]) -> None:
    page = BeautifulSoup(report_body(report_and_tokens[0]), "html.parser")
    links = " ".join(str(link["href"]) for link in page.find_all("a"))
    assert _missing(report_and_tokens[1], "".join(f"{page.get_text()} {links}".split())) == []


def _said_by_us(report: Snapshot) -> list[str]:
    """What a report says beyond its snapshot: the summary, the count of its questions, and how to check it."""
    parts = summary_parts(report)
    said = [words for part in parts for words in (part.heading, part.typed.split()[0] if part.typed else "")]
    said += [sentence for part in parts for sentence in part.sentences]
    said += [point.words for part in parts for point in part.points]
    rows = [f"{row.words}{row.meaning}{row.number}{row.weight}" for row in answers_given(report)]
    own = [hashlib.sha256(report.as_json().encode()).hexdigest(), *weights_in_words(report)]
    return [*said, *rows, *own, *how_to_check(is_draft=report.is_draft)]


def test_the_web_page_and_the_pdf_say_the_same_in_our_own_words() -> None:
    report = a_snapshot()
    page = BeautifulSoup(report_body(report), "html.parser")
    said = _said_by_us(report)
    assert len(said) > 30
    assert _missing(said, text_of(report_pdf(report))) == []
    assert _missing(said, "".join(page.get_text().split())) == []


def test_the_web_page_has_one_main_heading_and_each_id_once(
    report_and_tokens: tuple[Snapshot, list[str]],
) -> None:
    page = BeautifulSoup(report_body(report_and_tokens[0]), "html.parser")
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(page.find_all("h1")) == 1
    assert len(ids) == len(set(ids))


def test_the_tokens_cover_every_field_of_every_part_of_a_snapshot(
    report_and_tokens: tuple[Snapshot, list[str]],
) -> None:
    report, tokens = report_and_tokens

    def check(value: object, name: str) -> None:
        if dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                check(getattr(value, field.name), f"{name}.{field.name}")
        elif isinstance(value, tuple):
            assert value or name == "report.photographs", f"{name} is empty"
            for part in value:
                check(part, name)
        elif (
            isinstance(value, str) and not isinstance(value, FindingKind) and name != "report.council.colour"
        ):
            assert any(token in value for token in tokens), name

    check(report, "report")


def test_the_contents_name_the_page_each_section_begins_on(pdf: bytes, aloud: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    bookmarks = [
        entry
        for level in reader.outline
        if isinstance(level, list)
        for entry in level
        if not isinstance(entry, list)
    ]
    pages = [(str(entry.title), reader.get_destination_page_number(entry)) for entry in bookmarks]
    assert len(pages) == 10
    for title, page in pages:
        assert f"{''.join(title.split())}{(page or 0) + 1}" in aloud
