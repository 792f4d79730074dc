"""A paper as a text document: all that is printed stands in it, to be edited."""

from __future__ import annotations

import io

import odfdo
import pytest

from quality.market.papers import Section, paper_odt
from tests.market.papers.test_papers import CHART, WHO, a_paper
from tests.reports.hostile import HOSTILE


def _text_of(odt: bytes) -> str:
    body = odfdo.Document(io.BytesIO(odt)).body
    return "\n".join(str(one.inner_text) for one in body.get_elements("//text:p|//text:h"))


def test_a_text_document_says_all_that_the_paper_does() -> None:
    paper = a_paper(Section("Coverage", ("Two of ninety.",), CHART, (WHO,)))
    said = _text_of(paper_odt(paper))
    for words in (
        "Evidence",
        "Northmere",
        "31 March 2026",
        "Coverage",
        "Two of ninety.",
        "Fen & Co",
        "1,200",
    ):
        assert words in said
    assert "A drawing" in said, "A chart is told in words."
    assert paper_odt(paper) == paper_odt(paper)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_stands_in_a_paper_stays_text(text: str) -> None:
    odt = paper_odt(a_paper(Section(text, (f"</body> {text}",))))
    assert odfdo.Document(io.BytesIO(odt)).get_type() == "text"
    assert "</body>" in _text_of(odt)
