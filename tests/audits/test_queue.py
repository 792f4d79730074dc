"""The queue: what waits, in which order, narrowed by what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine

from quality.audits.lifecycle import MoveName, State
from quality.audits.lists import BY_SERVICE, NO_RATING, OPEN, Filters
from quality.audits.queries import mine, officers, queue
from quality.cqc.words import RatingWord
from quality.frameworks.definition import ServiceType
from quality.people.models import Person
from quality.people.operations import disable_person
from quality.people.permissions import Role
from tests.builders.audits import a_manager, an_audit, an_officer, go
from tests.builders.people import a_council, a_person
from tests.builders.services import a_service, rated
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


def _references(person: Person, page: int = 1, **filters: str) -> list[str]:
    return [row.reference for row in queue(person, Filters(**filters), page).rows]


def _waiting_since(session: Database, moment: str, **more: object) -> str:
    with time_machine.travel(moment, tick=False):
        return an_audit(session, State.IN_REVIEW, **more).reference  # type: ignore[arg-type]


def test_the_oldest_deadline_stands_first(session: Database) -> None:
    council = a_council(session)
    references = [_waiting_since(session, day) for day in ("2026-03-04", "2026-03-02", "2026-03-03")]
    assert _references(a_manager(session, council)) == [references[1], references[2], references[0]]


def test_what_waits_for_review_is_shown_unless_something_else_is_asked_for(session: Database) -> None:
    council = a_council(session)
    audits = {state: an_audit(session, state, council=council).reference for state in State}
    manager = a_manager(session, council)
    assert _references(manager) == [audits[State.IN_REVIEW]]
    for state in State:
        assert _references(manager, state=state.value) == [audits[state]]
    assert set(_references(manager, state=OPEN)) == {audits[state] for state in State if state.is_open}


def test_closed_audits_stand_newest_first(session: Database) -> None:
    council = a_council(session)
    first, second = (an_audit(session, State.PUBLISHED, council=council).reference for _ in range(2))
    assert _references(a_manager(session, council), state="published") == [second, first]


def test_the_queue_is_narrowed_by_who_leads_and_by_kind_of_service(session: Database) -> None:
    council = a_council(session)
    lead = an_officer(session, council)
    theirs = an_audit(session, council=council, lead=lead, service_type=ServiceType.HOMECARE).reference
    other = an_audit(session, council=council).reference
    manager = a_manager(session, council)
    assert _references(manager, officer=str(lead.id)) == [theirs]
    assert _references(manager, type="homecare") == [theirs]
    assert _references(manager, type="care_home") == [other]
    assert _references(manager, type="homecare", officer=str(manager.id)) == []


def test_the_queue_is_narrowed_by_cqc_s_overall_rating_today(session: Database) -> None:
    council = a_council(session)
    good, unrated = a_service(session, council), a_service(session, council)
    rated(session, good, "Good", on=date(2025, 5, 6))
    of_good = an_audit(session, council=council, service=good).reference
    of_unrated = an_audit(session, council=council, service=unrated).reference
    manager = a_manager(session, council)
    assert _references(manager, rating="good") == [of_good]
    assert _references(manager, rating="inadequate") == []
    assert _references(manager, rating=NO_RATING) == [of_unrated]
    assert {row.reference: row.rating and row.rating.words for row in queue(manager, Filters(), 1).rows} == {
        of_good: "Good",
        of_unrated: None,
    }


def test_a_service_that_cqc_rates_by_service_is_neither_rated_nor_without_a_rating(
    session: Database, sign_in: SignIn
) -> None:
    council = a_council(session)
    by_service, only_in_group, unrated = (a_service(session, council) for _ in range(3))
    for service in (by_service, only_in_group):
        rated(session, service, "Good", on=date(2025, 5, 6), group="Homecare")
    rated(session, by_service, "Requires improvement", on=date(2025, 5, 6), group="Care homes")
    rated(session, by_service, "Not Rated")
    rated(session, unrated, "Not Rated")
    rated(session, unrated, "Not Rated", group="Homecare")
    audits = [
        an_audit(session, council=council, service=service).reference
        for service in (by_service, only_in_group, unrated)
    ]
    manager = a_manager(session, council)
    assert _references(manager, rating=BY_SERVICE) == audits[:2]
    assert _references(manager, rating=NO_RATING) == audits[2:]
    assert _references(manager, rating="good") == []
    browser = sign_in(manager)
    browser.get("/queue")
    overall = [row.find_all("td")[-1].get_text() for row in browser.page.select("tbody tr")]
    assert overall == ["By service", "By service", "Not rated"]


def test_a_rating_of_the_whole_service_stands_before_those_of_its_groups(session: Database) -> None:
    council = a_council(session)
    service = a_service(session, council)
    rated(session, service, "Good", on=date(2025, 5, 6))
    rated(session, service, "Inadequate", on=date(2025, 5, 6), group="Homecare")
    an_audit(session, council=council, service=service)
    (row,) = queue(a_manager(session, council), Filters(), 1).rows
    assert (row.rating, row.by_service) == (RatingWord.GOOD, False)


def test_one_council_never_sees_another_s_audits(session: Database) -> None:
    an_audit(session, State.IN_REVIEW)
    stranger = a_manager(session, a_council(session, name="Eastholt", code="EHT"))
    assert _references(stranger) == []
    assert _references(stranger, state=OPEN) == []


def test_a_manager_sees_which_audits_they_took_part_in(session: Database) -> None:
    council = a_council(session)
    manager = a_manager(session, council)
    theirs = an_audit(session, council=council, visiting=[manager]).reference
    an_audit(session, council=council)
    assert [row.reference for row in queue(manager, Filters(), 1).rows if row.took_part] == [theirs]


def test_a_long_queue_is_shown_in_pages(session: Database) -> None:
    council = a_council(session)
    lead = an_officer(session, council)
    references = [an_audit(session, council=council, lead=lead).reference for _ in range(27)]
    manager = a_manager(session, council)
    assert _references(manager, 1) == references[:25]
    assert _references(manager, 2) == references[25:]
    assert queue(manager, Filters(), 1).has_next
    assert not queue(manager, Filters(), 2).has_next


def test_an_officer_who_left_can_still_be_chosen(session: Database) -> None:
    council = a_council(session)
    officer, admin = an_officer(session, council), a_person(session, Role.ADMINISTRATOR, council=council)
    an_officer(session, a_council(session, name="Eastholt", code="EHT"))
    disable_person(person_id=officer.id, by=admin)
    assert officers(admin) == [(officer.id, officer.name)]


@pytest.mark.parametrize(
    "words",
    [
        {"state": "no such state"},
        {"officer": "1 OR 1=1"},
        {"officer": "9" * 40},
        {"type": "castle"},
        {"rating": "x"},
    ],
)
def test_words_in_the_address_that_mean_nothing_narrow_nothing(words: dict[str, str]) -> None:
    assert Filters.from_address(words) == Filters()


def test_mine_are_those_i_lead_or_take_part_in_returned_ones_first(session: Database) -> None:
    council = a_council(session)
    officer, manager = an_officer(session, council), a_manager(session, council)
    closed = an_audit(session, State.PUBLISHED, lead=officer).reference
    soon = an_audit(session, State.PLANNED, lead=officer).reference
    returned = an_audit(session, State.IN_REVIEW, council=council, visiting=[officer])
    go(returned, MoveName.RETURN, manager, reason="Too thin.")
    an_audit(session, State.PLANNED, council=council)
    rows = mine(officer)
    assert [row.reference for row in rows] == [returned.reference, soon, closed]
    assert [row.is_returned for row in rows] == [True, False, False]


def test_the_page_says_how_long_is_left_in_words(session: Database, sign_in: SignIn) -> None:
    council = a_council(session)
    _waiting_since(session, "2026-03-02 10:00")
    _waiting_since(session, "2026-03-09 10:00")
    with time_machine.travel("2026-03-12 10:00", tick=False):
        browser = sign_in(a_manager(session, council))
        browser.get("/queue")
    assert "3 days overdue" in browser.words
    assert "Due in 2 working days" in browser.words


def test_what_was_chosen_can_be_taken_away_again(session: Database, sign_in: SignIn) -> None:
    council = a_council(session)
    lead = an_officer(session, council, name="Ines Marlowe")
    an_audit(session, council=council, lead=lead, service_type=ServiceType.HOMECARE)
    browser = sign_in(a_manager(session, council))
    browser.get(f"/queue?officer={lead.id}&type=homecare&state=open")
    chips = {chip.get_text(): str(chip["href"]) for chip in browser.page.select(".house-chips a")}
    assert chips["Remove Ines Marlowe ✕"] == "/queue?state=open&type=homecare"
    assert chips["Remove All that are open ✕"] == f"/queue?officer={lead.id}&type=homecare"
    chosen = {str(one["value"]) for one in browser.page.select("option[selected]")}
    assert chosen == {"open", str(lead.id), "homecare"}


def test_pages_keep_what_was_chosen(session: Database, sign_in: SignIn) -> None:
    council = a_council(session)
    lead = an_officer(session, council)
    for _ in range(26):
        an_audit(session, council=council, lead=lead)
    browser = sign_in(a_manager(session, council))
    browser.get(f"/queue?officer={lead.id}")
    following = browser.page.select_one('a[rel="next"]')
    assert following is not None
    assert following["href"] == f"/queue?officer={lead.id}&page=2"
    browser.get(str(following["href"]))
    assert len(browser.page.select("tbody tr")) == 1


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/queue", "No audit is waiting for review"),
        ("/queue?type=homecare", "No audit fits what you chose"),
        ("/queue?page=3", "There are no more audits here"),
        (f"/queue?page={10**30}", "There are no more audits here"),
        ("/queue?page=-4", "No audit is waiting for review"),
    ],
)
def test_an_empty_queue_says_so(session: Database, sign_in: SignIn, address: str, words: str) -> None:
    browser = sign_in(a_manager(session, a_council(session)))
    assert browser.get(address).status_code == 200
    assert words in browser.words


def test_the_number_of_queries_does_not_grow_with_the_rows(session: Database, sign_in: SignIn) -> None:
    council = a_council(session)
    manager, lead = a_manager(session, council), an_officer(session, council)
    browser = sign_in(manager)
    counts: dict[str, list[int]] = {"/queue": [], "/audits": []}
    for more in (1, 9):
        for _ in range(more):
            service = a_service(session, council)
            rated(session, service, "Good", on=date(2025, 5, 6), group="Homecare")
            an_audit(session, council=council, service=service, lead=lead, visiting=[manager])
        for address, found in counts.items():
            browser.get(address)
            found.append(len(browser.statements))
    assert all(few == many for few, many in counts.values()), counts


def test_an_officer_has_no_queue(session: Database, sign_in: SignIn) -> None:
    assert sign_in(an_officer(session, a_council(session))).get("/queue").status_code == 404


def test_an_officer_begins_with_what_came_back_and_why(session: Database, sign_in: SignIn) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    manager = a_manager(session, audit.local_authority)
    go(audit, MoveName.RETURN, manager, reason="Standard 2.1 rests on one care plan.")
    browser = sign_in(audit.lead)
    browser.get("/audits")
    assert "was returned to you: Standard 2.1 rests on one care plan." in browser.words
    assert f"Audit {audit.reference} was returned" in browser.words


def test_an_officer_without_audits_is_told_how_to_begin(session: Database, sign_in: SignIn) -> None:
    browser = sign_in(an_officer(session, a_council(session)))
    browser.get("/audits")
    assert "You have no open audit" in browser.words
    assert browser.page.select_one('main a[href="/services"]') is not None
