"""Understanding what CQC's API answers about one location or one provider: a reply in, plain rows out.

The fields and their quirks are those of the Syndication API, version 1. A reply that is not as we know it is refused
with a sentence that names the record and the field; fields that we do not use are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quality.cqc.api.fields import MOST_OF_AN_ID, Fields
from quality.cqc.api.published import ratings_of
from quality.cqc.areas import authority, region
from quality.cqc.cells import beds, company_number, latitude, longitude, phone, yes_or_no
from quality.cqc.errors import CqcFileError, quoted
from quality.cqc.rows import LocationReply, ProviderReply, ServiceLinkRow, ServiceRow
from quality.cqc.traits import in_the_registers_words

_LINKS = {"hsca predecessor": "predecessor", "hsca successor": "successor"}
MANAGER = "Registered manager"


def location(reply: Any, *, with_names: bool = False) -> LocationReply:
    """What a reply of `/locations/{id}` says. Managers are left out unless asked for `with_names`.

    CqcFileError, naming the location and the field, when the reply is not as we know it.
    """
    told = _fields("location", "locationId", reply)
    return LocationReply(_service(told, with_names), ratings_of(told), tuple(_links(told)))


def provider(reply: Any) -> ProviderReply:
    """What a reply of `/providers/{id}` says. CqcFileError as with `location`."""
    told = _fields("provider", "providerId", reply)
    return ProviderReply(
        provider_id=told.identifier("providerId"),
        name=told.required("name"),
        brand_id=told.text("brandId", MOST_OF_AN_ID),
        brand_name=told.text("brandName"),
        ownership=told.text("ownershipType", 60),
        companies_house_number=company_number(told.text("companiesHouseNumber", 20) or ""),
        ratings=ratings_of(told),
    )


def _fields(kind: str, name: str, reply: Any) -> Fields:
    if not isinstance(reply, dict):
        raise CqcFileError(
            f"CQC's reply about a {kind} cannot be used: it is not an object, or nests without end."
        )
    cqc_id = reply.get(name)
    if not isinstance(cqc_id, str):
        raise CqcFileError(f'CQC\'s reply about a {kind} cannot be used: "{name}" is missing.')
    return Fields(f"{kind} {quoted(cqc_id)[1:-1]}", reply)


def _service(told: Fields, with_names: bool) -> ServiceRow:
    ended_on = told.day("deregistrationDate")
    if ended_on is None and (told.text("registrationStatus") or "").casefold() == "deregistered":
        raise told.bad("deregistrationDate", "is missing although the location is deregistered")
    return ServiceRow(
        row_number=0,
        service_id=told.identifier("locationId"),
        name=told.required("name"),
        care_home=told.read("careHome", yes_or_no),
        location_type=told.text("type", 60),
        primary_category=_primary_category(told),
        address_1=told.text("postalAddressLine1"),
        address_2=told.text("postalAddressLine2"),
        town=told.text("postalAddressTownCity", 120),
        county=told.text("postalAddressCounty", 120),
        postcode=told.text("postalCode", 10),
        local_authority=authority(told.text("localAuthority", 120) or ""),
        region=region(told.text("region", 60) or ""),
        url=None,
        phone=phone(told.text("mainPhoneNumber", 40) or ""),
        website=told.text("website", 2_000),
        beds=told.read("numberOfBeds", beds),
        is_dormant=told.read("dormancy", yes_or_no),
        registered_on=told.day("registrationDate"),
        ended_on=ended_on,
        primary_id=None,
        latitude=told.read("onspdLatitude", latitude),
        longitude=told.read("onspdLongitude", longitude),
        provider_id=told.identifier("providerId"),
        provider_name=None,
        brand_id=told.text("brandId", MOST_OF_AN_ID),
        brand_name=told.text("brandName"),
        ownership=None,
        companies_house_number=None,
        # `description` has the register's words; `name` those of CQC's website, one for several of them.
        service_types=_names(told, "gacServiceTypes", "description"),
        activities=_names(told, "regulatedActivities", "name"),
        specialisms=_names(told, "specialisms", "name"),
        people=tuple(dict.fromkeys(_managers(told))) if with_names else (),
    )


def _primary_category(told: Fields) -> str | None:
    for category in told.each("inspectionCategories"):
        if (category.text("primary") or "").casefold() == "true":
            return category.required("name", 120)
    return None


def _names(told: Fields, field: str, part: str) -> tuple[str, ...]:
    # A deregistered location may hold one empty object instead of an empty list.
    return in_the_registers_words(name for one in told.each(field) if (name := one.text(part, 160)))


def _managers(told: Fields) -> Iterator[tuple[str, str]]:
    for activity in told.each("regulatedActivities"):
        for contact in activity.each("contacts"):
            roles = contact.content.get("personRoles")
            if isinstance(roles, list) and "Registered Manager" in roles:
                parts = (contact.text(f"person{part}") for part in ("Title", "GivenName", "FamilyName"))
                name = " ".join(part for part in parts if part)
                if name:
                    yield MANAGER, name


def _links(told: Fields) -> Iterator[ServiceLinkRow]:
    seen: set[tuple[str, str]] = set()
    for relation in told.each("relationships"):
        kind = _LINKS.get(relation.required("type").casefold())
        if kind is None:
            raise relation.bad("type", f"is {quoted(relation.required('type'))}, which we do not know")
        other_id = relation.identifier("relatedLocationId")
        if (kind, other_id) not in seen:
            seen.add((kind, other_id))
            yield ServiceLinkRow(
                kind, other_id, relation.text("relatedLocationName"), relation.text("reason", 120)
            )
