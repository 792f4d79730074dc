"""Forms that speak like a person: text is trimmed, dates are three boxes, and each fault is one plain sentence."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from quality.core.errors import Invalid

# Long enough for any real observation; a paste beyond it is told so and kept on the page.
LONGEST_TEXT = 20_000


class HouseForm(FlaskForm):
    """The parent of every form. The page's layout shows the error summary for whatever form it is given."""

    def blame(self, error: Invalid) -> None:
        """Put the sentence of a refused operation on the field it is about."""
        field = self._fields.get(error.field) or next(iter(self._fields.values()))
        field.errors = [*field.errors, error.sentence]


class OnceForm(HouseForm):
    """A form that makes something new. Its key makes the same form sent twice (a double click, a retry) one thing."""

    form_key = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[Length(min=8, max=40)])


def _trim(value: Any) -> Any:
    # Browsers send CRLF; the same text must compare equal whatever it was typed on.
    # PostgreSQL cannot store the character NUL, which nobody types.
    return value.replace("\r\n", "\n").replace("\x00", "").strip() if isinstance(value, str) else value


class Required(InputRequired):
    """Something must be typed or chosen; the message says what to do, as 'Enter the reason'."""

    def __init__(self, message: str) -> None:
        super().__init__(message=message)

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse an empty value, and one of spaces only."""
        value = field.data
        if value is None or value == [] or (isinstance(value, str) and not value.strip()):
            field.errors = []
            raise StopValidation(str(self.message))


class LineField(StringField):
    """One line of text, trimmed."""

    def __init__(self, label: str, *, most: int = 200, required: str = "", **more: Any) -> None:
        checks = [Required(required)] if required else []
        checks.append(Length(max=most, message=f"{label} must be {most} characters or fewer"))
        super().__init__(label, validators=[*checks, *more.pop("validators", [])], filters=[_trim], **more)


class LongTextField(TextAreaField):
    """Several lines of text, trimmed; the limit is far above what people type."""

    def __init__(self, label: str, *, most: int = LONGEST_TEXT, required: str = "", **more: Any) -> None:
        checks = [Required(required)] if required else []
        checks.append(Length(max=most, message=f"{label} must be {most:,} characters or fewer"))
        super().__init__(label, validators=[*checks, *more.pop("validators", [])], filters=[_trim], **more)


class CountField(IntegerField):
    """A whole number that may be left empty; '1,000' is read as a person means it."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, validators=[Optional(), *more.pop("validators", [])], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; say what to type when it is none."""
        typed = valuelist[0].strip().replace(",", "") if valuelist else ""
        if not typed:
            self.data = None
            return
        try:
            self.data = int(typed)
        except ValueError:
            self.data = None
            raise ValueError(f"{self.label.text} must be a whole number, like 3") from None


class DateField(Field):
    """A date in three boxes: day, month, year. What was typed is shown again exactly, whatever it was."""

    parts = ("day", "month", "year")

    def __init__(self, label: str, *, required: str = "", **more: Any) -> None:
        self.required_sentence = required
        self.typed: dict[str, str] = {}
        super().__init__(label, **more)

    def shown(self, part: str) -> str:
        """What a box shows: what was typed, else the date's part."""
        if self.typed:
            return self.typed.get(part, "")
        return "" if self.data is None else str(getattr(self.data, part))

    def process(self, formdata: Any, data: Any = ..., extra_filters: Sequence[Any] | None = None) -> None:
        """Take the date from three boxes when a form was sent, else from the object."""
        self.process_errors: list[str] = []
        self.typed = {}
        self.data = (self.default() if callable(self.default) else self.default) if data is ... else data
        if isinstance(data, date):
            self.data = data
        names = {part: f"{self.name}-{part}" for part in self.parts}
        if formdata is None or not any(name in formdata for name in names.values()):
            if not isinstance(self.data, date):
                self.data = None
            return
        self.typed = {part: _trim(formdata.get(name, "")) for part, name in names.items()}
        self.data = self._read()

    def _read(self) -> date | None:
        missing = [part for part in self.parts if not self.typed[part]]
        if len(missing) == len(self.parts):
            return None
        if missing:
            self.process_errors.append(f"{self.label.text} must include a {' and a '.join(missing)}")
            return None
        try:
            year = int(self.typed["year"])
            if not 1900 <= year <= 2200:
                raise ValueError
            return date(year, int(self.typed["month"]), int(self.typed["day"]))
        except ValueError:
            self.process_errors.append(f"{self.label.text} must be a real date, like 27 3 2026")
            return None

    def pre_validate(self, form: Any) -> None:
        """An empty date is refused where one is needed."""
        if self.data is None and self.required_sentence and not self.process_errors:
            raise StopValidation(self.required_sentence)
