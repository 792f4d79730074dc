"""A warning for what may identify a person, and none for what cannot."""

from __future__ import annotations

import pytest

from quality.findings.privacy import is_nhs_number, personal_details


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Her NHS number is 943 476 5919.", ["943 476 5919"]),
        ("9434765919 and again 943-476-5919", ["9434765919", "943-476-5919"]),
        ("She was born on 3 March 1941 in Northmere.", ["born on 3 March 1941"]),
        ("DOB 03/04/1938", ["DOB 03/04/1938"]),
        ("Date of birth: 1.2.40", ["Date of birth: 1.2.40"]),
        ("Mrs Winterbourne said so, and Mr. O'Dell agreed.", ["Mrs Winterbourne", "Mr. O'Dell"]),
    ],
)
def test_what_may_identify_a_person_is_found(text: str, found: list[str]) -> None:
    assert personal_details(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Call the office on 01234 567890.",
        "Ten digits without a right check digit: 943 476 5918.",
        "Records of 12/03/2026 and 14/03/2026 were read.",
        "The manager knew her staff, and every resident we met.",
        "A reference of twelve digits: 943476591912.",
        "",
    ],
)
def test_what_cannot_identify_a_person_is_left_alone(text: str) -> None:
    assert personal_details(text) == []


def test_the_same_detail_is_named_once() -> None:
    assert personal_details("Mrs Winterbourne. Again Mrs Winterbourne.") == ["Mrs Winterbourne"]


@pytest.mark.parametrize("number", ["4505577104", "9434765919", "943 476 5919"])
def test_a_number_with_the_right_check_digit_is_an_nhs_number(number: str) -> None:
    assert is_nhs_number(number)


@pytest.mark.parametrize("number", ["4505577105", "123456789", "1000000010"])
def test_a_number_with_another_check_digit_is_not(number: str) -> None:
    assert not is_nhs_number(number)
