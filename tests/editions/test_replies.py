"""What CQC's API replied, stored as an edition: services, ratings, earlier ratings, and what took over from what."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, select

from quality.cqc import RatingWord
from quality.editions.loading import load_file
from quality.ratings.models import Rating
from quality.services.models import Provider, Service, ServiceLink
from quality.services.queries import find_service
from tests.builders.cqc_files import BROOK_END, LARKFIELD
from tests.builders.cqc_replies import (
    Reply,
    a_location_reply,
    a_provider_reply,
    assessed,
    once_rated,
    rated,
)
from tests.builders.loaded_replies import load
from tests.builders.registers import load_rows
from tests.databases import Database

HOUSE = "1-900000001"
MAY, JUNE, JULY = date(2025, 5, 31), date(2025, 6, 30), date(2025, 7, 31)
GOOD_2024, POOR_2019 = rated("Good", "2024-03-01"), once_rated("Requires improvement", "2019-05-01")


def service(cqc_id: str = HOUSE) -> Service:
    """A service as it is held now."""
    found = find_service(cqc_id)
    assert found is not None
    return found


def words(session: Database, *where: object) -> list[tuple[str, str, date | None]]:
    """Domain, word and day of the ratings of Larkfield House, or of those that meet a condition."""
    columns = select(Rating.domain, Rating.word, Rating.published_on).order_by(Rating.published_on, Rating.id)
    found = session.execute(columns.where(Rating.service_id == service().id, *where))  # type: ignore[arg-type]
    return [(domain, word.value, day) for domain, word, day in found]


def test_a_reply_becomes_a_service_with_its_provider_and_ratings(session: Database) -> None:
    result = load(JUNE, [a_location_reply(currentRatings=GOOD_2024)], [a_provider_reply()])
    assert (result.kind, result.rows_read, result.stored, result.effects["new"]) == ("api", 1, 1, 6)
    one = service()
    assert (one.name, one.beds, one.registered_on, one.local_authority.name) == (
        "Larch House 001",
        32,
        date(2019, 4, 2),
        "Northmere",
    )
    assert (one.provider.name, one.provider.ownership) == ("Larch Care Limited", "Organisation")
    assert {day for *_, day in words(session)} == {date(2024, 3, 1)}


def test_earlier_ratings_are_kept_once_and_hold_on_no_day(session: Database) -> None:
    told: dict[str, Any] = {"currentRatings": GOOD_2024, "historicRatings": [POOR_2019]}
    load(JUNE, [a_location_reply(**told)])
    load(JULY, [a_location_reply(**told, name="Larch Lodge")])
    past = words(session, Rating.is_past)
    assert len(past) == 6
    assert {(word, day) for _, word, day in past} == {("requires_improvement", date(2019, 5, 1))}
    assert words(session, Rating.is_past, Rating.holds(JUNE)) == []
    assert len(words(session, Rating.holds(JULY))) == 6


def test_what_an_edition_held_by_itself_is_not_told_again_as_history(session: Database) -> None:
    load(JUNE, [a_location_reply(currentRatings=rated("Requires improvement", "2019-05-01"))])
    load(JULY, [a_location_reply(currentRatings=GOOD_2024, historicRatings=[POOR_2019])])
    assert words(session, Rating.is_past) == []
    assert {word for _, word, _ in words(session, Rating.holds(JUNE))} == {"requires_improvement"}
    assert {word for _, word, _ in words(session, Rating.holds(JULY))} == {"good"}


def test_links_to_services_before_and_after_are_kept_once(session: Database) -> None:
    link = {
        "relatedLocationId": "1-900000009",
        "relatedLocationName": "Old Larch House",
        "type": "HSCA Predecessor",
        "reason": "Provider change",
    }
    load(JUNE, [a_location_reply(relationships=[link])])
    load(JULY, [a_location_reply(relationships=[link], name="Larch Lodge")])
    one = session.scalars(select(ServiceLink)).one()
    assert (one.kind, one.other_cqc_id, one.other_name, one.reason) == (
        "predecessor",
        "1-900000009",
        "Old Larch House",
        "Provider change",
    )


def test_an_assessment_tells_more_of_a_rating_that_a_file_gave(session: Database) -> None:
    published = {"Publication Date": "01/07/2024", "Service / Population Group": "Residential homes"}
    first = load_rows([{**LARKFIELD, **published, "Domain": "Safe"}], as_at=MAY)
    result = load(JUNE, [a_location_reply(assessment=[assessed("Residential homes", "Good", "2024-07-01")])])
    assert result.effects["unchanged"] == 1
    one = session.scalars(
        select(Rating).where(Rating.domain == "Safe", Rating.service_group == "Residential homes")
    ).one()
    assert first.edition is not None
    assert (one.from_edition_id, one.held_to) == (first.edition.id, None)
    assert (one.framework_code, one.percentage) == ("cqc-saf-2023", Decimal(75))
    assert one.statements == [["Learning culture", 3]]


def test_an_older_file_tells_what_was_rated_before_the_replies(session: Database) -> None:
    load(JUNE, [a_location_reply(currentRatings=GOOD_2024)])
    before = {"Latest Rating": "Inadequate", "Publication Date": "01/05/2023"}
    load_rows([{**LARKFIELD, **before}], as_at=date(2023, 6, 30))
    assert words(session, Rating.holds(date(2024, 1, 1))) == [("Overall", "inadequate", date(2023, 5, 1))]
    assert {word for _, word, _ in words(session, Rating.holds(JUNE))} == {"good"}
    assert service().name == "Larch House 001"


def test_a_deregistered_service_has_ended(session: Database) -> None:
    load(JUNE, [a_location_reply()])
    ended = {"registrationStatus": "Deregistered", "deregistrationDate": "2025-07-04"}
    result = load(JULY, [a_location_reply(**ended)])
    assert result.effects["services_changed"] == 1
    assert (service().ended_on, service().is_registered) == (date(2025, 7, 4), False)


def test_replies_end_a_rating_they_do_not_tell_but_not_that_something_is_not_rated(session: Database) -> None:
    safe = {**LARKFIELD, "Domain": "Safe", "Latest Rating": "Not Rated", "Publication Date": ""}
    load_rows([LARKFIELD, safe], as_at=MAY)
    result = load(JUNE, [a_location_reply()])
    assert result.effects["ended"] == 1
    assert words(session, Rating.holds(None)) == [("Safe", "not_rated", None)]


def test_replies_speak_only_of_what_was_asked(session: Database) -> None:
    load_rows([LARKFIELD, BROOK_END], as_at=MAY)
    load(JUNE, [a_location_reply(currentRatings=GOOD_2024)])
    assert service("1-900000002").is_registered
    standing = select(func.count()).where(
        Rating.service_id == service("1-900000002").id, Rating.held_to.is_(None)
    )
    assert session.scalar(standing) == 1


def test_a_provider_without_a_reply_keeps_its_name_or_is_called_by_its_id(session: Database) -> None:
    load_rows([LARKFIELD], as_at=MAY)
    load(JUNE, [a_location_reply(), a_location_reply("1-900000007", providerId="1-800000007")])
    names = dict(session.execute(select(Provider.cqc_id, Provider.name)).all())
    assert names == {"1-800000001": "Larkfield Care Limited", "1-800000007": "Provider 1-800000007"}


def test_a_reply_without_a_local_authority_is_set_aside(session: Database) -> None:
    result = load(JUNE, [a_location_reply(), a_location_reply("1-900000007", localAuthority=None)])
    assert (result.rows_read, result.stored, sum(result.set_aside.values())) == (2, 1, 1)
    assert find_service("1-900000007") is None


def oldham(shared_data: Path) -> Iterator[Reply]:
    """The real replies of one council."""
    with tarfile.open(shared_data / "cqc/api/2025-08_oldham_locations.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield json.load(file)


def test_saved_replies_in_a_zip_load_like_a_file(app: Flask, session: Database, tmp_path: Path) -> None:
    path = tmp_path / "2025-08-31_replies.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("one.json", json.dumps(a_location_reply(currentRatings=GOOD_2024)))
        archive.writestr("two.json", json.dumps(a_location_reply("1-900000002")))
        archive.writestr("provider.json", json.dumps(a_provider_reply()))
    result = app.test_cli_runner().invoke(args=["cqc", "load", str(path), "--json"])
    told = json.loads(result.stdout)
    assert (told["kind"], told["as_at"], told["sha256"]) == (
        "api",
        "2025-08-31",
        sha256(path.read_bytes()).hexdigest(),
    )
    assert (told["rows_read"], told["stored"], told["services_new"], told["new"]) == (2, 2, 2, 6)
    result = app.test_cli_runner().invoke(args=["cqc", "load", str(path), "--json"])
    assert json.loads(result.stdout)["already_loaded"] is True


def test_a_zip_of_replies_that_cannot_be_used_stores_nothing(
    app: Flask, session: Database, tmp_path: Path
) -> None:
    path = tmp_path / "2025-08-31_replies.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("one.json", json.dumps(a_location_reply()))
        archive.writestr("two.json", json.dumps(a_location_reply("1-900000002"))[:-9])
    result = app.test_cli_runner().invoke(args=["cqc", "load", str(path)])
    assert (result.exit_code, result.stderr) == (2, '"two.json" in the archive is not JSON.\n')
    assert find_service(HOUSE) is None


@pytest.mark.slow
def test_the_real_replies_say_the_same_from_a_zip(
    session: Database, shared_data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "oldham.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for number, reply in enumerate(oldham(shared_data)):
            archive.writestr(f"replies/{number}.json", json.dumps(reply))
    packed = shared_data / "cqc/api/2025-08_oldham_locations.tar.gz"
    before = load_file(packed, as_at=date(2025, 8, 31), dry_run=True)
    result = load_file(path, as_at=date(2025, 8, 31), dry_run=True)
    assert result.rows_read == 451
    assert (result.stored, result.effects) == (before.stored, before.effects)


@pytest.mark.slow
def test_every_one_of_451_real_replies_is_accounted_for(session: Database, shared_data: Path) -> None:
    result = load(date(2025, 8, 31), oldham(shared_data))
    assert (result.rows_read, result.stored, result.merged, result.set_aside) == (451, 451, 0, {})
    services = session.scalars(select(Service)).all()
    registered = sum(one.is_registered for one in services)
    assert (len(services), registered, len(services) - registered) == (451, 216, 235)
    overall = select(Rating.word, func.count()).where(
        Rating.service_group == "Overall", Rating.domain == "Overall", Rating.held_to.is_(None)
    )
    counted: dict[RatingWord, int] = dict(session.execute(overall.group_by(Rating.word)).all())
    assert result.effects["new"] == session.scalar(select(func.count(Rating.id)).where(~Rating.is_past))
    assert counted[RatingWord.INADEQUATE] == 7
