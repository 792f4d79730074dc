"""The JSON, the CSV and the text document of a report hold what its snapshot holds, value by value."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import jsonschema
import odfdo
import pytest
from lxml import etree

from quality.core.csv_files import cell
from quality.printing.odt import odt_of
from quality.reports.data import CSV_HEADINGS, report_csv, report_json
from quality.reports.render import report_pdf
from quality.reports.schema import report_schema
from quality.reports.snapshot import Snapshot
from quality.reports.text_document import report_odt
from tests.builders.report_snapshots import a_snapshot, a_tiny_snapshot
from tests.printing.documents import opened
from tests.reports.tokens import a_report_of_tokens

REPORTS = [a_snapshot(), a_tiny_snapshot(), a_report_of_tokens(3)[0]]


def _leaves(data: Any, place: str = "") -> dict[str, Any]:
    """Every value of the JSON by its place; what is absent and what is empty has none."""
    if isinstance(data, dict):
        parts = [(f"{place}.{name}" if place else name, value) for name, value in data.items()]
    elif isinstance(data, list):
        parts = [(f"{place}[{number}]", value) for number, value in enumerate(data)]
    else:
        return {} if data is None else {place: data}
    return {at: leaf for name, value in parts for at, leaf in _leaves(value, name).items()}


def _words_of(odt: bytes) -> str:
    """All text of the document and the words of its pictures, the spaces taken out."""
    content = etree.fromstring(zipfile.ZipFile(io.BytesIO(odt)).read("content.xml"))
    links = [str(address) for address in content.xpath("//@*[local-name() = 'href']")]
    return "".join("".join([*content.itertext(), *links]).split())


@pytest.mark.parametrize("report", REPORTS)
def test_the_json_is_the_snapshot_and_keeps_to_its_schema(report: Snapshot) -> None:
    data = json.loads(report_json(report))
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema, format_checker=jsonschema.FormatChecker())
    assert Snapshot.from_json(report_json(report).decode()) == report


@pytest.mark.parametrize(
    ("part", "value"),
    [("schema_version", 2), ("number", 7), ("issued_at", None), ("extra", "x"), ("findings", [{}])],
)
def test_what_is_no_report_does_not_keep_to_the_schema(part: str, value: Any) -> None:
    data = json.loads(report_json(a_snapshot()))
    data[part] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, report_schema())


def test_the_schema_says_what_each_part_means() -> None:
    for name, part in report_schema()["$defs"].items():
        assert part["description"].endswith("."), name


@pytest.mark.parametrize("report", REPORTS)
def test_the_csv_has_each_value_of_the_json_once_at_its_place(report: Snapshot) -> None:
    rows = list(csv.reader(io.StringIO(report_csv(report).decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == CSV_HEADINGS
    told = {place: value for place, _, _, _, value in rows[1:]}
    assert len(told) == len(rows) - 1
    leaves = _leaves(json.loads(report_json(report)))
    assert told == {place: str(cell(value)) for place, value in leaves.items()}


def test_a_row_of_the_csv_says_of_what_it_tells() -> None:
    rows = list(csv.reader(io.StringIO(report_csv(a_snapshot()).decode("utf-8-sig"), newline="")))
    place = "domains[1].standards[1].answers[0].answer"
    assert [place, "Answer", "2.2.1", "answer", "Not met"] in rows


def test_the_text_document_says_every_text_number_and_date() -> None:
    report, tokens = a_report_of_tokens(3)
    words = _words_of(report_odt(report))
    assert [token for token in tokens if "".join(token.split()) not in words] == []


def test_the_text_document_has_headings_tables_with_headings_and_its_language() -> None:
    document = odfdo.Document(io.BytesIO(report_odt(a_snapshot())))
    headings = document.body.get_headers()
    assert [(str(one.level), one.text_recursive) for one in headings[:3]] == [
        ("1", "Larkfield House"),
        ("2", "Summary"),
        ("3", "Our visit"),
    ]
    assert all(
        table.get_elements("table:table-header-rows") for table in document.body.get_elements("//table:table")
    )
    assert document.meta.language == "en-GB"
    assert document.meta.title == "Larkfield House: quality audit report PQ-2026-0004"


def test_the_same_report_gives_the_same_bytes() -> None:
    for form in (report_json, report_csv, report_odt):
        assert form(a_snapshot()) == form(a_snapshot())


def test_a_picture_without_its_file_is_told_in_words() -> None:
    body = '<p>Before</p><img src="gone" alt="A clean kitchen" width="10" height="10"><p>After</p>'
    assert (
        _words_of(odt_of(body, title="T", created=a_snapshot().issued_at))
        == "BeforePicture:AcleankitchenAfter"
    )


def test_the_pdf_holds_the_json_and_the_csv() -> None:
    document = opened(report_pdf(a_snapshot()))
    held = {name: bytes(document.attachments[name].get_file().read_bytes()) for name in document.attachments}
    assert held == {"report.json": report_json(a_snapshot()), "report.csv": report_csv(a_snapshot())}
    assert {str(one.AFRelationship) for one in document.Root.AF} == {"/Data"}
