"""Drawing an order in this very process: what a printing process does, and nobody else."""

from __future__ import annotations

from quality.printing.errors import PrintingError, TooMuch
from quality.printing.fonts import check_fonts
from quality.printing.garbage import collected_afterwards
from quality.printing.limits import Limits
from quality.printing.order import Order


def draw(order: Order, limits: Limits) -> bytes:
    """The bytes of a document within the limits on pages and size. Raises PrintingError.

    The other limits hold for a process; see `confinement`.
    """
    check_fonts()
    try:
        # It takes a second to import, and a machine without Pango can do everything but this.
        from quality.printing.engine import make_pdf  # noqa: PLC0415
    except OSError as error:
        raise PrintingError(
            "The document was not made: Pango, which lays out text, is missing on this machine. "
            "Run script/setup, then try again."
        ) from error
    with collected_afterwards():
        pdf = make_pdf(order, most_pages=limits.pages)
    if len(pdf) > limits.file_megabytes * 1_000_000:
        raise TooMuch(
            f"The document was not made: its file would be larger than {limits.file_megabytes} MB. "
            "Leave out some photographs, then try again."
        )
    return pdf
