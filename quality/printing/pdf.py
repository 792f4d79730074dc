"""HTML and CSS in, the bytes of an accessible PDF out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from quality.printing.attachments import Attachment, in_order
from quality.printing.errors import PrintingError
from quality.printing.fonts import FONT_CSS
from quality.printing.order import Order
from quality.printing.pool import shared
from quality.printing.prepared import Prepared
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
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """Make a document that is PDF/UA-1 and PDF/A-3a, with files inside it. The same input gives the same bytes.

    `created` is the moment written into the document; it must say its time zone. The page can reach nothing but our own
    fonts and pictures, under `asset:`, and the `pictures` given here, by SHA-256, under `evidence:`. It is printed by
    another process, within limits. Raises PrintingError, and never returns a document that lacks something.
    """
    return shared.render(
        prepared(
            Order(
                html=html,
                css=css,
                title=title,
                created=created,
                language=language,
                author=author,
                attachments=tuple(attachments),
                pictures=pictures or {},
            )
        )
    )


def prepare_photograph(file: bytes) -> Prepared:
    """A photograph in the two sizes in which it is kept, nothing but its picture. The same file gives the same bytes.

    The file may be anything: it is read by another process, within limits. Raises PrintingError.
    """
    return shared.prepare(file)


def prepared(order: Order) -> Order:
    """The order as it is sent to be printed. Raises PrintingError for what cannot be printed."""
    if order.created.tzinfo is None:
        raise PrintingError("The document was not made: its date of creation has no time zone.")
    return replace(
        order,
        css=with_values(f"{FONT_CSS}\n{order.css}"),
        attachments=tuple(in_order(order.attachments)),
    )
