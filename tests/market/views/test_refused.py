"""Bad input: a sentence at the field it is about, and all that was typed is still there."""

from __future__ import annotations

import pytest

from quality.core.clock import today
from tests.pages import CheckedClient

pytestmark = pytest.mark.usefixtures("market_of_two_days")
PAGES = ("areas", "trend", "movements", "neighbourhoods")
CHOSEN = "scope=residential&rule=fresh/1"
BAD = [
    ("Nowhere", "", "area", "There is no area called “Nowhere”"),
    ("Northmere", "as_at=2021-02-01", "as_at", "Ask as at 30 June 2025"),
    ("Northmere", f"as_at={today().year + 1}-01-01", "as_at", "has not come yet"),
    ("Northmere", "as_at=30+February+2026", "as_at", "As at must include"),
    ("Northmere", "as_at-day=31&as_at-month=2&as_at-year=2026", "as_at", "must be a real date"),
    ("Northmere", "as_at-day=31", "as_at", "must include a month and a year"),
    ("Northmere", "scope=hospitals", "scope", "“hospitals” is no scope"),
    ("Northmere", "rule=best", "rule", "“best” is no rule"),
    ("Northmere", "specialism=Wizardry", "specialism", "“Wizardry” is no specialism"),
]


def said_at(browser: CheckedClient, field: str) -> str:
    """The sentence at a field of the page."""
    found = browser.page.find(id=f"{field}-error")
    return " ".join(found.get_text().split()).replace('"', "“", 1).replace('"', "”", 1) if found else ""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("bad", BAD)
def test_a_refusal_stands_at_the_field_it_is_about(
    browser: CheckedClient, page: str, bad: tuple[str, str, str, str]
) -> None:
    name, query, field, sentence = bad
    more = "&".join(part for part in CHOSEN.split("&") if part.split("=")[0] != field)
    answer = browser.get(f"/market/{page}/{name}?{more}&{query}")
    assert answer.status_code == 422
    assert sentence in said_at(browser, field)
    assert [one["id"] for one in browser.page.select(".govuk-error-message")] == [f"{field}-error"]
    assert browser.page.select_one("#area")["value"] == name  # type: ignore[index]
    kept = {option["value"] for option in browser.page.select("select option[selected]")}
    assert {part.split("=")[1] for part in more.split("&")} <= kept


def test_what_was_typed_as_a_day_is_still_there(browser: CheckedClient) -> None:
    browser.get("/market/areas/Northmere?as_at-day=31&as_at-month=2&as_at-year=2026")
    boxes = [browser.page.select_one(f"#as_at-{part}")["value"] for part in ("day", "month", "year")]  # type: ignore[index]
    assert boxes == ["31", "2", "2026"]


def test_an_unknown_list_to_compare_with_is_refused(browser: CheckedClient) -> None:
    assert browser.get("/market/areas/Northmere?compare=set:nobody").status_code == 422
    assert "is no list to compare with" in said_at(browser, "compare")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("since=yesterday", "is no day to compare with"),
        ("since=2026-06-30", "The second day must be after the first"),
        ("since=1999-01-01", "Ask as at 30 June 2025"),
        ("rule=beds/1", "choose another rule"),
    ],
)
def test_a_comparison_that_cannot_be_made_is_refused(
    browser: CheckedClient, query: str, sentence: str
) -> None:
    assert browser.get(f"/market/movements/Northmere?as_at=2026-06-30&{query}").status_code == 422
    assert sentence in said_at(browser, "rule" if "beds" in query else "as_at")


@pytest.mark.parametrize(
    "name", ["A & <b>B</b>?#%25", 'O’Néill "x"', "x" * 5_000, "%00", "..", "a/b/c", "\u202eabc", "日本"]
)
@pytest.mark.parametrize("page", PAGES)
def test_odd_names_are_answered_with_a_sentence(browser: CheckedClient, page: str, name: str) -> None:
    leads = browser.get(
        "/market", query_string={"area": name, "page": {"movements": "changes"}.get(page, page)}
    )
    answer = browser.get(leads.headers["Location"]) if leads.status_code == 302 else leads
    assert answer.status_code in (404, 422), answer.status_code
    if answer.status_code == 422:
        assert "There is no area called" in said_at(browser, "area")


def test_programs_get_the_sentence_too(browser: CheckedClient) -> None:
    answer = browser.get("/market/areas/Nowhere/share.json")
    assert (answer.status_code, list(answer.get_json())) == (422, ["error"])
    assert browser.get("/market/trend/Nowhere/shares.json").status_code == 422
    for path in (
        "areas/Nowhere/benchmarks.csv",
        "trend/Nowhere/shares.csv",
        "movements/Nowhere/services.csv",
        "neighbourhoods/Nowhere/shares.csv",
    ):
        answer = browser.get(f"/market/{path}")
        assert answer.status_code == 422
        assert answer.mimetype == "text/plain"
    without = browser.get("/market/neighbourhoods/Northmere/shares.csv")
    assert (without.status_code, without.mimetype) == (409, "text/plain")
    assert "flask market lookup load" in without.text


def test_a_rule_that_leaves_nobody_says_so(browser: CheckedClient) -> None:
    assert browser.get("/market/areas/Northmere?as_at=2026-06-30&scope=shared-lives").status_code == 200
    assert "Nobody counts by this rule" in browser.words
