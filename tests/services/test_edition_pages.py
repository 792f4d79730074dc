"""What was loaded and what each load changed, as people see it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from quality.cqc import RatingWord
from quality.editions.queries import Change, changed_services, count_changes, neighbours
from quality.people.models import Person
from quality.services.models import Edition, EditionKind, Provider, Service
from tests.builders.people import a_person
from tests.builders.register import NURSING, a_rating, an_edition, change, told, was
from tests.builders.registers import load_rows
from tests.builders.services import a_service
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]
JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture
def officer(session: Database, sign_in: SignIn) -> CheckedClient:
    """A quality officer of Northmere, signed in."""
    return sign_in(a_person(session))


@pytest.fixture
def july(session: Database) -> Edition:
    """An edition that added a service, lost one, changed one and rated one again, and left one as it was."""
    june = an_edition(session, JUNE)
    july = an_edition(session, JULY, effects={"services_new": 1, "services_gone": 1, "unchanged": 1})
    a_service(session, name="As it was", edition=june)
    a_service(session, name="Newcomer", edition=july)
    lost = a_service(session, name="Lost", edition=june)
    change(session, lost, to_edition_id=july.id, held_to=JULY)
    renamed = a_service(session, name="Orchard View", beds=24)
    told(session, renamed, [NURSING])
    was(session, renamed, june, july, name="Orchard House", beds=20, trait_set_id=None)
    again = a_service(session, name="Again", edition=june)
    a_rating(session, again, RatingWord.GOOD, june, to=july)
    a_rating(session, again, RatingWord.INADEQUATE, july)
    first = a_service(session, name="Rated first", edition=june)
    a_rating(session, first, RatingWord.GOOD, july)
    return july


def names(edition: Edition, change: Change) -> list[str]:
    """The services that the edition changed so."""
    return [row.service.name for row in changed_services(edition, change).rows]


def test_what_an_edition_changed_is_told_from_what_it_ended_and_began(
    session: Database, july: Edition
) -> None:
    assert names(july, Change.NEW) == ["Newcomer"]
    assert names(july, Change.GONE) == ["Lost"]
    assert names(july, Change.CHANGED) == ["Orchard View"]
    assert names(july, Change.RATED_AGAIN) == ["Again"]
    assert count_changes(july) == dict.fromkeys(Change, 1)


def test_a_service_that_a_later_edition_changed_again_is_told_of_still(
    session: Database, july: Edition
) -> None:
    august = an_edition(session, AUGUST)
    newcomer = session.query(Service).filter_by(name="Newcomer").one()
    was(session, newcomer, july, august, name="Newcomer at first")
    assert names(july, Change.NEW) == ["Newcomer"]
    assert names(august, Change.CHANGED) == ["Newcomer"]
    assert names(august, Change.NEW) == []


def test_changed_facts_are_told_with_what_they_were(session: Database, july: Edition) -> None:
    (row,) = changed_services(july, Change.CHANGED).rows
    told_so = [(fact.name, fact.before, fact.after) for fact in row.facts]
    assert ("Name", "Orchard House", "Orchard View") in told_so
    assert ("Beds", "20", "24") in told_so
    assert ("Service types, activities or specialisms", "", "") in told_so
    assert "Postcode" not in [fact.name for fact in row.facts]


def test_a_change_of_provider_is_told_by_name(session: Database) -> None:
    june, july = an_edition(session, JUNE), an_edition(session, JULY)
    former = a_service(session, provider="Former Care Limited")
    service = a_service(session, provider="Newer Care Limited")
    was(session, service, june, july, provider_id=former.provider_id)
    (row,) = changed_services(july, Change.CHANGED).rows
    provider = next(fact for fact in row.facts if fact.name == "Provider")
    assert (provider.before, provider.after) == ("Former Care Limited", "Newer Care Limited")
    assert session.get(Provider, service.provider_id) is not None


def test_an_edition_knows_those_of_its_kind_beside_it(session: Database) -> None:
    june, july, august = (an_edition(session, day) for day in (JUNE, JULY, AUGUST))
    an_edition(session, JULY, kind=EditionKind.DIRECTORY)
    assert neighbours(july) == (june, august)
    assert neighbours(june) == (None, july)


def test_editions_are_listed_newest_first_with_what_became_of_their_rows(
    session: Database, officer: CheckedClient
) -> None:
    by = a_person(session, name="Ruth Bellamy")
    an_edition(session, JUNE, warnings=["A town is spelt in two ways."])
    edition = an_edition(
        session, JULY, loaded_by_id=by.id, effects={"services_new": 3, "services": 9}, is_part=True
    )
    officer.get("/editions")
    words = officer.words
    assert words.index("Register (active locations) as at 1 Jul 2026") < words.index("as at 1 Jun 2026")
    assert "by Ruth Bellamy" in words
    assert "at the command line" in words
    assert "3 read 2 stored, 0 merged 1 set aside: no local authority given" in words
    assert "New services: 3" in words
    assert f"{edition.file_name} (a part)" in words
    assert "1 warning about register-" in words
    assert officer.page.find(title=edition.sha256) is not None


def test_an_edition_s_page_has_everything_and_leads_to_its_neighbours(
    session: Database, officer: CheckedClient, july: Edition
) -> None:
    officer.get(f"/editions/{july.id}")
    words = officer.words
    assert "As at 1 July 2026" in words
    assert july.sha256 in words
    assert "1: no local authority given" in words
    assert "The one before, as at 1 June 2026" in words
    assert "The one after" not in words
    for one in Change:
        link = officer.page.find("a", string=f"{one.words}: 1")
        assert link is not None
        assert officer.get(str(link["href"])).status_code == 200
        officer.get(f"/editions/{july.id}")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("new", "Newcomer"),
        ("gone", "Lost"),
        ("changed", "Name : Orchard House → Orchard View"),
        ("rated-again", "Good 1 Jun 2026 Inadequate 1 Jul 2026"),
    ],
)
def test_the_services_an_edition_changed_are_listed(
    officer: CheckedClient, july: Edition, change: str, words: str
) -> None:
    officer.get(f"/editions/{july.id}/{change}")
    assert words in officer.words
    assert "1 service, by name" in officer.words


@pytest.mark.parametrize("path", ["/editions/999999", "/editions/999999/new"])
def test_an_unknown_edition_is_not_found(officer: CheckedClient, path: str) -> None:
    assert officer.get(path).status_code == 404


def test_an_unknown_change_is_not_found(officer: CheckedClient, july: Edition) -> None:
    assert officer.get(f"/editions/{july.id}/melted").status_code == 404


def test_the_pages_take_as_many_queries_for_many_services_as_for_few(
    session: Database, officer: CheckedClient
) -> None:
    june, july = an_edition(session, JUNE), an_edition(session, JULY)
    paths = [
        "/editions",
        "/editions.csv",
        f"/editions/{july.id}",
        *(f"/editions/{july.id}/{one}" for one in Change),
    ]
    counts: dict[str, list[int]] = {path: [] for path in paths}
    for times in (1, 5):
        for _ in range(times):
            was(session, a_service(session), june, july, name="Former")
            a_service(session, edition=july)
            lost = a_service(session, edition=june)
            change(session, lost, to_edition_id=july.id, held_to=JULY)
            a_rating(session, lost, RatingWord.GOOD, june, to=july)
            a_rating(session, lost, RatingWord.INADEQUATE, july)
            an_edition(session, JUNE)
        for path in paths:
            assert officer.get(path).status_code == 200
            counts[path].append(len(officer.statements))
    assert {path: few == many for path, (few, many) in counts.items()} == dict.fromkeys(paths, True)


def rows_of(browser: CheckedClient, address: str) -> list[dict[str, str]]:
    """The rows of a file by heading."""
    answer = browser.get(address)
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_services_an_edition_changed_are_had_as_a_file(officer: CheckedClient, july: Edition) -> None:
    (changed,) = rows_of(officer, f"/editions/{july.id}/changed.csv")
    assert changed["Service"] == "Orchard View"
    assert (
        "Name: Orchard House → Orchard View; Care home: none → Yes; Beds: 20 → 24"
        in changed["Facts that changed"]
    )
    (again,) = rows_of(officer, f"/editions/{july.id}/rated-again.csv")
    assert (again["CQC overall rating before"], again["CQC overall rating since"]) == ("Good", "Inadequate")
    assert (again["CQC overall rating since (code)"], again["Rating since published on"]) == (
        "inadequate",
        "2026-07-01",
    )
    assert [row["Service"] for row in rows_of(officer, f"/editions/{july.id}/gone.csv")] == ["Lost"]
    assert officer.get(f"/editions/{july.id}/melted.csv").status_code == 404
    assert officer.get(f"/editions/{july.id}/new.csv").headers["Content-Disposition"] == (
        "attachment; filename=services-new-by-register-as-at-2026-07-01.csv"
    )


def test_the_second_edition_of_a_day_tells_what_the_first_had_said(
    session: Database, officer: CheckedClient
) -> None:
    rating = {"Location ID": "1-900000001", "Domain": "Overall"}
    load_rows([{**rating, "Latest Rating": "Good", "Publication Date": "01/06/2026"}], as_at=JULY)
    load_rows([{**rating, "Latest Rating": "Inadequate", "Publication Date": "01/07/2026"}], as_at=JULY)
    second = session.scalars(select(Edition).order_by(Edition.id.desc())).first()
    assert second is not None
    (again,) = rows_of(officer, f"/editions/{second.id}/rated-again.csv")
    assert (again["CQC overall rating before"], again["CQC overall rating since"]) == ("Good", "Inadequate")


def test_the_list_of_editions_is_had_as_a_file(session: Database, officer: CheckedClient) -> None:
    edition = an_edition(session, JULY, file_name="=cmd.ods", warnings=["One.", "Two."])
    (row,) = rows_of(officer, "/editions.csv")
    assert row["File"] == "'=cmd.ods"
    assert (row["Kind"], row["Kind (code)"]) == ("Register (active locations)", "register")
    assert (row["Rows read"], row["Set aside"]) == ("3", "1")
    assert row["Reasons for setting aside"] == "1: no local authority given"
    assert row["Warnings"] == "One.; Two."
    assert row["SHA-256"] == edition.sha256
    assert row["Loaded by"] == "command line"
