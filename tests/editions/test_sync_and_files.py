"""A file and a sync that CQC made of the same state tell one story: neither undoes the other."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from quality.core.clock import today
from quality.core.database import db
from quality.cqc import DOMAINS, RatingWord
from quality.editions.loading import load_file
from quality.ratings.models import Rating
from tests.builders.cqc_files import HEADINGS_2026, a_row, write_csv
from tests.builders.cqc_replies import a_location_reply, a_provider_reply, assessed, rated
from tests.databases import Database
from tests.editions.syncs import sync_now
from tests.servers.cqc_api import CqcApi, serving

YESTERDAY = today() - timedelta(days=1)


def load(tmp_path: Path, as_at: date, groups: dict[str, tuple[str, str]]) -> dict[str, int]:
    """Load Latest ratings that give each service group its word and day in every domain; what it did."""
    rows = [
        a_row(
            {
                "Service / Population Group": group,
                "Domain": domain,
                "Latest Rating": word,
                "Publication Date": day,
            }
        )
        for group, (word, day) in groups.items()
        for domain in DOMAINS
    ]
    # In another order each day, since the same bytes would be known as loaded before.
    rows = rows if as_at == YESTERDAY else rows[::-1]
    path = write_csv(tmp_path / f"{as_at}.csv", [HEADINGS_2026, *rows])
    result = load_file(path, as_at=as_at)
    db.session.commit()
    return result.effects


def sync(**told: object) -> dict[str, int]:
    """Sync with an API that says so of the same service; what it did."""
    reply = a_location_reply("1-900000001", **told)
    with serving(CqcApi({"1-900000001": reply}, {"1-800000001": a_provider_reply()})) as api:
        outcome = sync_now(api)
    assert outcome.result is not None, outcome.message
    return outcome.result.effects


def moved(effects: dict[str, int]) -> dict[str, int]:
    return {name: effects[name] for name in ("new", "changed", "ended")}


NOTHING = {"new": 0, "changed": 0, "ended": 0}
HOMECARE_AND_MORE = [
    {"assessmentServiceName": name, "status": "Active"} for name in ("Homecare", "Supported Living")
]


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ({"Overall": ("Good", "13/05/2021")}, {"currentRatings": rated("Good", "2021-05-13")}),
        (
            {"Overall": ("Good", "08/08/2024"), "Care Homes": ("Good", "08/08/2024")},
            {"assessment": [assessed("Care Homes", "Good", "2024-08-08")]},
        ),
        (
            {"Overall": ("Not Rated", ""), "Homecare": ("Good", "13/12/2024")},
            {
                "assessment": [assessed("Homecare", "Good", "2024-12-13")],
                "assessmentServiceGroup": HOMECARE_AND_MORE,
            },
        ),
    ],
    ids=["rated as a whole", "one service assessed", "rated by service"],
)
def test_a_sync_after_a_file_moves_no_rating(
    session: Database, tmp_path: Path, groups: dict[str, tuple[str, str]], told: dict[str, object]
) -> None:
    load(tmp_path, YESTERDAY, groups)
    assert moved(sync(**told)) == NOTHING
    assert moved(load(tmp_path, today(), groups)) == NOTHING


def test_a_sync_adds_the_scores_to_ratings_that_a_file_told(session: Database, tmp_path: Path) -> None:
    load(tmp_path, YESTERDAY, {"Overall": ("Good", "08/08/2024"), "Care Homes": ("Good", "08/08/2024")})
    sync(assessment=[assessed("Care Homes", "Good", "2024-08-08")])
    safe = select(Rating).where(Rating.service_group == "Care Homes", Rating.domain == "Safe")
    rating = db.session.scalars(safe).one()
    assert (rating.word, rating.percentage, rating.framework_code) == (
        RatingWord.GOOD,
        Decimal(75),
        "cqc-saf-2023",
    )
    assert rating.statements == [["Learning culture", 3]]
