"""The form that chooses the reports of a pack by time and provider."""

from __future__ import annotations

from typing import Any

from wtforms import ValidationError

from quality.core.forms import DateField, HouseForm, LineField
from quality.core.pages import day

__all__ = ["PackForm"]


class PackForm(HouseForm):
    """Which reports: issued from a day, to a day, of a provider. Each may be left empty."""

    begins = DateField("Issued from")
    ends = DateField("Issued to")
    provider = LineField("Provider’s name, or part of it", most=120)

    def validate_ends(self, field: Any) -> None:
        """The last day comes after the first."""
        if field.data and self.begins.data and field.data < self.begins.data:
            raise ValidationError("The last day must be the same as or after the first")

    @property
    def title(self) -> str:
        """What the pack is called."""
        words = ["Quality audit reports"]
        if self.begins.data:
            words.append(f"from {day(self.begins.data)}")
        if self.ends.data:
            words.append(f"to {day(self.ends.data)}")
        if self.provider.data:
            words.append(f"of {self.provider.data}")
        return " ".join(words)[:200]
