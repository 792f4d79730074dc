"""HTML and CSS in, the bytes of an accessible PDF out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from quality.printing.attachments import Attachment, in_order
from quality.printing.errors import PrintingError
from quality.printing.fonts import FONT_CSS, check_fonts
from quality.printing.garbage import collected_afterwards
from quality.printing.variables import with_values


def render_pdf(
    *,
    html: str,
    css: str,
    title: str,
    created: datetime,
    language: str = "en-GB",
    author: str | None = None,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Make a document that is PDF/UA-1 and PDF/A-3a, with files inside it. The same input gives the same bytes.

    `created` is the moment written into the document; it must say its time zone. The page can reach nothing but our own
    fonts and pictures, under `asset:`. Raises PrintingError, and never returns a document that lacks something.
    """
    if created.tzinfo is None:
        raise PrintingError("The document was not made: its date of creation has no time zone.")
    inside = tuple(in_order(attachments))
    check_fonts()
    try:
        # It takes a second to import, and a machine without Pango can do everything but this.
        from quality.printing.engine import About, make_pdf  # noqa: PLC0415
    except OSError as error:
        raise PrintingError(
            "The document was not made: Pango, which lays out text, is missing on this machine. "
            "Run script/setup, then try again."
        ) from error
    about = About(title=title, language=language, created=created, author=author, attachments=inside)
    with collected_afterwards():
        return make_pdf(html=html, css=with_values(f"{FONT_CSS}\n{css}"), about=about)
