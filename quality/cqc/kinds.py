"""Which fields of a service each kind of source tells at all: what it leaves out, it says nothing about."""

from quality.cqc.files import API, DEACTIVATED, DIRECTORY, LATEST_RATINGS, REGISTER
from quality.cqc.rows import ServiceRow

_EVERYTHING = frozenset(ServiceRow._fields) - {"row_number"}

# By kind, the fields of ServiceRow. A particular file may tell fewer: `CqcFile.told` says which.
TOLD: dict[str, frozenset[str]] = {
    LATEST_RATINGS: frozenset(
        {
            "service_id",
            "name",
            "care_home",
            "location_type",
            "primary_category",
            "address_1",
            "address_2",
            "town",
            "postcode",
            "local_authority",
            "region",
            "url",
            "provider_id",
            "provider_name",
            "brand_id",
            "brand_name",
        }
    ),
    REGISTER: _EVERYTHING - {"ended_on", "url"},
    DEACTIVATED: _EVERYTHING - {"primary_id", "url"},
    # Its address is one text, and stands whole in the first line.
    DIRECTORY: frozenset(
        {
            "service_id",
            "name",
            "address_1",
            "postcode",
            "local_authority",
            "region",
            "url",
            "phone",
            "website",
            "provider_id",
            "provider_name",
            "service_types",
            "activities",
            "specialisms",
        }
    ),
    # Who owns a provider is told by the reply about the provider, not by that about one of its services.
    API: _EVERYTHING - {"companies_house_number", "ownership", "primary_id", "provider_name", "url"},
}
