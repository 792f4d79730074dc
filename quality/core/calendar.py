"""Working days in England (Monday to Friday, bank holidays left out), and days of other years."""

from __future__ import annotations

from datetime import date, timedelta

import holidays

_BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG")


def is_working_day(day: date) -> bool:
    """True from Monday to Friday unless the day is a bank holiday in England."""
    return day.weekday() < 5 and day not in _BANK_HOLIDAYS


def add_working_days(start: date, days: int) -> date:
    """The date that is so many working days after `start`; the first counted is the next working day."""
    day = start
    left = days
    while left > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            left -= 1
    return day


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; for the 29th of February, the 28th where a year has no such day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
