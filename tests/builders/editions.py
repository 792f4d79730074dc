"""Editions of CQC's ratings, one after another: what stood, and what came since. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from quality.core.clock import LONDON, supposing, today
from quality.services.models import Edition, Service
from tests.builders.registers import load_rows
from tests.builders.services import row_of

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
    rows = [row_of(service, group, domain, word, published) for domain, (word, published) in said.items()]
    with supposing(noon(on)):
        result = load_rows(rows, as_at=on, name=name or f"ratings-{on.isoformat()}.csv", part=True)
    assert result.edition is not None
    return result.edition
