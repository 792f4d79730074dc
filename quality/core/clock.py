"""What time it is: moments in UTC, days in England."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_supposed: ContextVar[datetime | None] = ContextVar("supposed", default=None)


def now() -> datetime:
    """This moment, in UTC."""
    return _supposed.get() or datetime.now(UTC)


@contextmanager
def supposing(moment: datetime) -> Iterator[None]:
    """Suppose inside that it is another moment. Only for the invented council, whose past has to lie in the past."""
    token = _supposed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _supposed.reset(token)


def today() -> date:
    """Today's date where the council is."""
    return now().astimezone(LONDON).date()


def local(moment: datetime) -> datetime:
    """The same moment on an English clock."""
    return moment.astimezone(LONDON)
