"""How HTML's elements look before our own rules: WeasyPrint's style sheet, without what no document of ours has.

Its rules for footnotes, margin notes and list markers name no element, so WeasyPrint works out the style of six
pseudo-elements for each element of the document and keeps them to the end: six styles in seven are for nothing. So are
those of the eighteen parts of a margin, for each page. Without them the same bytes are printed in less time and with
less memory (`docs/performance.md`).
"""

from __future__ import annotations

import re

from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.html import UA

_NOTES = re.compile(r"^::(?:foot)?note-[a-z]+ \{[^}]*\}$", re.MULTILINE)
_MARKERS = re.compile(r"^::marker(?= \{)", re.MULTILINE)
_MARGINS = re.compile(r"^@page \{.*?^\}$", re.MULTILINE | re.DOTALL)
_OUR_MARGINS = """@page {
  margin: 75px;
  @top-left { text-align: left; vertical-align: middle }
  @bottom-right { text-align: right; vertical-align: middle }
}"""
_LOOKS = CSS(
    string=_MARKERS.sub("li::marker", _MARGINS.sub(_OUR_MARGINS, _NOTES.sub("", UA))),
    counter_style=CounterStyle(),
)


class Page(HTML):
    """A page of HTML as WeasyPrint takes it. It may hold lists, but no notes, and text in two parts of its margins."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_LOOKS]
