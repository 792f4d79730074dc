"""What can go wrong in printing, in a sentence for the person who asked for the document."""

from __future__ import annotations


class PrintingError(Exception):
    """The document was not made. The message says why and what to do; nothing was stored."""
