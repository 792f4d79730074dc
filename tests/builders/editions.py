"""Editions of CQC's ratings, one after another: what stood, and what came since. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from quality.core.clock import LONDON, supposing, today
from quality.services.models import Edition, Service
from tests.builders.cqc_files import Cell
from tests.builders.services import load_rows

# A rating of one domain: the word, and the day it was published, if any.
Said = tuple[str, date | None]


def days_ago(days: int) -> date:
    """The day so many days before today."""
    return today() - timedelta(days=days)


def noon(day: date) -> datetime:
    """The middle of a day, for `supposing`."""
    return datetime.combine(day, time(12), tzinfo=LONDON)


def an_edition_that_says(
    service: Service, on: date, said: Mapping[str, Said], *, group: str = "Overall", name: str = ""
) -> Edition:
    """CQC's file of the day `on`, loaded that day: all that it says of the service, and nothing of any other."""
    rows = [_row(service, group, domain, word, published) for domain, (word, published) in said.items()]
    with supposing(noon(on)):
        result = load_rows(rows, as_at=on, name=name or f"ratings-{on.isoformat()}.csv", part=True)
    assert result.edition is not None
    return result.edition


def _row(service: Service, group: str, domain: str, word: str, published: date | None) -> dict[str, Cell]:
    return {
        "Location ID": service.cqc_id,
        "Location Name": service.name,
        "Care Home?": {True: "Y", False: "N", None: ""}[service.is_care_home],
        "Location Type": service.location_type,
        "Location Primary Inspection Category": service.primary_category,
        "Location Street Address": service.address_1,
        "Location Address Line 2": service.address_2,
        "Location City": service.town,
        "Location Post Code": service.postcode,
        "Location Local Authority": service.local_authority.name,
        "Location Region": service.local_authority.region,
        "URL": service.url,
        "Provider ID": service.provider.cqc_id,
        "Provider Name": service.provider.name,
        "Service / Population Group": group,
        "Domain": domain,
        "Latest Rating": word,
        "Publication Date": published or "",
    }
