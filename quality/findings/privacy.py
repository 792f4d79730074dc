"""Finding what may identify a person in free text: a warning for whoever wrote it, never a refusal.

Reports go to providers and may be published, so people who use services are not named in them. The patterns are
cheap and catch what is usual; a person still has to read.
"""

from __future__ import annotations

import re
from itertools import chain

_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_BORN = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\.?|date of birth|born(?: on)?)[\s:,]*"
    r"\d{1,2}(?:\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{2,4}|(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\s+\d{4})",
    re.IGNORECASE,
)
_TITLED_NAME = re.compile(r"\b(?:Mr|Mrs|Miss|Ms|Mx)\.?\s+[A-Z][\w'’-]*")


def personal_details(text: str) -> list[str]:
    """What looks like an NHS number, a date of birth or a titled name, each once and in the order of the text."""
    numbers = (each for each in _TEN_DIGITS.finditer(text) if is_nhs_number(each.group()))
    found = sorted(
        chain(numbers, _BORN.finditer(text), _TITLED_NAME.finditer(text)), key=lambda each: each.start()
    )
    return list(dict.fromkeys(each.group() for each in found))


def is_nhs_number(text: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number (modulus 11, NHS Data Dictionary)."""
    digits = [int(each) for each in text if each.isdecimal()]
    if len(digits) != 10:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == digits[9] and check != 10
