"""What a reply about a location or a provider becomes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from quality.core.clock import today
from quality.cqc import CqcFileError, RatingWord
from quality.cqc.api.replies import location, provider
from quality.cqc.rows import PublishedRating, ServiceLinkRow
from tests.builders.cqc_replies import a_location_reply, a_provider_reply, assessed, once_rated, rated


def ratings(**changes: Any) -> tuple[PublishedRating, ...]:
    return location(a_location_reply(**changes)).ratings


def only(
    found: tuple[PublishedRating, ...], group: str = "Overall", domain: str = "Overall", *, past: bool = False
) -> PublishedRating:
    (one,) = (r for r in found if (r.service_group, r.domain) == (group, domain) and r.is_past is past)
    return one


def test_the_facts_of_a_care_home_are_in_the_registers_words() -> None:
    service = location(a_location_reply()).service
    assert (service.service_id, service.provider_id) == ("1-900000001", "1-800000001")
    assert service.region == "East of England"
    assert service.primary_category == "Residential social care"
    assert service.service_types == ("Care home service without nursing",)
    assert service.specialisms == ("Dementia", "Older People")
    assert (service.beds, service.care_home, service.is_dormant) == (32, True, False)
    assert (service.registered_on, service.ended_on) == (date(2019, 4, 2), None)


def test_what_a_reply_leaves_out_is_unknown() -> None:
    service = location(
        a_location_reply(numberOfBeds=None, website=None, mainPhoneNumber=None, onspdLatitude=None)
    ).service
    assert (service.beds, service.website, service.phone, service.latitude) == (None, None, None, None)


def test_a_location_that_was_never_rated_has_no_ratings() -> None:
    assert ratings() == ()


def test_a_deregistered_location_tells_the_day_it_ended() -> None:
    reply = a_location_reply(registrationStatus="Deregistered", deregistrationDate="2024-02-29")
    assert location(reply).service.ended_on == date(2024, 2, 29)


def test_a_deregistered_location_without_a_day_is_refused() -> None:
    with pytest.raises(CqcFileError, match=r'"deregistrationDate" is missing'):
        location(a_location_reply(registrationStatus="Deregistered"))


def test_names_of_managers_are_left_out_unless_asked_for() -> None:
    assert location(a_location_reply()).service.people == ()
    named = location(a_location_reply(), with_names=True).service.people
    assert named == (("Registered manager", "Ms Ida Invented"),)


def test_a_rating_comes_with_its_five_key_questions() -> None:
    found = ratings(currentRatings=rated("Good", "2021-05-13", safe="Requires improvement"))
    assert len(found) == 6
    assert only(found).published_on == date(2021, 5, 13)
    assert only(found, domain="Safe").word is RatingWord.REQUIRES_IMPROVEMENT
    assert {one.framework_code for one in found} == {"cqc-2014"}
    assert {one.inherited for one in found} == {False}


def test_a_rating_of_the_time_of_two_frameworks_names_neither() -> None:
    assert only(ratings(currentRatings=rated("Good", "2023-11-20"))).framework_code == "cqc-2014"
    assert only(ratings(currentRatings=rated("Good", "2023-11-21"))).framework_code is None


def test_an_inherited_rating_names_whose_it_was() -> None:
    found = ratings(currentRatings=rated("Good", "2019-12-19", inherited_from="1-900000009"))
    assert {(one.inherited, one.inherited_from) for one in found} == {(True, "1-900000009")}


def test_a_question_inherited_by_itself_does_not_make_the_whole_inherited() -> None:
    block = rated("Good", "2021-05-13")
    block["overall"]["keyQuestionRatings"][2] |= {
        "reportDate": "2019-04-18",
        "reportLinkId": "older",
        "organisationId": "1-900000009",
    }
    found = ratings(currentRatings=block)
    assert only(found).inherited is False
    caring = only(found, domain="Caring")
    assert (caring.inherited, caring.published_on) == (True, date(2019, 4, 18))


def test_what_was_never_published_has_no_day() -> None:
    found = ratings(currentRatings={"overall": {"rating": "No published rating", "keyQuestionRatings": []}})
    assert only(found).published_on is None
    assert only(found).word is RatingWord.NO_PUBLISHED_RATING


def test_history_is_past_and_dated_by_its_report() -> None:
    found = ratings(
        currentRatings=rated("Good", "2021-05-13"),
        historicRatings=[once_rated("Inadequate", "2018-02-02", organisationId="1-900000009")],
    )
    past = only(found, past=True)
    assert (past.word, past.published_on) == (RatingWord.INADEQUATE, date(2018, 2, 2))
    assert past.inherited_from == "1-900000009"


def test_history_that_repeats_the_current_rating_is_told_once() -> None:
    found = ratings(
        currentRatings=rated("Good", "2021-05-13"), historicRatings=[once_rated("Good", "2021-05-13")]
    )
    assert [one.is_past for one in found] == [False] * 6


def test_service_ratings_have_the_names_that_the_files_use() -> None:
    block = {
        "serviceRatings": [
            {"name": "old", "rating": "Good", "reportDate": "2019-05-21"},
            {"name": "care", "rating": "Good", "reportDate": "2019-05-21"},
        ],
        "reportDate": "2019-05-21",
    }
    areas = [{"inspectionAreaId": "care", "inspectionAreaName": "Medical care", "status": "Active (Rated)"}]
    found = ratings(currentRatings=block, inspectionAreas=areas)
    assert [one.service_group for one in found] == ["Older people", "Medical care"]


def test_an_assessment_comes_with_its_scores() -> None:
    found = ratings(assessment=[assessed("Care Homes", "Requires Improvement", "2024-08-08", score="2")])
    whole = only(found, "Care Homes")
    assert (whole.word, whole.published_on) == (RatingWord.REQUIRES_IMPROVEMENT, date(2024, 8, 8))
    assert whole.framework_code == "cqc-saf-2023"
    safe = only(found, "Care Homes", "Safe")
    assert (safe.percentage, safe.statements) == (Decimal(50), (("Learning culture", 2),))


def test_the_assessment_of_the_only_service_stands_for_the_whole_as_in_cqcs_files() -> None:
    found = ratings(
        historicRatings=[once_rated("Good", "2019-01-18")],
        assessment=[assessed("Care Homes", "Inadequate", "2024-08-08", score="1")],
        assessmentServiceGroup=[{"assessmentServiceName": "Care Homes", "status": "Active"}],
    )
    whole = only(found)
    assert (whole.word, whole.published_on) == (RatingWord.INADEQUATE, date(2024, 8, 8))
    assert only(found, domain="Caring").percentage is None
    assert only(found, past=True).published_on == date(2019, 1, 18)


def test_a_rating_that_an_assessment_overtook_is_past() -> None:
    found = ratings(
        currentRatings=rated("Good", "2021-05-13"),
        assessment=[assessed("Homecare", "Inadequate", "2024-12-13")],
    )
    assert only(found).word is RatingWord.INADEQUATE
    assert only(found, past=True).word is RatingWord.GOOD


def test_several_services_are_each_assessed_by_themselves_and_the_whole_is_not_rated() -> None:
    found = ratings(
        assessment=[
            assessed("Homecare", "Good", "2024-12-13"),
            assessed("Supported Living", "Inadequate", "2025-01-10", score="1"),
        ]
    )
    assert only(found, "Homecare").word is RatingWord.GOOD
    assert only(found, "Supported Living").word is RatingWord.INADEQUATE
    assert (only(found).word, only(found).published_on) == (RatingWord.NOT_RATED, None)


def test_one_assessed_service_of_two_does_not_stand_for_the_whole() -> None:
    groups = [
        {"assessmentServiceName": name, "status": "Active"} for name in ("Homecare", "Supported Living")
    ]
    found = ratings(assessment=[assessed("Homecare", "Good", "2024-12-13")], assessmentServiceGroup=groups)
    assert only(found).word is RatingWord.NOT_RATED
    assert only(found, domain="Safe").word is RatingWord.NOT_RATED


def test_a_rating_of_the_whole_stays_where_only_one_of_several_services_was_assessed() -> None:
    groups = [
        {"assessmentServiceName": name, "status": "Active"} for name in ("Homecare", "Supported Living")
    ]
    found = ratings(
        currentRatings=rated("Good", "2021-05-13"),
        assessment=[assessed("Homecare", "Inadequate", "2024-12-13")],
        assessmentServiceGroup=groups,
    )
    assert only(found).word is RatingWord.GOOD


def test_of_two_current_assessments_of_one_service_the_newer_counts() -> None:
    found = ratings(
        assessment=[
            assessed("Homecare", "Good", "2024-12-13"),
            assessed("Homecare", "Inadequate", "2025-06-01"),
        ]
    )
    assert only(found, "Homecare").word is only(found).word is RatingWord.INADEQUATE
    assert only(found, "Homecare", past=True).word is RatingWord.GOOD


def test_an_assessment_that_is_not_current_is_past() -> None:
    found = ratings(assessment=[assessed("Homecare", "Good", "2024-12-13", status="Superseded")])
    assert {one.is_past for one in found} == {True}


def test_a_dental_practice_has_no_rating_no_score_and_no_statements() -> None:
    found = ratings(assessment=[assessed("Dental", "", "2024-09-17", score="0")])
    assert {one.domain for one in found} == {"Safe", "Well-led", "Caring", "Responsive", "Effective"}
    assert {one.service_group for one in found} == {"Dental", "Overall"}
    assert {(one.word, one.percentage, one.statements) for one in found} == {
        (RatingWord.REGULATIONS_MET, None, ())
    }


def test_a_relationship_becomes_one_link() -> None:
    relation = {
        "relatedLocationId": "1-900000002",
        "relatedLocationName": "Larch Lodge",
        "type": "HSCA Predecessor",
        "reason": "Legal Entity Change",
    }
    (link,) = location(a_location_reply(relationships=[relation, relation])).links
    assert link == ServiceLinkRow("predecessor", "1-900000002", "Larch Lodge", "Legal Entity Change")


def test_a_provider_tells_its_name_ownership_and_company_number() -> None:
    told = provider(a_provider_reply(currentRatings=rated("Good", "2021-05-13")))
    assert (told.provider_id, told.name, told.ownership) == (
        "1-800000001",
        "Larch Care Limited",
        "Organisation",
    )
    assert told.companies_house_number == "00000001"
    assert only(told.ratings).word is RatingWord.GOOD


@pytest.mark.parametrize("cqc_id", ["RJX", "RX999", "1-900000001"])
def test_ids_of_the_nhs_are_ids(cqc_id: str) -> None:
    assert location(a_location_reply(providerId=cqc_id)).service.provider_id == cqc_id


TOMORROW = (today() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"currentRatings": rated("Splendid", "2021-05-13")},
            'CQC\'s reply about location 1-900000001 cannot be used: "currentRatings.overall.rating" is "Splendid", '
            "which is not a rating we know.",
        ),
        ({"currentRatings": rated("Good", TOMORROW)}, "which is in the future"),
        ({"currentRatings": rated("Good", "1999-12-31")}, "which is before the year 2000"),
        ({"currentRatings": rated("Good", "13/05/2021")}, "which is not a date like 2026-05-29"),
        ({"currentRatings": "Good"}, '"currentRatings" is not an object'),
        ({"historicRatings": {}}, '"historicRatings" is not a list'),
        ({"relationships": ["1-900000002"]}, '"relationships[0]" is not an object'),
        (
            {"relationships": [{"type": "Twin", "relatedLocationId": "1-2"}]},
            '"relationships[0].type" is "Twin"',
        ),
        ({"name": " "}, '"name" is " ", where there must be something'),
        ({"name": None}, '"name" is missing'),
        ({"providerId": "1-8 1"}, '"providerId" is "1-8 1", which is not a CQC id'),
        ({"name": "x" * 256}, '"name" has 256 characters, and at most 255 are taken'),
        ({"providerId": "1-" + "9" * 19}, '"providerId" has 21 characters, and at most 20'),
        ({"numberOfBeds": -3}, '"numberOfBeds" is "-3"'),
        ({"numberOfBeds": True}, '"numberOfBeds" is not a text or a number'),
        ({"careHome": "Maybe"}, '"careHome" is "Maybe"'),
        ({"onspdLatitude": 0}, '"onspdLatitude" is "0"'),
        (
            {"assessment": [assessed("Homecare", "Good", "2024-12-13", score="7")]},
            '.percentageScore" is "175", which is not',
        ),
    ],
)
def test_a_reply_that_is_not_as_we_know_it_is_refused_with_its_field(
    changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CqcFileError) as refused:
        location(a_location_reply(**changes))
    assert sentence in refused.value.sentence


def test_a_reply_about_nothing_is_refused() -> None:
    with pytest.raises(CqcFileError, match=r'about a location cannot be used: "locationId" is missing'):
        location({"message": "hello"})
