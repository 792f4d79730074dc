"""Taking a photograph in: read by a process that can do nothing else, and kept in two sizes without its metadata."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quality.evidence.storage import storage
from quality.printing.pdf import prepare_photograph
from quality.printing.prepared import Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPhotograph:
    """The two files of a photograph by SHA-256, its printed size in pixels, and the day its camera wrote down."""

    shown_sha256: str
    printed_sha256: str
    width: int
    height: int
    taken_on: date | None


def take_in(file: bytes) -> StoredPhotograph:
    """Store a photograph as it is shown and as it is printed; the file it came in is not kept.

    Takes up to a second, so it belongs outside a transaction. Raises PrintingError for what is no photograph.
    """
    return keep(prepare_photograph(file))


def keep(made: Prepared) -> StoredPhotograph:
    """Store a photograph that is prepared already."""
    return StoredPhotograph(
        shown_sha256=storage().put(made.shown.content),
        printed_sha256=storage().put(made.printed.content),
        width=made.printed.width,
        height=made.printed.height,
        taken_on=made.taken_on,
    )
