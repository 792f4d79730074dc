"""What the end of a page parts is one element for whoever hears the document."""

from __future__ import annotations

import pytest

from tests.printing.documents import a_pdf
from tests.printing.standards.complaints import complaints
from tests.printing.standards.order import words_heard, words_of_page
from tests.printing.standards.tree import Document, Element, heard

WORDS = "word " * 40
PARAGRAPHS = "".join(f"<p>Paragraph {number}: {WORDS}</p>" for number in range(30))
ITEMS = "".join(f"<li>Item {number}: {WORDS}</li>" for number in range(40))
NOTES = "".join(f"<dt>Word {number}</dt><dd>{WORDS}</dd>" for number in range(40))
HEAD = '<thead><tr><th scope="col">Kind</th><th scope="col">Read</th></tr></thead>'


def a_row(number: int, words: str = "seven of eight") -> str:
    return f'<tr><th scope="row">Kind {number}</th><td>{words}</td></tr>'


def a_table(rows: str) -> str:
    return f"<table><caption>Records</caption>{HEAD}<tbody>{rows}</tbody></table>"


def printed(body: str) -> Document:
    html = f"<html><body><main><section><h1>A visit</h1>{body}</section></main></body></html>"
    document = Document(a_pdf(f"<main><section><h1>A visit</h1>{body}</section></main>"))
    assert len(document.pages) > 2
    assert complaints(document.bytes) == []
    assert words_heard(document) == words_of_page(html, document)
    return document


def shape(element: Element) -> list[str]:
    return [kid.kind for kid in element.elements]


def test_a_section_and_its_paragraphs_are_whole() -> None:
    document = printed(PARAGRAPHS)
    (part,) = document.root.elements[0].elements
    (section,) = part.elements
    assert shape(section) == ["H1", *["P"] * 30]


@pytest.mark.parametrize("style", ["disc", "none"])
def test_a_list_has_as_many_items_as_it_has(style: str) -> None:
    (one,) = printed(f'<ul style="list-style: {style}">{ITEMS}</ul>').elements("L")
    assert shape(one) == ["LI"] * 40


def test_a_list_of_words_is_whole() -> None:
    (one,) = printed(f"<dl>{NOTES}</dl>").elements("L")
    assert shape(one) == ["LI"] * 80


def test_a_table_is_one_with_its_headings_once() -> None:
    document = printed(a_table("".join(a_row(number) for number in range(120))))
    (table,) = document.elements("Table")
    assert shape(table) == ["Caption", "THead", "TBody"]
    assert len(table.below("TR")) == 121
    columns = {str(cell.source.ID) for cell in table.below("THead")[0].below("TH")}
    for cell in table.below("TD"):
        assert columns & {str(name) for name in cell.source.A.Headers}


def test_a_row_longer_than_a_page_is_one_row() -> None:
    rows = a_row(0) + a_row(1, "word " * 3_000) + a_row(2)
    (table,) = printed(a_table(rows)).elements("Table")
    assert [heard(row)[:5] for row in table.below("TR")] == ["KindR", "Kind0", "Kind1", "Kind2"]


def test_headings_for_which_the_first_page_has_no_room_come_first_all_the_same() -> None:
    high = '<div style="height: 240mm"></div>'
    (table,) = printed(high + a_table(a_row(0, "word " * 3_000))).elements("Table")
    assert shape(table) == ["Caption", "THead", "TBody"]


def test_a_link_over_the_end_of_a_page_can_be_pressed_on_both() -> None:
    link = f'<a href="https://www.cqc.org.uk/">{"word " * 60}</a>'
    high = '<div style="height: 238mm"></div>'
    document = printed(f"{PARAGRAPHS}<section style='break-before: page'>{high}<p>{link}</p></section>")
    *_, paragraph = document.elements("P")
    pages = {document.numbers[one.source.Pg.objgen] for one in paragraph.below("Link")}
    assert len(pages) == 2
