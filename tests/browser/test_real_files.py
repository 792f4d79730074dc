"""The main job on CQC's own files: the same way, about a real service that is chosen when the test runs.

Nothing about it is kept. The database and the files lie in a temporary folder, and what is recorded says that it is
test text.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from quality.cqc import DOMAINS, RatingRow, open_cqc_file
from quality.people.permissions import Role
from quality.ratings.models import Rating
from quality.services.models import SOCIAL_CARE, Service
from script.support.places import PYTHON, ROOT
from tests.browser.conftest import Live, browsers, serving
from tests.browser.journey import (
    Case,
    Rated,
    be_returned_and_send_again,
    become_a_contact,
    missing_in_the_report,
    receive_the_report,
    record_an_audit,
)
from tests.builders.audits import a_framework
from tests.builders.people import a_council, a_person
from tests.databases import fresh_copy

ENGLAND = "01_February_2021_Latest_ratings_Locations_Domain-Overall.csv.gz"
LINCOLNSHIRE = "2026_Latest_ratings_Locations_Lincolnshire.csv"
# Each file with the option that it needs, in the order of the days they speak of.
FILES = ((ENGLAND,), (LINCOLNSHIRE, "--as-at", "2026-07-01"))
FOUR_RATINGS = {"Outstanding", "Good", "Requires improvement", "Inadequate"}


@pytest.fixture
def loaded(shared_data: Path, migrated: str, tmp_path: Path) -> Iterator[Live]:
    """A service of its own whose register was loaded from CQC's files by the command people use."""
    with fresh_copy(migrated, tmp_path) as database, serving(database, tmp_path) as live:
        for file, *options in FILES:
            command: list[str | Path] = [
                PYTHON,
                "-m",
                "flask",
                "--app",
                "app",
                "cqc",
                "load",
                shared_data / "cqc" / file,
                *options,
            ]
            subprocess.run(command, cwd=ROOT, env={**os.environ, **live.settings}, check=True)
        yield live


# Both databases see the whole way in test_the_whole_way, and these files in tests/editions.
@pytest.mark.one_engine
def test_an_audit_of_a_real_service_from_the_search_to_the_pdf_its_provider_downloads(
    loaded: Live, chromium: Browser, shared_data: Path
) -> None:
    ratings_by_service = read_ratings(shared_data / "cqc" / LINCOLNSHIRE)
    with browsers(chromium, loaded.address) as open_browser:
        case = a_case(loaded, ratings_by_service)
        officer, manager = open_browser(), open_browser()
        contact = become_a_contact(open_browser, case)
        officer.sign_in_as(case.officer)
        manager.sign_in_as(case.manager)

        recorded = record_an_audit(officer, case)
        recorded = be_returned_and_send_again(officer, manager, recorded)
        manager.approve(recorded.reference)
        _, pdf = receive_the_report(contact, case.service)

    ratings = ratings_by_service[case.service_id]
    assert {domain for domain, _, _ in ratings} == set(DOMAINS)
    assert missing_in_the_report(pdf, case, recorded, ratings) == []


def read_ratings(path: Path) -> dict[str, list[Rated]]:
    """What the file itself says of each service in adult social care, by its id."""
    found: dict[str, list[Rated]] = {}
    for row in open_cqc_file(path, as_at=date(2026, 7, 1)).rows():
        if isinstance(row, RatingRow) and row.location_type == SOCIAL_CARE:
            found.setdefault(row.service_id, []).append((row.domain, row.published_text, row.published_on))
    return found


def a_case(live: Live, ratings: Mapping[str, Sequence[Rated]]) -> Case:
    """The service with the most different ratings and dates that both files know, and invented people around it."""

    def variety(service: Service) -> tuple[int, int, str]:
        words = {word for _, word, _ in ratings[service.cqc_id]}
        days = {day for _, _, day in ratings[service.cqc_id]}
        usable = words <= FOUR_RATINGS and None not in days
        return (len(words) * usable, len(days), service.cqc_id)

    with live.database() as session:
        a_framework()
        authority = a_council(session, "Lincolnshire", "LIN")
        superseded = select(Rating.service_id).where(Rating.to_edition_id.is_not(None))
        here = select(Service).where(Service.local_authority_id == authority.id, Service.id.in_(superseded))
        services = [one for one in session.scalars(here) if one.cqc_id in ratings]
        names = Counter(service.name for service in services)
        service = max((one for one in services if names[one.name] == 1), key=variety)
        officer, manager, administrator = (
            a_person(session, role, council=authority)
            for role in (Role.QUALITY_OFFICER, Role.MANAGER, Role.ADMINISTRATOR)
        )
        return Case(
            officer=officer.email,
            manager=manager.email,
            administrator=administrator.email,
            visitors=(officer.name,),
            service=service.name,
            service_id=service.cqc_id,
            search_for=service.postcode,
            provider=service.provider.name,
            provider_id=service.provider.cqc_id,
            contact="contact@provider.example",
        )
