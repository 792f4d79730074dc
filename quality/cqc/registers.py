"""CQC's register (HSCA *Active Locations*, called the care directory with filters) and its *Deactivated Locations*.

One row for each service, with all CQC's register says of it. The register had 94 columns in 2017, 119 in 2021 and has
122 in 2026; they are found by their headings, wherever they stand.
"""

from quality.cqc.areas import authority, region
from quality.cqc.cells import (
    Parse,
    beds,
    company_number,
    identifier,
    identifier_or_none,
    latitude,
    longitude,
    phone,
    required_text,
    text_or_none,
    yes_or_no,
)
from quality.cqc.files import DEACTIVATED, REGISTER
from quality.cqc.headings import Layout, Wanted
from quality.cqc.words import rating_word

ACTIVITY, SERVICE_TYPE, BAND = "Regulated activity - ", "Service type - ", "Service user band - "
STARTED, ENDED, PUBLISHED = "Location HSCA start date", "Location HSCA End Date", "Publication Date"
RATED = "Location Latest Overall Rating"
# The columns of people's names, and what each of these people is.
PEOPLE = {
    "Registered manager": "Registered manager",
    "Provider Nominated Individual Name": "Nominated individual",
    "Provider Main Partner Name": "Partner",
}


def _rating_or_none(text: str) -> object:
    return None if text_or_none(text) is None else rating_word(text)


def _once(heading: str, *earlier: str) -> Wanted:
    """A column that not all of CQC's files have had."""
    return Wanted(heading, earlier, optional=True)


# Fields of ServiceRow, with their columns.
_FIELDS: dict[str, tuple[Wanted, Parse]] = {
    "service_id": (Wanted("Location ID"), identifier),
    "name": (Wanted("Location Name"), required_text),
    "care_home": (Wanted("Care home?"), yes_or_no),
    "location_type": (Wanted("Location Type/Sector"), text_or_none),
    "primary_category": (Wanted("Location Primary Inspection Category"), text_or_none),
    "address_1": (Wanted("Location Street Address", ("Street Address",)), text_or_none),
    "address_2": (Wanted("Location Address Line 2", ("Address Line 2",)), text_or_none),
    "town": (Wanted("Location City", ("City",)), text_or_none),
    "county": (Wanted("Location County", ("County",)), text_or_none),
    "postcode": (Wanted("Location Postal Code", ("Postal Code",)), text_or_none),
    "local_authority": (Wanted("Location Local Authority", ("Local Authority",)), authority),
    "region": (Wanted("Location Region", ("Region",)), region),
    "beds": (Wanted("Care homes beds"), beds),
    "registered_on": (Wanted(STARTED, ("HSCA start date",)), text_or_none),
    "latitude": (_once("Location Latitude"), latitude),
    "longitude": (_once("Location Longitude"), longitude),
    "provider_id": (Wanted("Provider ID"), identifier),
    "provider_name": (Wanted("Provider Name"), required_text),
    "brand_id": (Wanted("Brand ID"), text_or_none),
    "brand_name": (Wanted("Brand Name"), text_or_none),
}
REGISTER_FIELDS: dict[str, tuple[Wanted, Parse]] = _FIELDS | {
    "phone": (Wanted("Location Telephone Number", ("Telephone Number",)), phone),
    "website": (Wanted("Location Web Address", ("Web Address",)), text_or_none),
    "is_dormant": (_once("Dormant (Y/N)"), yes_or_no),
    "primary_id": (_once("Primary ID (Dual registration locations)"), identifier_or_none),
    "ownership": (_once("Provider Ownership Type"), text_or_none),
    "companies_house_number": (Wanted("Provider Companies House Number"), company_number),
}
# Of its headings only the first 34 are known for sure; what the register has as well is read where it is there.
DEACTIVATED_FIELDS: dict[str, tuple[Wanted, Parse]] = _FIELDS | {
    "beds": (Wanted("Care homes beds at point location de-activated"), beds),
    "ended_on": (Wanted(ENDED), required_text),
    "provider_name": (_once("Provider Name"), text_or_none),
    "phone": (_once("Location Telephone Number"), phone),
    "website": (_once("Location Web Address"), text_or_none),
    "is_dormant": (_once("Dormant (Y/N)"), yes_or_no),
    "ownership": (_once("Provider Ownership Type"), text_or_none),
    "companies_house_number": (_once("Provider Companies House Number"), company_number),
}
# Columns that are only checked: a rating is told by Latest ratings, for every domain and service.
CHECKED: tuple[tuple[Wanted, Parse], ...] = (
    (_once(RATED), _rating_or_none),
    (_once(PUBLISHED), text_or_none),
    (_once("Inherited Rating (Y/N)"), yes_or_no),
)
_KNOWN = (
    "Location ODS Code",
    "Location Inspection Directorate",
    "Location NHS Region",
    "Location ONSPD CCG Code",
    "Location ONSPD CCG",
    "Location Commissioning CCG Code",
    "Location PAF ID",
    "Location UPRN ID",
    "Location Parliamentary Constituency",
    "Provider Charity Number",
    "Provider HSCA start date",
    "Provider Type/Sector",
    "Provider Inspection Directorate",
    "Provider Primary Inspection Category",
    "Provider Telephone Number",
    "Provider Web Address",
    "Provider Street Address",
    "Provider Address Line 2",
    "Provider City",
    "Provider County",
    "Provider Postal Code",
    "Provider PAF ID",
    "Provider UPRN ID",
    "Provider Local Authority",
    "Provider Region",
    "Provider NHS Region",
    "Provider Latitude",
    "Provider Longitude",
    "Provider Parliamentary Constituency",
    "Location Commissioning CCG",
    "Location Dual Registered",
    "Location CCG Code",
    "Location CCG",
    "Provider - Telephone Number",
    "Provider - Web Address",
    "Provider - Street Address",
    "Provider - Address Line 2",
    "Provider - City",
    "Provider - County",
    "Provider - Postal Code",
    "Location Status",
    "Location Primary NHS Region",
    "Location Commissioning CCG Name",
)
_PEOPLE = tuple(Wanted(heading, optional=True, begins=True) for heading in PEOPLE)
_GROUPS = (SERVICE_TYPE, ACTIVITY, BAND)
REGISTER_LAYOUT = Layout(
    REGISTER,
    "CQC's register (HSCA Active Locations)",
    wanted=(
        *(wanted for wanted, _ in REGISTER_FIELDS.values()),
        *(wanted for wanted, _ in CHECKED),
        *_PEOPLE,
    ),
    known=_KNOWN,
    groups=_GROUPS,
)
DEACTIVATED_LAYOUT = Layout(
    DEACTIVATED,
    "CQC's Deactivated Locations",
    wanted=(
        *(wanted for wanted, _ in DEACTIVATED_FIELDS.values()),
        *(wanted for wanted, _ in CHECKED),
        *_PEOPLE,
    ),
    known=_KNOWN,
    groups=_GROUPS,
    needs_groups=False,
)
