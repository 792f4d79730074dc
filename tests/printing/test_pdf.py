"""Bytes that can be trusted: tagged, complete, and the same each time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from quality.printing.errors import PrintingError
from quality.printing.fonts import ROOT
from tests.printing.documents import NOON, a_pdf, opened, read_aloud, tags_of, text_of

TABLE = """
<table>
  <caption>Records</caption>
  <thead><tr><th scope="col">Kind</th><th scope="col">Read</th></tr></thead>
  <tbody><tr><th scope="row">Care plans</th><td>8</td></tr><tr><th scope="row">Rotas</th><td>4</td></tr></tbody>
</table>
"""
DRAWING = '<svg width="40" height="10"><title>Three of four</title><rect width="30" height="10"/></svg>'
RUNNING_HEAD = (
    '@page { @top-left { content: "Running head" } @bottom-right { content: "Page " counter(page) } }'
)


def test_a_document_says_it_is_tagged_and_what_it_is_called() -> None:
    pdf = opened(a_pdf(author="Northmere County Council"))
    assert bool(pdf.Root.MarkInfo.Marked)
    assert pdf.Root.Lang == "en-GB"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert pdf.docinfo["/Title"] == "A visit"
    assert pdf.docinfo["/Author"] == "Northmere County Council"
    assert pdf.docinfo["/CreationDate"] == "D:20260612120000Z"
    with pdf.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert metadata["dc:title"] == "A visit"
    assert all(page.Tabs == "/S" for page in pdf.pages)


def test_headings_become_bookmarks() -> None:
    with opened(a_pdf("<h1>Report</h1><h2>Findings</h2><p>Text</p><h2>Next</h2>")).open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Report"]
        assert [entry.title for entry in outline.root[0].children] == ["Findings", "Next"]


def test_every_heading_cell_says_whether_it_heads_a_column_or_a_row() -> None:
    pdf = opened(a_pdf(TABLE))
    cells = tags_of(pdf, "/TH")
    assert [str(cell.A.Scope) for cell in cells] == ["/Column", "/Column", "/Row", "/Row"]


def test_cells_can_be_looked_up_by_the_identifiers_other_cells_use() -> None:
    pdf = opened(a_pdf(TABLE))
    names = [str(name) for name in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]
    used = {str(name) for cell in tags_of(pdf, "/TD") for name in cell.A.Headers}
    assert names == sorted(names)
    assert len(used) == 3
    assert used <= set(names)


def test_running_heads_are_page_furniture_and_are_not_read_aloud(tmp_path: Path) -> None:
    pdf = a_pdf("<p>Body text</p>", RUNNING_HEAD)
    assert "Runninghead" in text_of(pdf)
    assert read_aloud(pdf, tmp_path) == "Bodytext"
    page = opened(pdf)
    content = page.pages[0].Contents.read_bytes()
    assert content.count(b"/Artifact\n<</Type /Pagination>>") == 2


def test_every_mark_on_a_page_belongs_to_an_element_of_the_tag_tree_or_to_none() -> None:
    pdf = opened(a_pdf(f"<h1>One</h1>{TABLE}<p style='break-before: page'>Two</p>", RUNNING_HEAD))
    tree = {element.objgen for kind in ("/Span", "/Link", "/Figure") for element in tags_of(pdf, kind)}
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners: list[Any] = [owner for page in numbers[1::2] for owner in page]
    assert len(owners) > 8
    assert all(owner is None or owner.objgen in tree for owner in owners)
    assert sum(owner is None for owner in owners) == 4


def test_a_link_is_announced_in_words() -> None:
    body = '<h2 id="d0">F</h2><p><a href="#d0">Our findings</a>, <a href="https://www.cqc.org.uk/">CQC’s site</a></p>'
    pdf = opened(a_pdf(body))
    assert [str(annotation.Contents) for annotation in pdf.pages[0].Annots] == ["Our findings", "CQC’s site"]


def test_a_figure_has_words_and_its_place_on_the_page() -> None:
    pdf = opened(
        a_pdf(DRAWING, "@page { size: 200px 100px; margin: 10px } body { margin: 0 } svg { display: block }")
    )
    (figure,) = tags_of(pdf, "/Figure")
    assert figure.Alt == "Three of four"
    assert [float(side) for side in figure.A.BBox] == [7.5, 60.0, 37.5, 67.5]


def test_a_figure_without_words_is_refused() -> None:
    with pytest.raises(PrintingError, match="picture without words"):
        a_pdf(DRAWING.replace("<title>Three of four</title>", ""))


def test_the_same_input_gives_the_same_bytes() -> None:
    assert a_pdf(TABLE + DRAWING, RUNNING_HEAD) == a_pdf(TABLE + DRAWING, RUNNING_HEAD)


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import hashlib; from tests.printing.documents import a_pdf; from tests.printing.test_pdf import *;"
        "print(hashlib.sha256(a_pdf(TABLE + DRAWING, RUNNING_HEAD)).hexdigest())"
    )
    environment = {"PYTHONHASHSEED": "4242", "HOME": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == hashlib.sha256(a_pdf(TABLE + DRAWING, RUNNING_HEAD)).hexdigest()


def test_only_our_own_font_is_used_for_names_common_in_england() -> None:
    names = "Łukasz Wójcik, Ștefan Țepeș, Çağla Şahin, Jānis Bērziņš, Zoë O’Hara, Siân"
    written = a_pdf(f"<p>{names} <b>{names}</b></p>")
    assert text_of(written) == "".join(names.split()) * 2
    pdf = opened(written)
    fonts = sorted(str(font.BaseFont).split("+")[1] for font in pdf.pages[0].Resources.Font.values())
    assert fonts == ["Printed", "Printed-Bold", "Printed-Extended", "Printed-Extended-Bold"]


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(PrintingError, match="no time zone"):
        a_pdf(created=datetime(2026, 6, 12, 12, 0))  # noqa: DTZ001  # The fault under test.


def test_a_moment_is_written_in_utc() -> None:
    local = datetime.fromisoformat("2026-06-12T13:00:00+01:00")
    assert local == NOON
    assert a_pdf(created=local) == a_pdf(created=NOON)


@pytest.mark.parametrize(
    "body",
    ['<p><a href="#nowhere">Findings</a></p>', "<style>p { colour: red }</style><p>Text</p>"],
    ids=["link", "rule"],
)
def test_what_the_renderer_only_warns_of_stops_the_document(body: str) -> None:
    with pytest.raises(PrintingError, match="The document was not made"):
        a_pdf(body)
