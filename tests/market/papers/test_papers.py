"""Papers of the market: every word and number stands in the PDF and in the spreadsheet."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import odfdo
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.market.papers import Paper, PaperTable, Section, paper_ods, paper_pdf

WHO = PaperTable(
    "Who", "Services that were audited", ("Service", "Visits"), (("Larkfield House", 3), ("Fen & Co", 1_200))
)
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 10"><title>A drawing</title>'
    '<text x="1" y="5">Drawn</text></svg>'
)


def a_paper(*sections: Section) -> Paper:
    """A paper of these sections."""
    return Paper(
        title="Evidence",
        council="Northmere",
        colour="#1d5b7a",
        as_at=date(2026, 3, 31),
        made_at=datetime(2026, 4, 1, 9, tzinfo=UTC),
        lead=("What the council knows.",),
        sections=sections,
        sources=("CQC, Open Government Licence v3.0.",),
    )


def words_of(pdf: bytes) -> str:
    """All that a PDF says, in one line."""
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())


def sheets_of(ods: bytes) -> dict[str, list[list[object]]]:
    """The cells of a spreadsheet by sheet."""
    tables = odfdo.Document(io.BytesIO(ods)).body.tables
    return {str(table.name): [list(row) for row in table.iter_values()] for table in tables}


def test_a_pdf_says_all_that_the_paper_does() -> None:
    said = words_of(paper_pdf(a_paper(Section("Coverage", ("Two of ninety.",), CHART, (WHO,)))))
    for words in (
        "Evidence",
        "Northmere",
        "31 March 2026",
        "What the council knows.",
        "Two of ninety.",
        "Fen & Co",
    ):
        assert words in said
    for words in (
        "1,200",
        "Drawn",
        "Open Government Licence v3.0",
        "Services that were audited",
        "Page 1 of 1",
    ):
        assert words in said


def test_the_same_paper_gives_the_same_bytes() -> None:
    paper = a_paper(Section("Coverage", tables=(WHO,)))
    assert paper_pdf(paper) == paper_pdf(paper)


def test_a_long_table_is_cut_in_print_and_says_so_and_whole_in_the_spreadsheet() -> None:
    rows = tuple((f"Service number {number}", number) for number in range(40))
    paper = a_paper(
        Section("All", tables=(PaperTable("All", "All services", ("Service", "No"), rows, most=25),))
    )
    said = words_of(paper_pdf(paper))
    assert "the first 25 of 40" in said
    assert "Service number 24" in said
    assert "Service number 25" not in said
    assert len(sheets_of(paper_ods(paper))["All"]) == 41


def test_numbers_are_numbers_in_the_spreadsheet() -> None:
    sheets = sheets_of(paper_ods(a_paper(Section("Coverage", tables=(WHO,)))))
    assert sheets["Who"] == [["Service", "Visits"], ["Larkfield House", 3], ["Fen & Co", 1200]]
    assert ["As at", "31 March 2026"] in sheets["Read me"]


@pytest.mark.parametrize(
    "name", ["", "a/b:c[d]*?", "An exceedingly long name of a sheet that no program takes"]
)
def test_two_tables_of_one_name_have_sheets_of_their_own(name: str) -> None:
    table = PaperTable(name, "Caption", ("Only",), (("cell",),))
    sheets = sheets_of(paper_ods(a_paper(Section("Coverage", tables=(table, table)))))
    assert len(sheets) == 3
    assert all(len(one) <= 31 for one in sheets)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=60))
@settings(max_examples=25, deadline=None)
def test_whatever_is_typed_is_told_and_never_markup(typed: str) -> None:
    table = PaperTable("Typed", "Typed", ("What",), ((f"<b>{typed}</b>",),))
    cell = sheets_of(paper_ods(a_paper(Section("Typed", tables=(table,)))))["Typed"][1][0]
    assert cell == f"<b>{typed}</b>" or str(cell).split() == f"<b>{typed}</b>".split()
