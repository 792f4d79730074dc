"""Several editions: what each changes, whichever order they come in, and what held as at a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from quality.editions.loading import LargeChange
from quality.editions.result import Movement
from quality.ratings.frameworks.operations import ensure_seeded
from quality.ratings.models import Rating
from quality.ratings.queries import current_ratings
from quality.services.as_at import version_on
from quality.services.queries import find_service
from tests.builders.cqc_files import BROOK_END, LARKFIELD
from tests.builders.registers import load_rows
from tests.databases import Database
from tests.editions.test_loading import EARLY, LATE, adds_up, larkfield, ratings_of

ELSEWHERE = {**BROOK_END, "Location Local Authority": "Westmarsh"}


def test_a_changed_rating_closes_the_old_one_and_opens_another(session: Database) -> None:
    first = load_rows([LARKFIELD, {"Domain": "Safe"}], as_at=EARLY)
    changed = {"Latest Rating": "Inadequate", "Publication Date": "05/12/2025"}
    second = load_rows([{**LARKFIELD, **changed}, {"Domain": "Safe"}], as_at=LATE)
    assert first.edition is not None
    assert second.edition is not None
    assert (second.effects["changed"], second.effects["unchanged"], second.effects["new"]) == (1, 1, 0)
    assert adds_up(second)
    one, two = first.edition.id, second.edition.id
    assert ratings_of() == [
        ("Overall", "Overall", "good", one, two),
        ("Overall", "Safe", "good", one, None),
        ("Overall", "Overall", "inadequate", two, None),
    ]


def test_a_rating_that_a_newer_edition_of_the_area_leaves_out_has_ended(session: Database) -> None:
    load_rows([LARKFIELD, BROOK_END], as_at=EARLY)
    load_rows([BROOK_END], as_at=LATE)
    assert current_ratings(larkfield().id) == []
    assert [one.word.value for group in current_ratings(larkfield().id, EARLY) for one in group.ratings] == [
        "good"
    ]


def test_a_part_of_a_file_leaves_the_rest_as_it_was(session: Database) -> None:
    load_rows([LARKFIELD, BROOK_END], as_at=EARLY)
    load_rows([BROOK_END], as_at=LATE, part=True)
    assert [last for *_, last in ratings_of()] == [None]


def test_another_areas_edition_leaves_this_one_as_it_was(session: Database) -> None:
    load_rows([LARKFIELD, ELSEWHERE], as_at=EARLY)
    load_rows([ELSEWHERE], as_at=LATE)
    assert [last for *_, last in ratings_of()] == [None]


def test_the_newest_editions_facts_win(session: Database) -> None:
    load_rows([LARKFIELD], as_at=EARLY)
    moved = {
        "Location Name": "Larkfield Lodge",
        "Provider Name": "Larkfield Care (2026) Limited",
        "Care Home?": "N",
    }
    load_rows([moved], as_at=LATE)
    service = larkfield()
    assert (service.name, service.is_care_home) == ("Larkfield Lodge", False)
    assert service.provider.name == "Larkfield Care (2026) Limited"


def test_a_service_can_move_to_another_provider_and_council(session: Database) -> None:
    load_rows([LARKFIELD], as_at=EARLY)
    load_rows(
        [
            {
                "Provider ID": "1-800000009",
                "Provider Name": "New Hands",
                "Location Local Authority": "Southmere",
            }
        ],
        as_at=LATE,
    )
    service = larkfield()
    assert (service.provider.cqc_id, service.local_authority.name) == ("1-800000009", "Southmere")


def test_an_older_edition_after_a_newer_one_says_what_held_before(session: Database) -> None:
    load_rows([{**LARKFIELD, "Location Name": "Larkfield Lodge", "Latest Rating": "Outstanding"}], as_at=LATE)
    older = load_rows([LARKFIELD, {"Domain": "Safe"}, BROOK_END], as_at=EARLY)
    assert larkfield().name == "Larkfield Lodge"
    former = version_on(larkfield(), EARLY)
    assert former is not None
    assert former.name == "Larkfield House"
    assert [word for _, _, word, _, last in ratings_of() if last is None] == ["outstanding", "good"]
    assert [one.word.value for group in current_ratings(larkfield().id, EARLY) for one in group.ratings] == [
        "good",
        "good",
    ]
    assert adds_up(older)


def test_an_older_edition_does_not_rename_a_provider(session: Database) -> None:
    load_rows([{**LARKFIELD, "Provider Name": "Larkfield Care (2026) Limited"}], as_at=LATE)
    load_rows(
        [{**BROOK_END, "Provider ID": "1-800000001", "Provider Name": "Larkfield Care Limited"}], as_at=EARLY
    )
    assert larkfield().provider.name == "Larkfield Care (2026) Limited"


def test_two_files_of_one_day_stand_side_by_side(session: Database) -> None:
    load_rows([LARKFIELD], as_at=LATE)
    load_rows([ELSEWHERE], as_at=LATE)
    corrected = load_rows([{**LARKFIELD, "Latest Rating": "Inadequate"}], as_at=LATE)
    assert corrected.effects["changed"] == 1
    assert [one.word.value for group in current_ratings(larkfield().id, LATE) for one in group.ratings] == [
        "inadequate"
    ]


MONTHS = [EARLY + timedelta(days=31 * number) for number in range(4)]
ALWAYS = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ALWAYS
@given(data=st.data())
def test_what_held_on_a_day_does_not_depend_on_the_order_of_loading(
    session: Database, data: st.DataObject
) -> None:
    ensure_seeded()  # Whatever is loaded first does this; it need not be undone and done again for each example.
    savepoint = session.begin_nested()
    try:
        _load_in_any_order(data)
    finally:
        savepoint.rollback()
        session.expire_all()


def _load_in_any_order(data: st.DataObject) -> None:
    """Each month's file says of one home, or not, what it is called and how it is rated; another home is in all."""
    told = st.none() | st.tuples(st.sampled_from("AB"), st.sampled_from(["Good", "Inadequate"]))
    said = {month: data.draw(told) for month in MONTHS}
    for month in data.draw(st.permutations(MONTHS)):
        home = said[month]
        rows = [] if home is None else [{**LARKFIELD, "Location Name": home[0], "Latest Rating": home[1]}]
        # No two months' files are the same bytes, which would be one edition.
        load_rows([{**BROOK_END, "Location City": f"{month:%B}"}, *rows], as_at=month)
    service = find_service("1-900000001")
    for month, home in said.items():
        groups = current_ratings(service.id, month) if service else []
        assert [one.published_text for group in groups for one in group.ratings] == (
            [home[1]] if home else []
        )
        facts = version_on(service, month) if home and service else None
        assert facts is None or facts.name == (home or "")[0]


