"""The council's judgement beside CQC's ratings: both with their dates, each on its own scale, never in one column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template

from quality.audits.lifecycle import State
from quality.core.clock import LONDON, supposing, today
from quality.cqc import DOMAINS, RatingWord
from quality.people.models import Person
from quality.people.permissions import Role
from quality.ratings.queries import current_ratings
from quality.reports.models import Report
from quality.reports.queries import issued_judgement_of
from quality.reports.snapshot import Snapshot
from quality.services.models import Service
from tests.builders.audits import an_audit, an_officer
from tests.builders.people import a_council, a_person
from tests.builders.reports import a_report
from tests.builders.services import a_service, rated
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]
CQC_WORDS = {word.words for word in RatingWord if word.is_rating}


@pytest.fixture
def service(session: Database) -> Service:
    """A service that CQC rated."""
    return rated(session, a_service(session), "Requires improvement", on=date(2025, 5, 6))


@pytest.fixture
def report(session: Database, service: Service) -> Report:
    """The council's issued report about it."""
    return a_report(session, service=service, pdf=b"%PDF-1.7 issued")


@pytest.fixture
def officer(session: Database) -> Person:
    return an_officer(session, a_council(session))


def shown(app: Flask, service: Service, officer: Person) -> BeautifulSoup:
    """What the service's page includes, by itself."""
    with app.test_request_context():
        words = render_template(
            "ratings/beside.html",
            service=service,
            groups=current_ratings(service.id),
            issued=issued_judgement_of(service.id, officer),
        )
    return BeautifulSoup(words, "html5lib")


def test_the_judgement_shown_is_what_the_issued_report_says(report: Report, officer: Person) -> None:
    said = Snapshot.from_json(report.snapshot)
    found = issued_judgement_of(report.audit.service_id, officer)
    assert found is not None
    assert (found.number, found.issued_on) == (report.number, today())
    assert found.visited_on == said.audit.visited_on
    assert found.overall.words == said.judgement.level.words
    assert [line.words for line in found.domains] == [one.judgement.level.words for one in said.domains]
    assert [line.title for line in found.domains] == [
        f"{number} {one.title}" for number, one in enumerate(said.domains, 1)
    ]
    assert found.scale == tuple(band.words for band in reversed(said.method.bands))
    assert found.overall.rank == found.scale.index(found.overall.words)


def test_every_standard_stands_beside_the_key_questions_its_questions_speak_to(
    report: Report, officer: Person
) -> None:
    found = issued_judgement_of(report.audit.service_id, officer)
    assert found is not None
    expected: dict[str, set[str]] = {domain: set() for domain in DOMAINS[1:]}
    for standard in report.audit.framework_version.standards:
        for question in standard.questions:
            if report.audit.service_type.value in question.service_types:
                domain = question.key_question.replace("_", "-").capitalize()
                expected[domain].add(f"{standard.code} {standard.title}")
    assert {row.key_question: set(row.standards) for row in found.crosswalk} == expected


def test_no_table_and_no_column_holds_both_scales(
    app: Flask, service: Service, report: Report, officer: Person
) -> None:
    page = shown(app, service, officer)
    ours = set(found.scale) if (found := issued_judgement_of(service.id, officer)) else set()
    tables = page.select("table")
    assert len(tables) == 3
    for table in tables:
        cells = {cell.get_text(strip=True) for cell in table.select("td")}
        assert not (cells & ours and cells & CQC_WORDS)
    headings = [[cell.get_text(strip=True) for cell in table.select("thead th")] for table in tables]
    assert headings[0][1] == "Judged by the council"
    assert headings[1][1] == "Rated by CQC"
    assert "the two scales cannot be compared" in page.get_text()


def test_both_dates_and_the_report_s_number_are_shown(
    app: Flask, service: Service, report: Report, officer: Person
) -> None:
    words = shown(app, service, officer).get_text(" ")
    assert report.number in words
    assert f"{today().day} {today():%B %Y}" in words
    assert "6 May 2025" in words


def test_without_an_issued_report_it_says_so(
    app: Flask, session: Database, service: Service, officer: Person
) -> None:
    an_audit(session, at=State.PUBLISHED, service=service)
    page = shown(app, service, officer)
    assert "has issued no report" in page.get_text()
    assert not page.select("table")


def test_nobody_but_the_council_s_own_readers_of_audits_is_shown_its_judgement(
    session: Database, report: Report
) -> None:
    council, service_id = a_council(session), report.audit.service_id
    others = [
        an_officer(session, a_council(session, "Southmere", "SMR")),
        a_person(session, Role.ADMINISTRATOR, council=council),
        a_person(session, Role.PROVIDER_CONTACT, council=council, provider=report.audit.service.provider),
    ]
    assert [issued_judgement_of(service_id, person) for person in others] == [None, None, None]


def test_as_at_a_day_it_is_the_report_that_had_been_issued_by_then(
    session: Database, service: Service, officer: Person
) -> None:
    last_year = datetime(2025, 3, 31, 23, 30, tzinfo=LONDON)
    with supposing(last_year):
        first = a_report(session, service=service, pdf=b"%PDF-1.7 first")
    second = a_report(session, service=service, pdf=b"%PDF-1.7 second")
    days = (last_year.date() - timedelta(days=1), last_year.date(), today() - timedelta(days=1), None)
    found = [issued_judgement_of(service.id, officer, as_at=day) for day in days]
    assert [one and one.number for one in found] == [None, first.number, first.number, second.number]
