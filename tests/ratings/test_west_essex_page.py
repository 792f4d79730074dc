"""The West Essex article as people read it: the provider's page, with the break, the raised bar and the count."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from quality.people.models import Person
from quality.ratings.results import load_results
from tests.builders.people import a_person
from tests.databases import Database
from tests.pages import CheckedClient

WEST_ESSEX = Path(__file__).resolve().parents[2] / "docs" / "examples" / "nhs-west-essex.toml"


def test_the_page_tells_the_article(session: Database, sign_in: Callable[[Person], CheckedClient]) -> None:
    load_results(WEST_ESSEX)
    page = sign_in(a_person(session)).get("/providers/NHS-WEST-ESSEX").text
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    told_in_order = (
        "NHS West Essex",
        "Quality",
        "2007/08 Fair Quality of services",
        "not comparable",
        "judged as commissioners and as providers apart",
        "2008/09 Good Quality of commissioning",
        "Financial management",
        "2007/08 Good Use of resources",
        "2008/09 Good Financial management",
        "The bar was raised",
        "Core standards",
        "24 of 24 met",
        "Over seven areas",
    )
    at = [words.find(each) for each in told_in_order]
    place = 0
    for each in told_in_order:
        place = words.find(each, place)
        assert place >= 0, f"“{each}” is not on the page, or not in its place: {at}"


def test_the_page_does_not_lead_to_a_page_of_cqcs_that_cannot_exist(
    session: Database, sign_in: Callable[[Person], CheckedClient]
) -> None:
    load_results(WEST_ESSEX)
    page = sign_in(a_person(session)).get("/providers/NHS-WEST-ESSEX").text
    assert "cqc.org.uk/provider/NHS-WEST-ESSEX" not in page
