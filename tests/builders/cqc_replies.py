"""Replies of CQC's API about invented places, in exactly the form of the real ones."""

from __future__ import annotations

from typing import Any

Reply = dict[str, Any]

QUESTIONS = ("Safe", "Well-led", "Caring", "Responsive", "Effective")
_STATEMENTS = {
    "Safe": "Learning culture",
    "Effective": "Assessing needs",
    "Caring": "Treating people as individuals",
    "Responsive": "Person-centred Care",
    "Well-led": "Freedom to speak up",
}
_SCORES = {
    "1": "1 - Evidence shows significant shortfalls in the standard of care",
    "2": "2 - Evidence shows some shortfalls in the standard of care",
    "3": "3 - Evidence shows a good standard of care",
    "4": "4 - Evidence shows an exceptional standard of care",
}


def a_location_reply(cqc_id: str = "1-900000001", **changes: Any) -> Reply:
    """A registered care home that was never rated. A field given as None is left out, as CQC does."""
    reply = {
        "locationId": cqc_id,
        "providerId": "1-800000001",
        "organisationType": "Location",
        "type": "Social Care Org",
        "name": f"Larch House {cqc_id[-3:]}",
        "registrationStatus": "Registered",
        "registrationDate": "2019-04-02",
        "dormancy": "N",
        "numberOfBeds": 32,
        "website": "www.larch.example",
        "postalAddressLine1": "1 Mill Lane",
        "postalAddressTownCity": "Harbour Green",
        "region": "East",
        "postalCode": "ZZ1 1AA",
        "onspdLatitude": 51.7,
        "onspdLongitude": 0.4,
        "careHome": "Y",
        "inspectionDirectorate": "Adult social care",
        "mainPhoneNumber": "01632960001",
        "localAuthority": "Northmere",
        "inspectionCategories": [
            {"code": "S2", "name": "Community based adult social care services"},
            {"code": "S1", "name": "Residential social care", "primary": "true"},
        ],
        "gacServiceTypes": [
            {"name": "Residential homes", "description": "Care home service without nursing"}
        ],
        "regulatedActivities": [
            {
                "name": "Accommodation for persons who require nursing or personal care",
                "code": "RA2",
                "contacts": [
                    {
                        "personTitle": "Ms",
                        "personGivenName": "Ida",
                        "personFamilyName": "Invented",
                        "personRoles": ["Registered Manager"],
                    }
                ],
            }
        ],
        "specialisms": [{"name": "Caring for adults over 65 yrs"}, {"name": "Dementia"}],
        "relationships": [],
        "locationTypes": [],
        "inspectionAreas": [],
        **changes,
    }
    return {name: value for name, value in reply.items() if value is not None}


def a_provider_reply(cqc_id: str = "1-800000001", **changes: Any) -> Reply:
    """A registered company."""
    reply = {
        "providerId": cqc_id,
        "locationIds": ["1-900000001"],
        "organisationType": "Provider",
        "ownershipType": "Organisation",
        "type": "Social Care Org",
        "name": "Larch Care Limited",
        "companiesHouseNumber": "00000001",
        "registrationStatus": "Registered",
        "registrationDate": "2018-01-28",
        "region": "East",
        "localAuthority": "Northmere",
        "relationships": [],
        "inspectionAreas": [],
        **changes,
    }
    return {name: value for name, value in reply.items() if value is not None}


def rated(overall: str, on: str, *, inherited_from: str | None = None, **questions: str) -> Reply:
    """A `currentRatings` with every key question rated like the whole, or as `questions` say (`well_led="Good"`)."""
    owner = {"organisationId": inherited_from} if inherited_from else {}
    report = {"reportDate": on, "reportLinkId": f"link-{on}"}
    asked = [
        {"name": name, "rating": questions.get(_key(name), overall), **report, **owner} for name in QUESTIONS
    ]
    return {"overall": {"rating": overall, "keyQuestionRatings": asked, **report}, "reportDate": on}


def once_rated(overall: str, on: str, **changes: Any) -> Reply:
    """One entry of `historicRatings`, whose parts carry no date of their own."""
    asked = [{"name": name, "rating": overall} for name in QUESTIONS]
    return {
        "overall": {"rating": overall, "keyQuestionRatings": asked},
        "reportDate": on,
        "reportLinkId": f"link-{on}",
        **changes,
    }


def assessed(group: str, rating: str, on: str, *, status: str = "Current", score: str = "3") -> Reply:
    """One entry of `assessment`: a group of services under the single assessment framework."""
    asked = [
        {
            "name": name,
            "rating": rating or "Regulations met",
            "status": "Assessed",
            "percentageScore": str(int(score) * 25),
            "topicareas": [
                {
                    "name": _STATEMENTS[name],
                    "qualityStatementId": "1",
                    "qualityStatementscore": _SCORES.get(score, rating or "Regulations met"),
                    "status": "Assessed",
                    "evidenceCategory": [],
                }
            ],
        }
        for name in QUESTIONS
    ]
    outcome = {
        "assessmentPlanId": f"AP{on}",
        "assessmentPlanStatus": "Active",
        "assessmentDate": on,
        "name": group,
        "title": "Ongoing Assessment",
        "rating": rating,
        "status": status,
        "keyQuestionRatings": asked,
    }
    return {"assessmentPlanPublishedDateTime": f"{on} 15:19:48", "ratings": {"asgRatings": [outcome]}}


def _key(name: str) -> str:
    return name.lower().replace("-", "_")
