"""What may be compared with what, under which framework a rating was given, and where a series breaks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, event, select

from quality.cqc import RatingWord
from quality.ratings.comparability import (
    COUNCIL_JUDGEMENT,
    Step,
    all_series,
    framework_of,
    series_with_breaks,
    verdict,
)
from quality.ratings.framework_models import Comparability, ComparabilityStatus, RatingElement
from quality.ratings.frameworks.operations import seed
from quality.ratings.models import Rating
from tests.databases import Database

COMPARABLE, CAUTION, NOT = ComparabilityStatus
KLOE, SAF, DRAFT, AHC, STARS = "cqc-2014", "cqc-saf-2023", "cqc-asc-2026-draft", "nhs-ahc", "csci-stars-2008"


@pytest.fixture
def seeded(session: Database) -> Database:
    """A database with the product's frameworks."""
    seed()
    return session


def a_rating(on: date | None, word: RatingWord = RatingWord.GOOD, **facts: Any) -> Rating:
    """A rating of the whole service, overall, that is not stored."""
    return Rating(
        **{
            "service_group": "Overall",
            "domain": "Overall",
            "word": word,
            "published_on": on,
            "held_from": on or date(2026, 6, 1),
            **facts,
        }
    )


def breaks(steps: list[Step]) -> list[ComparabilityStatus | None]:
    """The status of the break before each step."""
    return [step.break_before.status if step.break_before else None for step in steps]


@pytest.mark.parametrize(
    ("earlier", "later", "status", "words"),
    [
        (
            (AHC, "quality-of-services"),
            (AHC, "quality-of-commissioning"),
            NOT,
            "commissioners and as providers",
        ),
        ((AHC, "use-of-resources"), (AHC, "financial-management"), CAUTION, "The bar was raised"),
        ((AHC, "quality-of-services"), (KLOE, "overall"), NOT, "another scale"),
        ((STARS, "overall"), (KLOE, "overall"), NOT, "another body"),
        ((KLOE, "overall"), (SAF, "overall"), CAUTION, "The words are the same"),
        ((KLOE, "safe"), (SAF, "safe"), CAUTION, "The words are the same"),
        ((KLOE, "well-led"), (SAF, "well-led"), CAUTION, "The words are the same"),
        ((KLOE, "overall"), (KLOE, "service-group-overall"), NOT, "a single kind of service"),
        ((KLOE, "overall"), (SAF, "service-group-overall"), NOT, "no longer get an overall rating"),
        ((SAF, "overall"), (SAF, "service-group-overall"), NOT, "no longer get an overall rating"),
        ((SAF, "caring"), (DRAFT, "caring"), CAUTION, "a series of percentages ends here"),
    ],
)
def test_the_matrix_says_what_may_be_compared_and_why(
    seeded: Database,
    earlier: tuple[str, str],
    later: tuple[str, str],
    status: ComparabilityStatus,
    words: str,
) -> None:
    found = verdict(earlier, later)
    assert found.status is status
    assert words in found.reason
    assert found.source


def test_an_element_may_be_compared_with_itself(seeded: Database) -> None:
    assert verdict((KLOE, "safe"), (KLOE, "safe")).is_comparable


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ((KLOE, "safe"), (SAF, "caring")),
        ((KLOE, "safe"), (SAF, "learning-culture")),
        ((SAF, "overall"), (KLOE, "overall")),
        ((STARS, "overall"), (SAF, "overall")),
        (("unheard-of", "overall"), (SAF, "overall")),
    ],
)
def test_what_nobody_has_spoken_of_is_not_comparable(
    seeded: Database, earlier: tuple[str, str], later: tuple[str, str]
) -> None:
    found = verdict(earlier, later)
    assert (found.status, found.words) == (NOT, "Not comparable")
    assert "Nobody has said" in found.reason


def test_elements_may_be_given_as_rows(seeded: Database) -> None:
    safe = select(RatingElement).where(RatingElement.code == "safe").order_by(RatingElement.framework_code)
    kloe, _, saf = seeded.scalars(safe)
    assert (kloe.framework_code, saf.framework_code) == (KLOE, "cqc-saf-2023")
    assert verdict(kloe, saf) == verdict((KLOE, "safe"), (SAF, "safe"))


def test_a_judgement_of_the_councils_is_never_compared_with_a_rating() -> None:
    assert COUNCIL_JUDGEMENT.status is NOT


@pytest.mark.parametrize(
    ("published_on", "code"),
    [
        (date(2015, 1, 9), KLOE),
        (date(2023, 11, 20), KLOE),
        (date(2023, 11, 21), None),
        (date(2024, 3, 31), None),
        (date(2024, 4, 1), SAF),
        (date(2026, 6, 30), SAF),
        (None, None),
    ],
)
def test_the_day_of_publication_tells_the_framework(published_on: date | None, code: str | None) -> None:
    assert framework_of(a_rating(published_on))[0] == code


