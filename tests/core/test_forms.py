"""Fields say in plain words what is wrong, and show again exactly what was typed."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from quality.core.forms import CountField, DateField, HouseForm, LineField, LongTextField


class PlanForm(HouseForm):
    """A form with one of each."""

    starts = DateField("Start date", required="Enter the start date")
    title = LineField("Title", most=10, required="Enter a title")
    notes = LongTextField("Notes")
    people = CountField("Number of people")


def _filled(app: Flask, **typed: str) -> PlanForm:
    whole = {"starts-day": "27", "starts-month": "3", "starts-year": "2026", "title": "Visit"}
    with app.test_request_context("/", method="POST", data={**whole, **typed}):
        form = PlanForm()
        form.validate()
    return form


@pytest.fixture(scope="module")
def bare() -> Flask:
    """An app that only knows how to read forms."""
    app = Flask("forms")
    app.config.update(SECRET_KEY="k" * 40, WTF_CSRF_ENABLED=False)
    return app


def test_a_whole_form_is_read(bare: Flask) -> None:
    form = _filled(bare, notes=" First line\r\nsecond ", people="1,000")
    assert not form.errors
    assert form.starts.data == date(2026, 3, 27)
    assert form.notes.data == "First line\nsecond"
    assert form.people.data == 1000


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"starts-day": "", "starts-month": "", "starts-year": ""}, "Enter the start date"),
        ({"starts-day": ""}, "Start date must include a day"),
        ({"starts-day": "", "starts-year": ""}, "Start date must include a day and a year"),
        ({"starts-day": "31", "starts-month": "2"}, "Start date must be a real date, like 27 3 2026"),
        ({"starts-month": "March"}, "Start date must be a real date, like 27 3 2026"),
        ({"starts-year": "26"}, "Start date must be a real date, like 27 3 2026"),
        ({"title": "   "}, "Enter a title"),
        ({"title": "A title that is too long"}, "Title must be 10 characters or fewer"),
        ({"people": "a few"}, "Number of people must be a whole number, like 3"),
    ],
)
def test_a_fault_is_one_plain_sentence(bare: Flask, typed: dict[str, str], sentence: str) -> None:
    form = _filled(bare, **typed)
    assert [one for found in form.errors.values() for one in found] == [sentence]


def test_what_was_typed_is_shown_again(bare: Flask) -> None:
    form = _filled(bare, **{"starts-day": "31", "starts-month": "Feb"})
    assert [form.starts.shown(part) for part in form.starts.parts] == ["31", "Feb", "2026"]
