"""The committee paper says of movers and pairs what is so, and a correction moves no audit into another year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from quality.audits.lifecycle import MoveName
from quality.core.clock import supposing, today
from quality.market.council.committee import Mover, committee_paper
from quality.market.papers.council import committee_as_paper
from quality.reports.operations import finish_report, number_report
from quality.scoring import AnswerValue
from tests.builders.audits import a_manager, go
from tests.builders.editions import days_ago, noon
from tests.builders.people import a_council
from tests.builders.register import an_edition
from tests.builders.services import a_service
from tests.databases import Database
from tests.market.council.builders import a_plain_audit, an_issued_audit
from tests.printing.documents import NOON


def moved(before: str | None, after: str | None) -> str:
    earlier, later = (a_plain_audit(date(2026, 1, 1), level) for level in (before, after))
    return Mover(earlier, later).moved


def test_a_service_moves_up_down_not_at_all_or_cannot_be_compared() -> None:
    assert moved("Needs work", "Strong") == "Up"
    assert moved("Strong", "Sound") == "Down"
    assert moved("Sound", "Sound") == "No"
    assert moved("Sound", None) == moved(None, "Sound") == "Cannot be compared"
    before = a_plain_audit(date(2025, 1, 1), "Sound")
    after = replace(a_plain_audit(date(2026, 1, 1), "Sound"), levels=("Sound", "Poor"))
    assert Mover(before, after).moved == "Cannot be compared"


def test_a_correction_moves_no_audit_into_another_year(session: Database) -> None:
    council, edition = a_council(session), an_edition(session, days_ago(1000))
    audit = an_issued_audit(session, council, a_service(session, council, edition=edition), days_ago(500))
    with supposing(noon(days_ago(5))):
        go(audit, MoveName.CORRECT, a_manager(session, council), "The date was wrong.")
        go(audit, MoveName.SEND_FOR_REVIEW, audit.lead)
        go(audit, MoveName.APPROVE, a_manager(session, council))
        finish_report(number_report(audit.id).id, b"%PDF-1.7 corrected")
    paper = committee_paper(council.id, today())
    assert (len(paper.before.audits), len(paper.now.audits)) == (1, 0)
    assert paper.before.audits[0].report.endswith("-2")


def test_the_paper_says_what_its_page_says(session: Database) -> None:
    council, edition = a_council(session), an_edition(session, days_ago(1000))
    service = a_service(session, council, edition=edition)
    an_issued_audit(session, council, service, days_ago(500), everything=AnswerValue.PARTLY)
    an_issued_audit(session, council, service, days_ago(30))
    paper = committee_paper(council.id, today())
    levels, both, *_ = committee_as_paper(paper, colour="#1d5b7a", made_at=NOON).sections
    assert {row[0]: row[1:] for row in levels.tables[0].rows}["Strong"] == (0, 1)
    assert both.paragraphs[0] == "1 service was audited in both years."
    assert (
        "0 of 1 (0%) were at or above our line in the year before and 1 of 1 (100%) in this"
        in both.paragraphs[1]
    )
    assert "1 rose above it and 0 fell below" in both.paragraphs[1]
    assert [row[-1] for row in both.tables[0].rows] == ["Up"]


def test_a_paper_without_audits_says_so_in_a_sentence(session: Database) -> None:
    council = a_council(session)
    an_edition(session, days_ago(1000))
    first, *_ = committee_as_paper(
        committee_paper(council.id, today()), colour="#1d5b7a", made_at=NOON
    ).sections
    assert first.paragraphs == ("No report was issued in these two years.",)
    assert first.tables == ()
