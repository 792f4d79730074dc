"""The forms of a council's own lists."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import ValidationError

from quality.core.errors import Invalid
from quality.core.forms import DateField, HouseForm, LineField, LongTextField
from quality.market.areas.list_lines import text_of
from quality.market.areas.lists import areas_of
from quality.market.areas.operations import Said
from quality.market.areas.set_rules import LONGEST_NAME
from quality.market.models import AreaSet, AreaSetKind

__all__ = ["KIND_HINTS", "KIND_WORDS", "ChangeListForm", "ListFileForm", "ListForm", "RemoveListForm"]

_MOST_BYTES = 200_000
_MOST_TEXT = 60_000
KIND_WORDS = {
    AreaSetKind.NEIGHBOURS: "Statistical neighbours",
    AreaSetKind.QUADRANT: "Part of our area",
    AreaSetKind.NAMED: "Other areas",
    AreaSetKind.PLANNED: "Planned council",
}
KIND_HINTS = {
    AreaSetKind.NEIGHBOURS: "Authorities that we compare ourselves with",
    AreaSetKind.QUADRANT: "A quadrant or locality, made of our own districts",
    AreaSetKind.NAMED: "Authorities or districts that we want the figures of together",
    AreaSetKind.PLANNED: "What is to follow us in a reorganisation, made of districts and authorities of today",
}


class ListForm(HouseForm):
    """A list as somebody writes it. `version` is the list's that the page was made from, empty for a new one."""

    name = LineField("Name", most=LONGEST_NAME, required="Enter a name, like Similar counties")
    kind = RadioField(
        "What it is",
        choices=[SelectChoice(kind.value, words) for kind, words in KIND_WORDS.items()],
        default=AreaSetKind.NEIGHBOURS.value,
    )
    members = LongTextField("Areas", most=_MOST_TEXT)
    file = FileField("Or take the lines of a file")
    as_at = DateField("As at", required="Enter a day, like 31 3 2026")
    source = LongTextField(
        "Where it is from", most=2_000, required="Say where the list is from, or why it is chosen so"
    )
    version = HiddenField()

    def fill(self, one: AreaSet) -> None:
        """Show a list as it is."""
        self.name.data, self.kind.data, self.source.data = one.name, one.kind.value, one.source
        self.members.data, self.as_at.data = text_of(areas_of(one.members)), one.as_at
        self.version.data = one.version

    def take_file(self) -> None:
        """Put the lines of the file that was chosen in the place of what was typed. Blames what is no text."""
        if self.file.data and self.file.data.filename:
            self.members.data = text_in(self.file.data)

    def validate_members(self, field: Any) -> None:
        """Ask for one area at least."""
        if not field.data:
            raise ValidationError("Enter at least one area, or choose a file")

    def said(self) -> Said:
        """What was typed and chosen."""
        if self.as_at.data is None:
            raise ValueError("A form that was not validated says nothing.")
        return Said(
            name=self.name.data or "",
            kind=AreaSetKind(self.kind.data),
            as_at=self.as_at.data,
            members=self.members.data or "",
            source=self.source.data or "",
        )


class ChangeListForm(ListForm):
    """A list as somebody changes it."""

    reason = LongTextField("Why it changes", most=2_000, required="Say why the list changes")


class RemoveListForm(HouseForm):
    """Why a list is removed."""

    reason = LongTextField("Why it is removed", most=2_000, required="Say why the list is removed")
    version = HiddenField()


class ListFileForm(HouseForm):
    """A file of lists, or what it says. `seen` stands for the lists as they were when the check page was made."""

    file = FileField("The file")
    text = LongTextField("Or paste what it says", most=_MOST_BYTES)
    file_name = HiddenField()
    seen = HiddenField()

    def take_file(self) -> None:
        """Put what the file says in the place of what was pasted. Invalid for what is no text."""
        if self.file.data and self.file.data.filename:
            self.text.data = text_in(self.file.data)
            self.file_name.data = self.file.data.filename[:120]

    @property
    def called(self) -> str:
        """What faults call the file."""
        return self.file_name.data or "What you pasted"


def text_in(file: FileStorage) -> str:
    """What a file of text says. Invalid, about the field `file`, for one that is too large or no text."""
    content = file.stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise Invalid("file", "The file is larger than 200 kB, which no list of areas is")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(one) < 32 and one not in "\t\r\n\f" for one in text):
            return text.replace("\r\n", "\n").strip()
    raise Invalid("file", "The file is not text. Save a spreadsheet as CSV and choose that file")
