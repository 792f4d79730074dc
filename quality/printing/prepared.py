"""A photograph once it is prepared, as plain data: what goes through a pipe, and what its keeper must know."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintPicture:
    """A baseline JPEG in RGB without metadata, and its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The hash by which the file is stored."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A photograph in the two sizes in which it is kept, and the day on which its camera says it was taken."""

    shown: PrintPicture
    printed: PrintPicture
    taken_on: date | None

    def as_message(self) -> tuple[dict[str, Any], list[bytes]]:
        """What goes through a pipe: texts, and the two files."""
        sizes = [[one.width, one.height] for one in (self.shown, self.printed)]
        day = self.taken_on.isoformat() if self.taken_on else None
        return {"sizes": sizes, "taken_on": day}, [self.shown.content, self.printed.content]

    @classmethod
    def from_message(cls, words: dict[str, Any], files: list[bytes]) -> Prepared:
        """The photograph that such a message holds."""
        shown, printed = (
            PrintPicture(content=content, width=width, height=height)
            for content, (width, height) in zip(files, words["sizes"], strict=True)
        )
        day = words["taken_on"]
        return cls(shown=shown, printed=printed, taken_on=date.fromisoformat(day) if day else None)
