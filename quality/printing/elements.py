"""How HTML's elements look before our own rules: WeasyPrint's style sheet, without the notes that no document has.

Its rules for footnotes, margin notes and list markers name no element, so WeasyPrint works out the style of six
pseudo-elements for each element of the document and keeps them to the end: six styles in seven are for nothing. Without
them the same bytes are printed in a tenth less time, and 400 pages take a fifth less memory (`docs/performance.md`).
"""

from __future__ import annotations

import re
from functools import cache

from weasyprint import CSS, HTML
from weasyprint.html import UA, UA_COUNTER_STYLE

_NOTES = re.compile(r"^::(?:foot)?note-[a-z]+ \{[^}]*\}$", re.MULTILINE)
_MARKERS = re.compile(r"^::marker(?= \{)", re.MULTILINE)


class Page(HTML):
    """A page of HTML as WeasyPrint takes it. It may hold lists, but no notes."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_looks()]


@cache
def _looks() -> CSS:
    return CSS(string=_MARKERS.sub("li::marker", _NOTES.sub("", UA)), counter_style=UA_COUNTER_STYLE)
