"""WeasyPrint, held tightly: one fetcher, our own style sheet, and no warning goes unheard."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from quality.printing.characters import spelt_out, without_controls
from quality.printing.errors import PrintingError
from quality.printing.fetcher import AssetFetcher
from quality.printing.finisher import finish

_BASE = "asset:"
"""With a base, a relative address is asked of the fetcher and refused; without one, WeasyPrint only leaves it out."""

_OPTIONS = {"pdf_variant": "pdf/ua-1", "dpi": 150}
"""Given to layout and to writing: either alone forgets part of it."""


_STYLES_KEPT = 4


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


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a document says about itself. `created` is a W3C date in UTC."""

    title: str
    language: str
    created: str
    author: str | None


def make_pdf(*, html: str, css: str, about: About) -> bytes:
    """The bytes of the document. Raises PrintingError.

    Only the drawing shows which characters no font has, so a document with such characters is drawn twice.
    """
    html = without_controls(html)
    pdf, complaints = _attempt(html, css, about)
    if complaints.undrawn:
        pdf, complaints = _attempt(spelt_out(html, complaints.undrawn), css, about)
    if complaints.undrawn or complaints.others:
        what = complaints.others or [f"no font can draw {', '.join(sorted(complaints.undrawn))}"]
        raise PrintingError(f"The document was not made: {what[0][:500]}.")
    return pdf


def _attempt(html: str, css: str, about: About) -> tuple[bytes, _Complaints]:
    fetcher = AssetFetcher()
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints.listener)
    try:
        style = _kept.styles.get(css) or _read_style(css, fetcher)
        pdf = _write(html, style, fetcher, about)
        if not complaints.others and not fetcher.refused:
            _kept.keep(css, style)
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


def _write(html: str, style: tuple[CSS, FontConfiguration], fetcher: AssetFetcher, about: About) -> bytes:
    sheet, fonts = style
    page = HTML(string=html, base_url=_BASE, url_fetcher=fetcher)
    document = page.render(font_config=fonts, stylesheets=[sheet], **_OPTIONS)
    document.metadata.title = about.title
    document.metadata.lang = about.language
    document.metadata.created = about.created
    document.metadata.authors = [about.author] if about.author else []
    return bytes(document.write_pdf(finisher=finish, **_OPTIONS))


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
