"""What a search for services asks for, as an address says it and as people read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

LONGEST_SEARCH = 200
ENGLAND = "england"
BY_SERVICE = "by-service"
NOT_RATED = "none"
YES, NO = "yes", "no"
# CQC's primary categories of adult social care.
_RESIDENTIAL = "Residential social care"
_COMMUNITY = "Community based adult social care services"
_NURSING = "Care home service with nursing"
_NO_NURSING = "Care home service without nursing"
_DISTRICT = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")


class ServiceKind(StrEnum):
    """A type of service: what it is called, and the service types of CQC's register that mean it.

    `category` is the primary category that stands in where no register tells of a service's types.
    """

    words: str
    names: tuple[str, ...]
    category: str

    def __new__(
        cls, value: str, words: str = "", category: str = "", names: tuple[str, ...] = ()
    ) -> ServiceKind:
        """Keep the rest beside the word in the address."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words, member.names, member.category = words, names, category
        return member

    CARE_HOME = "care-home", "Care home, of either kind", _RESIDENTIAL, (_NURSING, _NO_NURSING)
    NURSING = "care-home-nursing", "Care home with nursing", _RESIDENTIAL, (_NURSING,)
    NO_NURSING = "care-home-no-nursing", "Care home without nursing", _RESIDENTIAL, (_NO_NURSING,)
    HOMECARE = "homecare", "Homecare", _COMMUNITY, ("Domiciliary care service",)
    SUPPORTED_LIVING = "supported-living", "Supported living", _COMMUNITY, ("Supported living service",)
    EXTRA_CARE = "extra-care", "Extra care housing", _COMMUNITY, ("Extra Care housing services",)
    SHARED_LIVES = "shared-lives", "Shared Lives", _COMMUNITY, ("Shared Lives",)
    SUBSTANCE_MISUSE = (
        "substance-misuse",
        "Residential substance misuse treatment",
        _RESIDENTIAL,
        ("Residential substance misuse treatment and/or rehabilitation service",),
    )
    COLLEGE = "specialist-college", "Specialist college", _RESIDENTIAL, ("Specialist college service",)


class RatingAge(StrEnum):
    """How old a rating is, in whole years: at least `least`, and less than `below` where that is given."""

    words: str
    least: int
    below: int | None

    def __new__(cls, value: str, words: str = "", least: int = 0, below: int | None = None) -> RatingAge:
        """Keep the rest beside the word in the address."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words, member.least, member.below = words, least, below
        return member

    UNDER_1 = "under-1", "Under 1 year", 0, 1
    FROM_1_TO_3 = "1-3", "1 to 3 years", 1, 3
    OVER_3 = "over-3", "Over 3 years", 3, None
    OVER_5 = "over-5", "Over 5 years", 5, None


class Sort(StrEnum):
    """In which order services are listed."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Sort:
        """Keep what it is called beside the word in the address."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    NAME = "name", "Name"
    WORST = "worst", "Rating, worst first"
    OLDEST = "oldest", "Oldest rating first"


@dataclass(frozen=True)
class ServiceSearch:
    """What is looked for; what is left as it is narrows nothing.

    `area` is empty for the council's own, `england`, or a local authority's name. A choice is empty where none was
    made. `as_at` is the day whose facts and ratings are asked for; none is today's.
    """

    q: str = ""
    area: str = ""
    district: str = ""
    type: str = ""
    rating: str = ""
    age: str = ""
    specialism: str = ""
    contracted: str = ""
    all_sectors: str = ""
    closed: str = ""
    second: str = ""
    sort: str = Sort.NAME.value
    as_at: date | None = None

    def in_address(self) -> dict[str, str]:
        """What differs from the usual, as an address's query string holds it."""
        chosen = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: str(word) for name, word in chosen.items() if word != getattr(ServiceSearch, name)}


@dataclass(frozen=True)
class Read:
    """A search as it was read from an address; by field, the sentence on what could not be read, and what was typed."""

    search: ServiceSearch
    faults: dict[str, str]
    typed: dict[str, str]


# The choices of the fields that have the same for everybody, as (word in the address, words shown).
_YES_NO = ((YES, "Contracted by us"), (NO, "Not contracted by us"))
CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "type": tuple((one.value, one.words) for one in ServiceKind),
    "rating": (
        ("outstanding", "Outstanding"),
        ("good", "Good"),
        ("requires_improvement", "Requires improvement"),
        ("inadequate", "Inadequate"),
        (BY_SERVICE, "Rated by service"),
        (NOT_RATED, "Not rated"),
    ),
    "age": tuple((one.value, one.words) for one in RatingAge),
    "contracted": _YES_NO,
    "sort": tuple((one.value, one.words) for one in Sort),
    "all_sectors": (("y", "Health services too"),),
    "closed": (("y", "Closed services too"),),
    "second": (("y", "Second registrations too"),),
}


def read_address(words: Mapping[str, str], as_at: date | None = None) -> Read:
    """The search that an address asks for as at a day, which its form has read. A choice that is none narrows nothing;
    what was mistyped is a fault.
    """
    typed = {one.name: _plain(words.get(one.name, "")) for one in fields(ServiceSearch)}
    faults: dict[str, str] = {}
    found: dict[str, Any] = {name: typed[name] for name in ("q", "area", "specialism")}
    found |= {name: typed[name] for name, options in CHOICES.items() if typed[name] in dict(options)}
    district = typed["district"].upper()
    if district and not _DISTRICT.fullmatch(district):
        faults["district"] = "Postcode district must be the first half of a postcode, like CM1"
    found["district"] = "" if faults else district
    return Read(replace(ServiceSearch(), as_at=as_at, **found), faults, typed)


def _plain(text: str) -> str:
    """What was typed without what nobody types: PostgreSQL refuses a text with a null character in it."""
    return " ".join(text[:LONGEST_SEARCH].replace("\0", " ").split())
