"""The plain rows that the readers give out."""

from datetime import date
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
