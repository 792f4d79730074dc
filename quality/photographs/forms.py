"""The forms of photographs: the files, and what is said of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import SelectChoice, SelectField
from wtforms.validators import ValidationError

from quality.core.forms import DateField, HouseForm, LineField, LongTextField
from quality.frameworks.models import Standard
from quality.photographs.models import LONGEST_CAPTION, LONGEST_WORDS, Photograph
from quality.photographs.operations import PhotographText

MOST_AT_ONCE = 30


class AddForm(HouseForm):
    """Photographs, several at once."""

    files = MultipleFileField("Photographs")

    @property
    def given(self) -> list[FileStorage]:
        """The files that were chosen; a browser sends an empty one for none."""
        return [one for one in self.files.data or () if isinstance(one, FileStorage) and one.filename]

    def validate_files(self, field: Any) -> None:
        """One at least, and not more than can be read while somebody waits."""
        if not self.given:
            raise ValidationError("Choose a photograph")
        if len(self.given) > MOST_AT_ONCE:
            raise ValidationError(f"Choose at most {MOST_AT_ONCE} photographs at once")


class DescribeForm(HouseForm):
    """What is said of a photograph; it can be saved before all of it is known."""

    caption = LineField("Caption", most=LONGEST_CAPTION)
    shows = LongTextField("What it shows, for somebody who cannot see it", most=LONGEST_WORDS)
    about = SelectField(
        "Which standard is it evidence for? (optional)",
        invalid_choice_message="Choose a standard from the list",
    )
    taken_on = DateField("When was it taken? (optional)")

    def offer(self, standards: Sequence[Standard]) -> None:
        """Offer the standards of this audit."""
        offered = [SelectChoice(each.code, f"{each.code} {each.title}") for each in standards]
        self.about.choices = [SelectChoice("", "No standard"), *offered]

    def show(self, photograph: Photograph) -> None:
        """Fill the form from what was said already."""
        self.caption.data, self.shows.data = photograph.caption, photograph.shows
        self.about.data = photograph.standard.code if photograph.standard else ""
        self.taken_on.data = photograph.taken_on

    def text(self) -> PhotographText:
        """What was typed."""
        return PhotographText(
            caption=self.caption.data or "",
            shows=self.shows.data or "",
            standard_code=self.about.data or "",
            taken_on=self.taken_on.data,
        )
