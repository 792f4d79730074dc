"""A text that its column has no room for is refused, on either database alike, and nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from quality.cqc import CqcFileError
from quality.services.models import Edition
from tests.builders.registers import BROOK_END, LARKFIELD, load_register, load_rows
from tests.databases import Database

JANUARY = date(2026, 1, 1)
LONG = "Northmere " * 60


def refused(session: Database, loading: Any) -> str:
    """The sentence a load is refused with. Nothing of it is stored."""
    with pytest.raises(CqcFileError) as error:
        loading()
    assert session.scalar(select(func.count(Edition.id))) == 0
    return error.value.sentence


@pytest.mark.parametrize(
    ("heading", "beginning", "most"),
    [
        ("Location Name", 'In row 3, the name is "Northmere', 255),
        ("Provider Name", "In row 3, the provider's name is \"Northmere", 255),
        ("Brand Name", "In row 3, the provider's brand name is \"Northmere", 255),
        ("Location Region", 'In row 3, the region is "Northmere', 60),
        ("Location Local Authority", 'In row 3, the local authority is "Northmere', 120),
        ("Location Postal Code", 'In row 3, the postcode is "Northmere', 10),
    ],
)
def test_a_long_text_in_a_register_is_named_with_its_row(
    session: Database, heading: str, beginning: str, most: int
) -> None:
    other = {"Provider ID": "1-800000009"}
    sentence = refused(
        session, lambda: load_register(JANUARY, LARKFIELD, {**BROOK_END, **other, heading: LONG})
    )
    assert sentence.startswith(beginning)
    assert sentence.endswith(f"there is room for {most} characters.")


@pytest.mark.parametrize(
    ("heading", "most"),
    [
        ("Location Name", 255),
        ("Provider Name", 255),
        ("Location Region", 60),
        ("Service / Population Group", 120),
        ("Report Type", 40),
        ("Location ID", 20),
    ],
)
def test_a_long_text_among_ratings_is_named_with_its_row_and_heading(
    session: Database, heading: str, most: int
) -> None:
    text = f"1-{'9' * 26}" if heading == "Location ID" else LONG
    sentence = refused(
        session, lambda: load_rows([LARKFIELD, {**BROOK_END, "Provider ID": "1-9", heading: text}])
    )
    assert sentence.startswith(f'In row 3, "{heading}" is "{text[:9]}')
    assert sentence.endswith(f"there is room for {most} characters.")
