"""The real replies beside the project: 451 of one council in 2025, and those of autumn 2026."""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quality.cqc import RatingWord
from quality.cqc.api.replies import location, provider

pytestmark = pytest.mark.slow


def real_locations(shared_data: Path) -> Iterator[dict[str, Any]]:
    """Every reply of the archive."""
    with tarfile.open(shared_data / "cqc/api/2025-08_oldham_locations.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield json.load(file)


def one(shared_data: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_data / "cqc/api" / name).read_text())
    return found


def test_all_451_replies_of_one_council_are_understood(shared_data: Path) -> None:
    found = [location(reply) for reply in real_locations(shared_data)]
    assert len(found) == 451
    assert sum(one.service.ended_on is None for one in found) == 216
    assert Counter(link.kind for one in found for link in one.links) == {"successor": 125, "predecessor": 129}
    overall = Counter(
        rating.word
        for one in found
        for rating in one.ratings
        if not rating.is_past and (rating.service_group, rating.domain) == ("Overall", "Overall")
    )
    # As counted in the replies themselves, without our reader; three more are Good by their assessment alone.
    assert overall == {
        RatingWord.GOOD: 144 + 3,
        RatingWord.NO_PUBLISHED_RATING: 83,
        RatingWord.INSPECTED_BUT_NOT_RATED: 40,
        RatingWord.REQUIRES_IMPROVEMENT: 31,
        RatingWord.OUTSTANDING: 7,
        RatingWord.INADEQUATE: 7,
    }


def test_no_reply_holds_two_current_ratings_of_one_thing(shared_data: Path) -> None:
    for reply in real_locations(shared_data):
        current = [(r.service_group, r.domain) for r in location(reply).ratings if not r.is_past]
        assert len(current) == len(set(current)), reply["locationId"]


def test_the_two_assessed_care_homes_are_rated_under_the_single_assessment_framework(
    shared_data: Path,
) -> None:
    homes = {r["locationId"]: location(r) for r in real_locations(shared_data) if "assessment" in r}
    for cqc_id in ("1-5203053560", "1-5312102242"):
        current = [rating for rating in homes[cqc_id].ratings if not rating.is_past]
        assert {(rating.service_group, rating.framework_code) for rating in current} == {
            ("Care Homes", "cqc-saf-2023"),
            ("Overall", "cqc-saf-2023"),
        }
        assert sum(len(rating.statements) for rating in current) == 33


def test_the_replies_of_2026_are_understood(shared_data: Path) -> None:
    home = location(one(shared_data, "location_1-10000302982.json"))
    assert (home.service.beds, len(home.ratings)) == (66, 6)
    assert home.service.region == "East of England"
    heir = location(one(shared_data, "location_1-10324127390_inherited_rating.json"))
    assert {rating.inherited_from for rating in heir.ratings} == {"1-2718185457"}
    assert provider(one(shared_data, "provider_1-9126760778.json")).ownership == "Organisation"
