"""What a service is asked to have ready, by its kind. Our own list, after what officers record that they read."""

from __future__ import annotations

from collections.abc import Iterator

from quality.frameworks.definition import ServiceType

__all__ = ["documents_for"]

_HOMES = frozenset({ServiceType.CARE_HOME, ServiceType.CARE_HOME_NURSING})
_NURSING = frozenset({ServiceType.CARE_HOME_NURSING})
_OWN_HOMES = frozenset({ServiceType.HOMECARE, ServiceType.SUPPORTED_LIVING, ServiceType.EXTRA_CARE})
_BUILDINGS = _HOMES | {ServiceType.DAY_OPPORTUNITIES}
_LIVING = frozenset({ServiceType.SUPPORTED_LIVING})
_CALLS = frozenset({ServiceType.HOMECARE, ServiceType.EXTRA_CARE})
_ALL = frozenset(ServiceType)

# A heading, then the documents with the kinds of service that have them.
_WANTED: tuple[tuple[str, tuple[tuple[str, frozenset[ServiceType]], ...]], ...] = (
    (
        "The people you support",
        (
            ("A list of the people you support, by initials or number, for us to choose from", _ALL),
            ("Care plans, risk assessments and reviews, and the daily records of the last month", _ALL),
            ("Consent, assessments of mental capacity, and decisions in somebody’s best interests", _ALL),
            ("Applications and authorisations for a deprivation of liberty, with their conditions", _HOMES),
            ("Decisions of the Court of Protection that concern somebody you support, if there are any", _OWN_HOMES),
            ("Records of medicines of the last month, your own checks of them, and errors", _ALL),
            ("The register of controlled drugs", _HOMES),
            ("Records of food, drink, weight and skin of people at risk", _HOMES),
            ("Programmes of activities, and how people chose them", _BUILDINGS),
        ),
    ),
    (
        "Your staff",
        (
            ("A list of staff with role and first day", _ALL),
            ("Recruitment files of the staff we choose: references, checks, right to work", _ALL),
            ("Checks that nurses are registered", _NURSING),
            ("The overview of training, with dates, and of supervision and appraisal", _ALL),
            ("Rotas of the last four weeks, as planned and as worked, and how many staff you need", _BUILDINGS),
            ("Rotas of the last four weeks, with each person’s own hours of support", _LIVING),
            ("Calls of the last four weeks, as planned and as made, with those that were late or missed", _CALLS),
        ),
    ),
    (
        "Safety",
        (
            ("Accidents, incidents and safeguarding concerns of the last six months, and what you learned", _ALL),
            ("The fire risk assessment, drills, and each person’s plan for leaving the building", _BUILDINGS),
            ("Certificates and checks of water, gas, electricity, lifts and hoists", _BUILDINGS),
            ("Risk assessments of people’s homes and of staff who work alone", _OWN_HOMES),
            ("Checks of cleanliness and of infection control", _ALL),
            ("The plan for going on when something fails: power, staff, a building, a system", _ALL),
        ),
    ),
    (
        "Leadership",
        (
            ("The statement of purpose, and the certificate of insurance", _ALL),
            ("Policies on safeguarding, medicines, complaints and speaking up", _ALL),
            ("Complaints and compliments of the last twelve months, with your answers", _ALL),
            ("Your own checks of quality of the last six months, and what was done about them", _ALL),
            ("What people, families and staff told you: surveys, and minutes of meetings", _ALL),
            ("Any plan for improvement that you work on now", _ALL),
        ),
    ),
)  # fmt: skip


def documents_for(kind: ServiceType) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What to have ready at this kind of service: a heading, and the documents under it."""
    for heading, wanted in _WANTED:
        yield heading, tuple(words for words, kinds in wanted if kind in kinds)
