"""The first words of a report are words anybody can read."""

from __future__ import annotations

from dataclasses import replace

from quality.reports.snapshot import FindingKind
from quality.reports.summary import summary_sentences
from tests.builders.report_judgements import level
from tests.builders.report_snapshots import a_snapshot, a_tiny_snapshot, an_audit


def test_a_usual_report_is_summed_up() -> None:
    assert summary_sentences(a_snapshot()) == (
        "Northmere County Council visited Larkfield House on 12 and 13 May 2026 to look at the quality of care. "
        "The service did not know we were coming.",
        "We spoke with 21 people and looked at 45 records.",
        "Our overall judgement is: Needs work.",
        "We found 2 things that must improve, 2 things where improvement is needed and 2 examples of good practice.",
    )


def test_one_of_a_kind_is_said_in_the_singular() -> None:
    report = a_snapshot()
    one = tuple(report.findings_of(kind)[0] for kind in FindingKind)
    audit = replace(an_audit(), announced=True, spoken_to=an_audit().spoken_to[-1:], sampled=())
    summary = summary_sentences(a_snapshot(findings=one, audit=audit))
    assert summary[0].endswith("The service knew we were coming.")
    assert summary[1] == "We spoke with 1 person."
    assert (
        summary[3]
        == "We found 1 thing that must improve, 1 thing where improvement is needed and 1 example of good practice."
    )


def test_what_was_not_done_is_not_claimed() -> None:
    assert summary_sentences(a_tiny_snapshot()) == (
        "Northmere County Council looked at the quality of care at Larkfield House without visiting it.",
        "We did not see enough to make an overall judgement.",
        "We recorded no separate findings.",
    )


def test_the_judgement_is_in_the_words_of_the_framework() -> None:
    judgement = replace(a_snapshot().judgement, level=level(3))
    assert "Our overall judgement is: Strong." in summary_sentences(a_snapshot(judgement=judgement))
