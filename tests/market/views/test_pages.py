"""The pages of figures: every kind of area, the files beside them, and as many queries for much as for little."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete

from quality.market.areas.finding import find_area
from quality.market.figures.basis import Basis
from quality.market.figures.gathering import market
from quality.people.models import Person
from quality.services.models import Contract
from quality.services.queries import find_service
from tests.builders.people import a_council, a_person
from tests.builders.register import contracted
from tests.builders.registers import load_rows
from tests.databases import Database
from tests.market.figures.test_rules import home
from tests.market.views.conftest import LAST
from tests.pages import CheckedClient

pytestmark = pytest.mark.usefixtures("market_of_two_days")
PAGES = ("areas", "trend", "movements", "neighbourhoods")
DAY = "?as_at=2026-06-30"


def rows_of(browser: CheckedClient, path: str) -> list[dict[str, str]]:
    """The rows of a CSV file by heading."""
    answer = browser.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "name", ["Northmere", "southmere", "England", "East of England", "1-800000001", "BD1", "1-900000001"]
)
def test_every_kind_of_area_has_its_pages(browser: CheckedClient, page: str, name: str) -> None:
    answer = browser.get(f"/market/{page}/{name}{DAY}")
    assert answer.status_code == 200, answer.text
    assert browser.page.find("h1") is not None


def test_the_page_says_k_of_n_with_its_interval_and_who_was_left_out(browser: CheckedClient) -> None:
    browser.get(f"/market/areas/Northmere{DAY}")
    share = market().share(find_area("Northmere", LAST), Basis(LAST))
    assert (share.k, share.n) == (2, 3)
    assert "66.7% 2 of 3 services are rated Good or Outstanding" in browser.words
    assert share.interval is not None
    assert f"{share.interval.low:.1%} to {share.interval.high:.1%}" in browser.words
    for fate, count in share.left_out.items():
        assert f"Left out: {fate.words} {count}" in browser.words


def test_the_page_its_table_and_its_files_say_the_same(browser: CheckedClient) -> None:
    asked = f"{DAY}&compare=all"
    told: dict[str, Any] = browser.get(f"/market/areas/Northmere/share.json{asked}").get_json()
    rows = {row["Area"]: row for row in rows_of(browser, f"/market/areas/Northmere/benchmarks.csv{asked}")}
    browser.get(f"/market/areas/Northmere{asked}")
    table = browser.page.select_one("table:has(#benchmarks)")
    assert table is not None
    for name, row in rows.items():
        assert name in table.get_text()
        share = market().share(find_area(name, LAST), Basis(LAST))
        assert (int(row["Good or Outstanding"]), int(row["Counted"])) == (share.k, share.n)
        assert share.interval is not None
        assert float(row["95% low"]) == round(share.interval.low, 6)
    own = rows["Northmere"]
    assert [told[key] for key in ("k", "n", "low", "high")] == [
        2,
        3,
        float(own["95% low"]),
        float(own["95% high"]),
    ]
    assert told["n"] + sum(told["left_out"].values()) == told["registered"]


def test_the_mix_of_ratings_is_a_picture_with_its_table_beside_region_and_england(
    browser: CheckedClient,
) -> None:
    for name, areas in (("Northmere", ["Northmere", "East of England", "England"]), ("England", ["England"])):
        browser.get(f"/market/areas/{name}{DAY}")
        rows = browser.page.select("table:has(#mix) tbody tr")
        cells = [[cell.get_text() for cell in row.select("th, td")] for row in rows]
        drawn = browser.get(f"/market/charts/mix/{name}.svg{DAY}")
        assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
        basis = Basis(LAST)
        for area, row in zip(areas, cells, strict=True):
            share = market().share(find_area(area, LAST), basis)
            assert row[0] == f"{area}{share.n + 1} services"
            assert row[1:] == [
                *(_with_share(share.among.mix[number], share.n + 1) for number in (1, 2, 3, 4)),
                _with_share(1, share.n + 1),
            ]


def _with_share(count: int, n: int) -> str:
    return f"{count}{count / n:.1%}"


def test_the_trends_file_has_the_points_of_the_page(browser: CheckedClient) -> None:
    rows = [
        row
        for row in rows_of(browser, f"/market/trend/Northmere/shares.csv{DAY}")
        if row["Area"] == "Northmere"
    ]
    found = [(row["As at"], row["Good or Outstanding"], row["Counted"]) for row in rows]
    assert found == [("2025-06-30", "2", "3"), ("2026-06-30", "2", "3")]
    browser.get(f"/market/trend/Northmere{DAY}")
    assert "2 of 3" in browser.words


def test_the_page_of_what_changed_names_who_moved(browser: CheckedClient) -> None:
    browser.get(f"/market/movements/Northmere{DAY}&since=2025-06-30")
    words = browser.words.replace(" ,", ",")
    assert "1 went up, 1 went down, 0 stayed as they were, 1 came in and 1 went out" in words
    for number in (1, 2, 3, 5):
        assert f"Invented House {number}" in browser.words


def test_all_that_moved_are_in_a_file_with_codes_and_labels(browser: CheckedClient) -> None:
    rows = rows_of(browser, f"/market/movements/Northmere/services.csv{DAY}&since=2025-06-30")
    told = {row["CQC location ID"][-1]: row for row in rows}
    assert {key: row["Change code"] for key, row in told.items()} == {
        "1": "down",
        "2": "up",
        "3": "out",
        "5": "in",
    }
    worse, gone = told["1"], told["3"]
    assert (worse["Rating code on the first day"], worse["Rating on the second day"]) == (
        "good",
        "Requires improvement",
    )
    assert (gone["Why it did not count, code"], gone["Why it did not count"]) == ("not_rated", "Not rated")
    same = {(row["From"], row["To"], row["Rule"], row["Source"], row["Licence"]) for row in rows}
    licence = "Open Government Licence v3.0"
    assert same == {("2025-06-30", "2026-06-30", "rated/1", "Care Quality Commission", licence)}
    only = rows_of(browser, f"/market/movements/Northmere/services.csv{DAY}&since=2025-06-30&change=up")
    assert [row["CQC location ID"][-1] for row in only] == ["2"]


def test_the_trend_for_programs_has_its_points_and_its_breaks(browser: CheckedClient) -> None:
    load_rows([home(1), home(2, Latest_Rating="Inadequate")], as_at=date(2023, 6, 30))
    told: dict[str, Any] = browser.get(f"/market/trend/Northmere/shares.json{DAY}").get_json()
    own = next(one for one in told["series"] if one["area"] == "Northmere")
    assert [(one["as_at"], one["k"], one["n"]) for one in own["points"]] == [
        ("2023-06-30", 1, 2),
        ("2025-06-30", 2, 3),
        ("2026-06-30", 2, 3),
    ]
    assert {"on": "2023-11-21", "comparable": "with caution"}.items() <= told["breaks"][0].items()


def test_a_form_that_was_sent_leads_to_the_area_with_what_was_chosen(browser: CheckedClient) -> None:
    sent = "/market?area=Southmere&scope=residential&rule=fresh/1&as_at-day=30&as_at-month=6&as_at-year=2026"
    answer = browser.get(sent)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/market/areas/Southmere?")
    assert browser.get(answer.headers["Location"]).status_code == 200
    chosen = browser.page.select("select option[selected]")
    assert {"residential", "fresh/1"} <= {option["value"] for option in chosen}
    assert "Southmere" in str(browser.page.find("input", id="area"))


def test_a_page_takes_as_many_queries_for_many_services_and_editions_as_for_few(
    browser: CheckedClient,
) -> None:
    def queries(path: str) -> int:
        browser.get(path)
        assert browser.get(path).status_code == 200
        return len(browser.statements)

    paths = [f"/market/{page}/Northmere{DAY}" for page in PAGES]
    paths.append(f"/market/trend/1-800000001{DAY}")
    few = [queries(path) for path in paths]
    for month in (2, 3, 4):
        load_rows(
            [home(number, Latest_Rating="Inadequate") for number in range(month, 20)],
            as_at=date(2026, month, 1),
        )
    assert [queries(path) for path in paths] == few


def test_a_load_is_seen_on_the_page_at_once(browser: CheckedClient) -> None:
    path = f"/market/areas/Northmere{DAY}"
    browser.get(path)
    assert "2 of 3 services" in browser.words
    load_rows([home(1), home(2), home(6)], as_at=LAST)
    browser.get(path)
    assert "3 of 3 services" in browser.words


def test_a_contract_that_is_noted_or_ended_is_seen_at_once(session: Database, browser: CheckedClient) -> None:
    path = f"/market/areas/Northmere{DAY}&contracted=y"
    browser.get(path)
    assert "Nobody counts by this rule" in browser.words
    council, service = a_council(session), find_service("1-900000002")
    assert service is not None
    contracted(session, service, council.id)
    browser.get(path)
    assert "1 of 1 services" in browser.words
    assert "1 of the council’s contracts that count has no first day noted" in browser.words
    session.execute(delete(Contract).where(Contract.service_id == service.id))
    browser.get(path)
    assert "Nobody counts by this rule" in browser.words


def test_another_councils_people_see_their_own_contracts(
    session: Database, browser: CheckedClient, sign_in: Callable[[Person], CheckedClient]
) -> None:
    service = find_service("1-900000002")
    assert service is not None
    contracted(session, service, a_council(session).id)
    path = f"/market/areas/Northmere{DAY}&contracted=y"
    browser.get(path)
    assert "1 of 1 services" in browser.words
    other = sign_in(a_person(session, council=a_council(session, "Southmere", "SMR")))
    other.get(path)
    assert "Nobody counts by this rule" in other.words
