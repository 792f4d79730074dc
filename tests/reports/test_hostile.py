"""Every field of a report takes whatever is typed, as text and as nothing else; what cannot be printed is refused."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_type_hints

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from quality.printing.errors import PrintingError
from quality.printing.pictures import at_print_size
from quality.printing.prepared import PrintPicture
from quality.printing.templates import print_html
from quality.reports.render import report_body, report_pdf
from quality.reports.snapshot import Photograph, Snapshot
from tests.builders.report_any import photograph_files
from tests.builders.report_snapshots import a_large_snapshot, a_snapshot, a_tiny_snapshot
from tests.printing.documents import opened, tags_of, text_of
from tests.reports.test_any_report import (
    ATTRIBUTES,
    ELEMENTS,
    FORBIDDEN,
    addresses_in,
    is_stream,
    names_in,
    squeezed,
)
from tests.reports.tokens import Filler

TYPED = (
    "<script>alert(1)</script><img src=x onerror=alert(2)><a href='javascript:alert(3)'>a</a></style></title></p>"
    "<style>@import url(file:///etc/passwd);</style><link rel=attachment href=data:,x>{{ 7*7 }}<!-- ]]> -->"
)
DERIVED = {"schema_version", "manifest", "photographs"}


def a_report_of(text: str) -> tuple[Snapshot, list[str]]:
    """A report with this text in every field that holds text, between marks; and what must be found in it."""
    filler = Filler(0)
    filler.words = text
    hints = {name: hint for name, hint in get_type_hints(Snapshot).items() if name not in DERIVED}
    given = {name: filler.fill(hint, name) for name, hint in hints.items()}
    photographs = tuple(
        a_photograph(sha256, caption=filler.fill(str, "caption"), shows=filler.fill(str, "shows"))
        for sha256 in photograph_files()
    )
    return a_snapshot(**given, photographs=photographs), filler.seen


def a_photograph(sha256: str, **changes: Any) -> Photograph:
    """A photograph of the lounge."""
    usual = Photograph(
        sha256=sha256,
        width=48,
        height=40,
        caption="Lounge",
        shows="A lounge",
        standard_code=None,
        taken_on=None,
    )
    return replace(usual, **changes)


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a report."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_in(getattr(value, field.name))


def with_finding(**changes: Any) -> Snapshot:
    """The usual report with one finding, of which these fields are different."""
    return a_snapshot(findings=(replace(a_snapshot().findings[2], **changes),))


def test_markup_typed_into_every_field_stays_text_on_the_page() -> None:
    report, marks = a_report_of(TYPED)
    assert sum(TYPED in text for text in texts_in(report)) > 150
    page = BeautifulSoup(report_body(report), "html.parser")
    assert {element.name for element in page.find_all(True)} <= ELEMENTS
    assert {name.lower() for element in page.find_all(True) for name in element.attrs} <= ATTRIBUTES
    assert {str(link["href"])[:8] for link in page.find_all(href=True)} <= {"https://"} | {
        str(link["href"])[:8] for link in page.select("[href^='#']")
    }
    text = page.get_text() + "".join(str(picture["alt"]) for picture in page.find_all("img"))
    missing = [mark for mark in marks if mark not in text and mark not in str(page)]
    assert missing == []
    assert squeezed(text).count(squeezed(TYPED)) > 100


@pytest.mark.slow
def test_markup_typed_into_every_field_stays_text_in_the_document() -> None:
    report, marks = a_report_of(TYPED)
    pdf = report_pdf(report, photograph_files())
    document, text = opened(pdf), text_of(pdf)
    assert text.count("alert(1)") > 100
    spoken = text + "".join(str(figure.Alt) for figure in tags_of(document, "/Figure"))
    assert [mark for mark in marks if "".join(mark.split()) not in "".join(spoken.split())] == []
    assert set(names_in(document)).isdisjoint(FORBIDDEN)
    assert {address[:24] for address in addresses_in(document)} == {"https://www.example.org/"}
    assert "root:" not in text


HOSTILE_TEXTS = {
    "200,000 letters": "The round began at half past eight and one nurse did it alone. " * 3175,
    "a word of 200,000 letters": "x" * 200_000,
    "5,000 empty lines": "before" + "\n" * 5_000 + "after",
    "from right to left": "زرنا المنزل مرتين ורأינו 12 רשומות. " * 300,
    "marks upon marks": "e" + "\u0301" * 20_000,
    "families and flags": "👩‍👩‍👧‍👦🏳️‍🌈🇬🇧 " * 200,
    "what nobody can draw": "\ue000\U0010fffd\u0378\U000e0041\ufdd0 " * 50,
    "halves, nothings and controls": "\ud83d \udc4d \x00\x01\x1b[2J\x7f\x85 \u2028\u2029 \u202e\u2066 \ufeff\ufffe",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS.keys())
def test_a_finding_of_any_kind_is_printed_whole(text: str) -> None:
    usual = with_finding(found=f"Beginning. {text} Ending.")
    # The files inside a report are UTF-8, which has no halves of pairs: the database holds none either.
    report = Snapshot.from_json(usual.as_json().encode("utf-8", "replace").decode())
    said = text_of(report_pdf(report))
    assert said.count("Beginning.") == said.count("Ending.") == 1
    assert said.count("x") >= text.count("x")
    assert said.count("nurse") >= text.count("nurse")


def test_half_a_pair_of_characters_is_refused_in_a_sentence() -> None:
    with pytest.raises(PrintingError, match="half of a character"):
        report_pdf(with_finding(found="Seen \ud83d today"))
    with pytest.raises(PrintingError, match="after “Seen ” it holds half of a character"):
        report_body(with_finding(found="Seen \ud83d today"))


@pytest.mark.slow
def test_a_council_with_an_awkward_name_has_it_printed() -> None:
    name = "\"Northmere\" & 'Sons'\n<Council> " + "of Larkfield and its villages " * 9
    council = replace(a_snapshot().council, name=name[:300])
    pdf = report_pdf(a_snapshot(council=council))
    assert "".join(name[:300].split()) in text_of(pdf)
    document = opened(pdf)
    assert document.docinfo["/Author"] == " ".join(name[:300].split())


@pytest.mark.parametrize(
    "colour", ["", "red", "#12345", "#12345g", "#123456; } p { display: none", "url(x)", "\n"]
)
def test_a_colour_that_is_none_is_refused(colour: str) -> None:
    with pytest.raises(PrintingError, match="colour must be written like #1d5b7a"):
        report_pdf(a_snapshot(council=replace(a_snapshot().council, colour=colour)))


@pytest.mark.parametrize("template", ["reports/print/report.html", "reports/_body.html"])
def test_a_value_that_is_missing_is_named_and_never_left_blank(template: str) -> None:
    with pytest.raises(PrintingError, match=r"needs a value it was not given.*undefined"):
        print_html(template, report=a_tiny_snapshot())


def prepared(count: int) -> dict[str, PrintPicture]:
    """So many different photographs, lying and standing, as they are printed, by SHA-256."""
    pictures = {}
    for number in range(count):
        file = io.BytesIO()
        size = (800, 600) if number % 2 else (600, 800)
        Image.linear_gradient("L").resize(size).rotate(number).save(file, "JPEG")
        made = at_print_size(file.getvalue())
        pictures[hashlib.sha256(made.content).hexdigest()] = made
    return pictures


@pytest.mark.slow
def test_two_hundred_photographs_are_all_shown_as_they_were_prepared() -> None:
    pictures = prepared(200)
    shown = tuple(
        a_photograph(sha256, caption=f"View {number};", width=one.width, height=one.height)
        for number, (sha256, one) in enumerate(pictures.items())
    )
    files = {sha256: one.content for sha256, one in pictures.items()}
    pdf = report_pdf(a_snapshot(photographs=shown), files)
    document = opened(pdf)
    assert len(tags_of(document, "/Figure")) == 201
    assert {int(number) for number in re.findall(r"View(\d+);", text_of(pdf))} == set(range(200))
    drawn = [one.read_raw_bytes() for one in document.objects if is_stream(one, "/Image")]
    assert sorted(drawn) == sorted(files.values())


def broken_pictures() -> dict[str, bytes]:
    """Files that were damaged after they were prepared, or never were."""
    (_, whole), *_ = photograph_files().items()
    bomb = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x75\x30\x00\x00\x75\x30\x08\x02\x00\x00\x00\xf3\xad\xd5\x0f"
    return {
        "half": whole[: len(whole) // 2],
        "a bomb": bomb,
        "words": b"\xff\xd8\xffNot a picture",
        "nothing": b"",
    }


@pytest.mark.slow
@pytest.mark.parametrize("file", broken_pictures().values(), ids=broken_pictures().keys())
def test_a_broken_photograph_is_refused_in_a_sentence(file: bytes) -> None:
    sha256 = hashlib.sha256(file).hexdigest()
    with pytest.raises(PrintingError, match=r"photograph.*leave it out"):
        report_pdf(a_snapshot(photographs=(a_photograph(sha256),)), {sha256: file})


@pytest.mark.slow
def test_four_hundred_questions_are_all_answered() -> None:
    report = a_snapshot(domains=a_large_snapshot(times=24).domains, findings=())
    assert report.manifest.answers >= 400
    text = text_of(report_pdf(report))
    assert f"{report.manifest.answers:,}answers" in text
    titles = {f"{domain.title}".replace(" ", "") for domain in report.domains}
    assert not [title for title in titles if title not in text]


@pytest.mark.slow
def test_deep_lists_of_reasons_are_printed() -> None:
    usual = a_snapshot()
    reasons = tuple(f"Reason {number};" for number in range(600))
    text = text_of(
        report_pdf(a_snapshot(judgement=replace(usual.judgement, reasons=reasons), limits=reasons))
    )
    assert text.count("Reason599;") == 2
