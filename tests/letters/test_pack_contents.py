"""What a pack says is in it: a document that can be heard, and a list that spreadsheets may open."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.core.clock import now
from quality.letters.packs.contents import Contents, contents_csv, contents_pdf
from quality.letters.packs.operations import ask_for_pack, put_together
from tests.databases import Database
from tests.letters.letters import a_line
from tests.letters.packs import a_reader, opened, some_reports
from tests.printing.documents import text_of
from tests.printing.standards.complaints import complaints
from tests.reports.hostile import HOSTILE


@pytest.mark.slow
def test_the_contents_are_an_accessible_document(session: Database) -> None:
    reports = some_reports(session, 2)
    pack = ask_for_pack(
        report_ids=[one.id for one in reports], title="Both", by=a_reader(session, reports[0])
    )
    session.commit()
    put_together(pack.id)
    contents = opened(pack).read("contents.pdf")
    assert complaints(contents) == []
    assert all(one.number in text_of(contents) for one in reports)


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_name_makes_a_table_of_contents(text: str) -> None:
    contents = Contents(
        title=f"Reports {text}",
        council="Northmere",
        colour="#1d5b7a",
        made_at=now(),
        lines=(a_line(service=text, provider=text, judgement=text, note=text),),
    )
    said = complaints(contents_pdf(contents))
    assert said == [] or not text.strip()


@given(st.text(max_size=40))
def test_no_cell_of_the_list_is_run_as_a_formula(text: str) -> None:
    contents = Contents(
        title="All", council="Northmere", colour="#1d5b7a", made_at=now(), lines=(a_line(service=text),)
    )
    rows = list(csv.reader(io.StringIO(contents_csv(contents).decode("utf-8-sig"), newline="")))
    assert len(rows) == 2
    assert not rows[1][3].lstrip().startswith(("=", "+", "-", "@"))
