"""The form of the public page that checks a file."""

from __future__ import annotations

import re
from typing import Any

from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import ValidationError

from quality.core.forms import HouseForm

_SHA256 = re.compile(r"[0-9a-f]{64}")


class VerifyForm(HouseForm):
    """A file, or what a program says is its SHA-256."""

    file = FileField("The PDF file")
    sha256 = StringField("Or its SHA-256, if you know it")

    @property
    def hash_typed(self) -> str:
        """The hash without the spaces it is often written with, in small letters."""
        return re.sub(r"\s", "", self.sha256.data or "").lower()

    def validate_file(self, field: Any) -> None:
        """Ask for one of the two."""
        if not self.hash_typed and not (field.data and field.data.filename):
            raise ValidationError("Choose a PDF file, or enter a SHA-256")

    def validate_sha256(self, field: Any) -> None:
        """Refuse what cannot be a SHA-256."""
        if self.hash_typed and not _SHA256.fullmatch(self.hash_typed):
            raise ValidationError("A SHA-256 has 64 characters, each a digit or a letter from a to f")
