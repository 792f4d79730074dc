"""What can go wrong in printing, in a sentence for the person who asked for the document."""

from __future__ import annotations

from typing import ClassVar

from quality.core.errors import Refused


class PrintingError(Refused):
    """The document was not made. The message says why and what to do; nothing was stored."""


class TooMuch(PrintingError):
    """The document is beyond a limit. Printing it again would end in the same way."""

    is_final: ClassVar[bool] = True
