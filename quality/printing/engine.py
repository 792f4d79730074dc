"""WeasyPrint, held tightly: one fetcher, our own style sheet, and no warning goes unheard."""

from __future__ import annotations

import io
import logging
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

import weasyprint
from weasyprint import CSS
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from quality.printing.archive import name_the_colours
from quality.printing.attachments import Attachment
from quality.printing.characters import (
    drawn_as,
    in_one_line,
    private_letters,
    spelt_out,
    with_places_to_break,
    without_controls,
)
from quality.printing.elements import Page
from quality.printing.errors import PrintingError, TooMuch
from quality.printing.fetcher import AssetFetcher
from quality.printing.finisher import finish
from quality.printing.metadata import Metadata
from quality.printing.order import Order
from quality.printing.pictures import check_whole

_BASE = "asset:"
"""With a base, a relative address is asked of the fetcher and refused; without one, WeasyPrint only leaves it out."""

_OPTIONS = {"pdf_variant": "pdf/a-3a", "output_intent": "ours", "dpi": 150}
"""Given to layout and to writing: either alone forgets part of it. PDF/A-3a brings tags; `Metadata` adds that the
document is PDF/UA-1, and `name_the_colours` the profile."""


_STYLES_KEPT = 4
_MOST_SPELLINGS = 2


class _Kept(threading.local):
    """Style sheets that were read without a complaint, by their text: unpacking their fonts takes a tenth of a second.

    Each thread has its own, because threads must not share fonts.
    """

    def __init__(self) -> None:
        self.styles: dict[str, tuple[CSS, FontConfiguration]] = {}

    def keep(self, css: str, style: tuple[CSS, FontConfiguration]) -> None:
        if css not in self.styles and len(self.styles) >= _STYLES_KEPT:
            self.styles.clear()
        self.styles[css] = style


_kept = _Kept()


def make_pdf(order: Order, *, most_pages: int) -> bytes:
    """The bytes of the document. Raises PrintingError.

    Only the drawing shows which characters no font has, so a document with such characters is drawn again.
    """
    check_whole(order.pictures.values())
    html = without_controls(order.html)
    html = spelt_out(html, private_letters(html))
    pdf, complaints = _attempt(html, order, most_pages)
    for _ in range(_MOST_SPELLINGS):
        if complaints.undrawn:
            html = spelt_out(html, drawn_as(html, complaints.undrawn))
            pdf, complaints = _attempt(html, order, most_pages)
    if complaints.undrawn or complaints.others:
        what = complaints.others or [f"no font can draw {', '.join(sorted(complaints.undrawn))}"]
        raise PrintingError(f"The document was not made: {what[0][:500]}.")
    return pdf


def _attempt(html: str, order: Order, most_pages: int) -> tuple[bytes, _Complaints]:
    fetcher = AssetFetcher(pictures=order.pictures)
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints.listener)
    try:
        style = _kept.styles.get(order.css) or _read_style(order.css, fetcher)
        document = _laid_out(html, style, fetcher, most_pages)
        pdf = _written(document, order, fetcher)
        if not complaints.others and not fetcher.refused:
            _kept.keep(order.css, style)
    except FatalURLFetchingError:
        pdf = b""
    finally:
        logger.removeHandler(complaints.listener)
    if fetcher.refused:
        address = fetcher.refused[0][:200]
        raise PrintingError(
            f"The document was not made: it asked for {address!r}, and only our own files may be used."
        )
    return pdf, complaints


def _read_style(css: str, fetcher: AssetFetcher) -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    # A style sheet given as a path or address would not pass through our fetcher, so it is always text.
    return CSS(string=css, base_url=_BASE, url_fetcher=fetcher, font_config=fonts), fonts


def _laid_out(
    html: str, style: tuple[CSS, FontConfiguration], fetcher: AssetFetcher, most_pages: int
) -> Document:
    sheet, fonts = style
    page = Page(string=with_places_to_break(html), base_url=_BASE, url_fetcher=fetcher)
    document = page.render(font_config=fonts, stylesheets=[sheet], **_OPTIONS)
    if len(document.pages) > most_pages:
        raise TooMuch(
            f"The document was not made: it would have more than {most_pages:,} pages. "
            "Make its longest texts shorter, then try again."
        )
    return document


def _written(document: Document, order: Order, fetcher: AssetFetcher) -> bytes:
    moment = order.created.astimezone(UTC)
    document.metadata = Metadata(
        title=in_one_line(order.title),
        lang=order.language,
        created=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        authors=[in_one_line(order.author)] if order.author else [],
        # Those the page itself asks for: they are read now, so that the fetcher can refuse them.
        attachments=document.metadata.attachments,
    )
    name_the_colours(document)
    inside = [_attached(one, moment, fetcher) for one in order.attachments]
    finisher = partial(finish, attachments=order.attachments)
    return bytes(document.write_pdf(finisher=finisher, attachments=inside, **_OPTIONS))


def _attached(one: Attachment, moment: datetime, fetcher: AssetFetcher) -> Any:
    return weasyprint.Attachment(
        file_obj=io.BytesIO(one.content),
        url_fetcher=fetcher,
        name=one.name,
        description=one.description,
        created=moment,
        modified=moment,
        relationship="Data",
    )


@dataclass
class _Complaints:
    """What WeasyPrint warned of in this thread: a character without a glyph, or any fault it would draw on after."""

    undrawn: set[str] = field(default_factory=set)
    others: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listener = _Listener(self, threading.get_ident())

    def hear(self, record: logging.LogRecord) -> None:
        if record.msg.startswith(".notdef glyph") and isinstance(record.args, tuple):
            self.undrawn.add(str(record.args[0]))
        else:
            self.others.append(record.getMessage())


class _Listener(logging.Handler):
    def __init__(self, complaints: _Complaints, thread: int) -> None:
        super().__init__(logging.WARNING)
        self.complaints = complaints
        self.thread = thread

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.complaints.hear(record)