def test_a_load_that_moves_much_asks_first_and_changes_nothing_until_told(session: Database) -> None:
    homes = [{**LARKFIELD, "Location ID": f"1-{950_000_000 + number}"} for number in range(20)]
    load_rows(homes, as_at=EARLY)
    with pytest.raises(LargeChange, match="10 are not in it"):
        load_rows(homes[10:], as_at=LATE, confirm=None)
    assert len(session.scalars(select(Rating.id).where(Rating.held_to.is_(None))).all()) == 20
    asked: list[Movement] = []

    def agree(movement: Movement) -> bool:
        asked.append(movement)
        return True

    load_rows(homes[10:], as_at=LATE, confirm=agree)
    assert [(one.new, one.gone, one.held) for one in asked] == [(0, 10, 20)]
    assert len(session.scalars(select(Rating.id).where(Rating.held_to.is_(None))).all()) == 10


def test_a_dry_run_says_that_the_load_would_ask(session: Database) -> None:
    homes = [{**LARKFIELD, "Location ID": f"1-{950_000_000 + number}"} for number in range(20)]
    load_rows(homes, as_at=EARLY)
    assert load_rows(homes[10:], as_at=LATE, dry_run=True).would_ask
    assert not load_rows(homes[1:], as_at=LATE, dry_run=True).would_ask
