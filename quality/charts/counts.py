"""Numbers with their noun, and spans of days as people say them."""

from __future__ import annotations


def services(number: int) -> str:
    """1 service, 2,000 services."""
    return f"{number:,} service{'' if number == 1 else 's'}"


def days(number: int) -> str:
    """1 day, 412 days."""
    return f"{number:,} day{'' if number == 1 else 's'}"
