"""Files travel inside a document unchanged, named, described and dated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quality.printing.attachments import Attachment
from quality.printing.errors import PrintingError
from tests.printing.documents import NOON, a_pdf, opened

DATA = Attachment(
    name="report.json",
    media_type="application/json",
    description="The report as data",
    content='{"name": "Ł"}'.encode(),
)
ANSWERS = Attachment(
    name="answers.csv", media_type="text/csv", description="Every answer", content=b"question,answer\r\n"
)


def test_a_file_comes_out_as_it_went_in() -> None:
    with opened(a_pdf(attachments=[DATA, ANSWERS])) as pdf:
        assert list(pdf.attachments) == ["answers.csv", "report.json"]
        for one in (DATA, ANSWERS):
            inside = pdf.attachments[one.name]
            assert inside.description == one.description
            assert inside.get_file().read_bytes() == one.content
            assert inside.get_file().mime_type == one.media_type


def test_a_file_says_that_it_is_the_data_of_the_document_and_its_moment() -> None:
    with opened(a_pdf(attachments=[ANSWERS, DATA])) as pdf:
        listed = list(pdf.Root.AF)
        assert [str(one.UF) for one in listed] == ["answers.csv", "report.json"]
        assert {str(one.AFRelationship) for one in listed} == {"/Data"}
        for one in listed:
            assert one.EF.F.Params.ModDate == one.EF.F.Params.CreationDate == f"D:{NOON:%Y%m%d%H%M%S}Z"


def test_the_same_files_give_the_same_bytes_in_whatever_order_they_come() -> None:
    assert a_pdf(attachments=[DATA, ANSWERS]) == a_pdf(attachments=[ANSWERS, DATA])
    assert a_pdf(attachments=[DATA]) != a_pdf()


@pytest.mark.parametrize(
    "faulty",
    [
        replace(DATA, name="../report.json"),
        replace(DATA, name="Łarkfield.json"),
        replace(DATA, media_type="json"),
        replace(DATA, media_type="a/b>> /JS"),
        replace(DATA, description=""),
    ],
)
def test_a_faulty_file_is_refused(faulty: Attachment) -> None:
    with pytest.raises(PrintingError, match="needs a name in plain letters"):
        a_pdf(attachments=[faulty])


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(PrintingError, match="same name"):
        a_pdf(attachments=[DATA, replace(ANSWERS, name=DATA.name)])


def test_two_files_of_one_content_are_both_there() -> None:
    with opened(a_pdf(attachments=[DATA, replace(DATA, name="again.json")])) as pdf:
        assert len(pdf.attachments) == len(list(pdf.Root.AF)) == 2
