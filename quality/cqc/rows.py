"""The plain rows that the readers give out."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from quality.cqc.words import RatingWord


class RatingRow(NamedTuple):
    """One line of *Latest ratings*: what CQC says of one service, for one service group and one domain.

    Texts are without the spaces around them; None is what CQC leaves blank or marks `-` or `*`. It is a tuple because
    a file has hundreds of thousands of them, and a frozen dataclass takes several times as long to make.
    """

    row_number: int  # As a spreadsheet shows it, counted from 1.
    service_id: str
    service_name: str
    care_home: bool | None
    location_type: str | None
    primary_category: str | None
    address_1: str | None
    address_2: str | None
    town: str | None
    postcode: str | None
    local_authority: str | None
    region: str | None
    url: str | None
    provider_id: str
    provider_name: str
    brand_id: str | None
    brand_name: str | None
    service_group: str  # `Overall` for the whole service, else for instance `Homecare`.
    domain: str  # One of `DOMAINS`.
    word: RatingWord
    published_text: str  # The rating as CQC wrote it.
    published_on: date | None
    report_type: str | None
    inherited: bool | None  # True when the rating was given to the service this one took over from.


class ServiceRow(NamedTuple):
    """What one line of a register, a directory or a list of deactivated locations, or one reply of the API, says.

    None is what is blank, or what this kind of source does not tell; `TOLD` in `quality.cqc.kinds` says which fields
    each kind tells at all.
    """

    row_number: int
    service_id: str
    name: str
    care_home: bool | None
    location_type: str | None
    primary_category: str | None
    address_1: str | None
    address_2: str | None
    town: str | None
    county: str | None
    postcode: str | None
    local_authority: str | None  # As CQC's Latest ratings spell it.
    region: str | None  # The same.
    url: str | None
    phone: str | None  # With its leading 0.
    website: str | None
    beds: int | None
    is_dormant: bool | None
    registered_on: date | None
    ended_on: date | None
    primary_id: str | None  # Of two registrations of one place, the CQC id of the one that counts.
    latitude: float | None
    longitude: float | None
    provider_id: str
    provider_name: str | None
    brand_id: str | None
    brand_name: str | None
    ownership: str | None
    companies_house_number: str | None
    service_types: tuple[str, ...]
    activities: tuple[str, ...]
    specialisms: tuple[str, ...]
    people: tuple[tuple[str, str], ...]  # Role and name: empty unless the reader was asked for names.


class PublishedRating(NamedTuple):
    """One rating of a service as the API tells it, or of a provider as the sheet of providers does."""

    service_group: str  # `Overall` for the whole service.
    domain: str
    word: RatingWord
    published_text: str
    published_on: date | None
    report_type: str | None
    inherited: bool | None
    inherited_from: str | None  # The CQC id of the service it was given to first.
    is_past: bool  # True when the source tells it only as history.
    framework_code: str | None  # `cqc-2014` or `cqc-saf-2023` where the source says so.
    percentage: Decimal | None
    statements: tuple[tuple[str, int], ...]  # Quality statements with their scores of 1 to 4.


class ServiceLinkRow(NamedTuple):
    """That a service took over from another (`predecessor`), or was taken over (`successor`)."""

    kind: str
    other_id: str
    other_name: str | None
    reason: str | None


class LocationReply(NamedTuple):
    """One reply of the API about a location: the service, its ratings, what it took over from."""

    service: ServiceRow
    ratings: tuple[PublishedRating, ...]
    links: tuple[ServiceLinkRow, ...]


class ProviderReply(NamedTuple):
    """One reply of the API about a provider."""

    provider_id: str
    name: str
    brand_id: str | None
    brand_name: str | None
    ownership: str | None
    companies_house_number: str | None
    ratings: tuple[PublishedRating, ...]
