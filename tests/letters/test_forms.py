"""The forms of a letter: an accessible PDF, a text document, and whatever was typed stays text."""

from __future__ import annotations

import dataclasses
import io
from functools import cache
from pathlib import Path
from typing import Any

import odfdo
import pytest

from quality.letters.kinds import LetterKind
from quality.letters.letter import Council, Letter
from quality.letters.render import letter_body, letter_odt, letter_pdf, printed
from tests.letters.letters import a_letter, words_of
from tests.printing.documents import text_of
from tests.printing.standards.complaints import complaints
from tests.printing.standards.order import words_heard, words_of_page
from tests.printing.standards.outside import outloud_says, pdfua_says, qpdf_says
from tests.printing.standards.tree import Document
from tests.reports.hostile import HOSTILE

pytestmark = pytest.mark.slow


@cache
def written(kind: LetterKind) -> bytes:
    """The PDF of a letter."""
    return letter_pdf(a_letter(kind))


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_keeps_every_rule_of_an_accessible_document(kind: LetterKind, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(written(kind))
    assert complaints(written(kind)) == []
    assert outloud_says(path) == []
    assert pdfua_says(path) == []
    assert qpdf_says(path) == ""


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_is_heard_in_the_order_of_its_page(kind: LetterKind) -> None:
    html, _ = printed(a_letter(kind))
    document = Document(written(kind))
    assert words_heard(document) == words_of_page(html, document)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_form_says_all_of_the_letter(kind: LetterKind) -> None:
    letter = a_letter(kind)
    pdf = text_of(written(kind))
    odt = _pressed(_text_of_odt(letter_odt(letter)))
    web = _pressed(letter_body(letter, level=1).striptags())
    for words in words_of(letter).splitlines():
        assert _pressed(words) in pdf
        assert _pressed(words) in odt
        assert _pressed(words) in web


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter = a_letter(LetterKind.OUTCOME)
    assert letter_pdf(letter) == written(LetterKind.OUTCOME)
    assert letter_odt(letter) == letter_odt(letter)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_stands_in_a_field_stays_text(text: str) -> None:
    letter = _with_text_everywhere(a_letter(LetterKind.PLAN_REMINDER), text)
    assert isinstance(letter, Letter)
    said = complaints(letter_pdf(letter))
    # A heading with nothing in it is nothing that anybody can type, so only a letter with words is held to the rules.
    assert said == [] or not text.strip()
    assert letter_odt(letter).startswith(b"PK")
    body = str(letter_body(letter, level=1))
    assert "<script" not in body
    assert "<img" not in body


def test_markup_is_shown_as_it_was_typed() -> None:
    letter = _with_text_everywhere(a_letter(LetterKind.PLAN_REMINDER), HOSTILE["markup"])
    typed = "<script>alert(1)</script><imgsrc=xonerror=alert(1)>{{7*7}}"
    assert text_of(letter_pdf(letter)).count(typed) > 10
    assert _pressed(_text_of_odt(letter_odt(letter))).count(typed) > 10


def _with_text_everywhere(value: Any, text: str) -> Any:
    if isinstance(value, Council):
        return dataclasses.replace(value, name=text if text.strip() else value.name, contact=text)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [field.name for field in dataclasses.fields(value)]
        return dataclasses.replace(
            value, **{name: _with_text_everywhere(getattr(value, name), text) for name in fields}
        )
    if isinstance(value, tuple):
        return tuple(_with_text_everywhere(part, text) for part in value)
    return text if isinstance(value, str) else value


def _pressed(text: str) -> str:
    return "".join(text.split())


def _text_of_odt(odt: bytes) -> str:
    body = odfdo.Document(io.BytesIO(odt)).body
    return "\n".join(str(one.inner_text) for one in body.get_elements("//text:p|//text:h"))
