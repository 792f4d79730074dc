"""What time it is: moments in UTC, days in England."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date where the council is."""
    return now().astimezone(LONDON).date()


def local(moment: datetime) -> datetime:
    """The same moment on an English clock."""
    return moment.astimezone(LONDON)