def test_what_the_source_says_of_the_framework_goes_before_the_day() -> None:
    code, words = framework_of(a_rating(date(2024, 1, 5), framework_code=SAF))
    assert (code, words) == (SAF, "CQC single assessment framework (34 quality statements)")


def test_between_the_two_days_the_words_name_both_frameworks() -> None:
    words = framework_of(a_rating(date(2024, 1, 5)))[1]
    assert words.startswith(
        "Either CQC ratings of 2014 (five key questions) or CQC single assessment framework"
    )


def test_a_series_is_in_order_of_publication_and_breaks_between_frameworks(seeded: Database) -> None:
    told = [a_rating(date(2025, 2, 1)), a_rating(date(2018, 5, 1)), a_rating(date(2021, 5, 1))]
    steps = series_with_breaks(told)
    assert [step.rating.published_on for step in steps] == [
        date(2018, 5, 1),
        date(2021, 5, 1),
        date(2025, 2, 1),
    ]
    assert [step.framework_code for step in steps] == [KLOE, KLOE, SAF]
    assert breaks(steps) == [None, None, CAUTION]


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        (date(2017, 10, 31), date(2017, 11, 1), "key lines of enquiry"),
        (date(2024, 11, 30), date(2024, 12, 1), "category of evidence"),
    ],
)
def test_a_series_says_that_the_method_changed_within_a_framework(
    seeded: Database, earlier: date, later: date, words: str
) -> None:
    found = series_with_breaks([a_rating(earlier), a_rating(later)])[1].break_before
    assert found is not None
    assert found.status is CAUTION
    assert words in found.reason


def test_a_rating_that_may_be_of_either_framework_breaks_with_a_conditional_reason(seeded: Database) -> None:
    steps = series_with_breaks(
        [a_rating(date(2020, 1, 1)), a_rating(date(2024, 1, 5)), a_rating(date(2024, 6, 1))]
    )
    assert breaks(steps) == [None, CAUTION, CAUTION]
    for step in steps[1:]:
        assert step.break_before is not None
        assert step.break_before.reason.startswith("CQC used two frameworks when one of these was published")


def test_why_there_is_no_rating_is_no_break_and_the_next_rating_looks_past_it(seeded: Database) -> None:
    told = [
        a_rating(date(2020, 1, 1)),
        a_rating(date(2021, 1, 1), RatingWord.INSUFFICIENT_EVIDENCE),
        a_rating(date(2024, 6, 1)),
        a_rating(None, RatingWord.NOT_RATED),
    ]
    assert breaks(series_with_breaks(told)) == [None, None, CAUTION, None]


def test_a_rating_without_a_date_cannot_be_compared(seeded: Database) -> None:
    steps = series_with_breaks([a_rating(date(2020, 1, 1)), a_rating(None, RatingWord.INADEQUATE)])
    assert breaks(steps) == [None, NOT]
    assert "no date" in str(steps[1].break_before)


def test_what_several_editions_told_alike_is_one_step_with_the_newest_row(seeded: Database) -> None:
    first = a_rating(date(2020, 1, 1), held_from=date(2021, 2, 1))
    again = a_rating(date(2020, 1, 1), held_from=date(2026, 2, 1), inherited=True)
    assert [step.rating for step in series_with_breaks([again, first])] == [again]


def test_a_service_group_is_compared_with_itself_and_its_key_questions_with_theirs(seeded: Database) -> None:
    told = [
        a_rating(on, service_group="Homecare", domain=domain)
        for domain in ("Overall", "Safe")
        for on in (date(2020, 1, 1), date(2025, 1, 1))
    ]
    found = all_series([*told, a_rating(date(2020, 1, 1))])
    assert {key: breaks(steps) for key, steps in found.items()} == {
        ("Homecare", "Overall"): [None, CAUTION],
        ("Homecare", "Safe"): [None, CAUTION],
        ("Overall", "Overall"): [None],
    }


@pytest.mark.parametrize(("last", "queries"), [(date(2022, 1, 1), 0), (date(2025, 1, 1), 1)])
def test_all_series_of_a_service_take_one_query_and_none_without_a_change_of_framework(
    seeded: Database, last: date, queries: int
) -> None:
    told = [
        a_rating(on, domain=domain)
        for domain in ("Overall", "Safe", "Effective")
        for on in (date(2020, 1, 1), last)
    ]
    asked: list[str] = []
    event.listen(seeded.connection(), "before_cursor_execute", lambda *more: asked.append(more[2]))
    assert len(all_series(told)) == 3
    assert len(asked) == queries


def test_without_stored_frameworks_nothing_across_them_is_comparable(session: Database) -> None:
    session.execute(delete(Comparability))
    assert breaks(series_with_breaks([a_rating(date(2020, 1, 1)), a_rating(date(2025, 1, 1))])) == [None, NOT]
