"""Our own printed HTML as an OpenDocument text, for people who quote from a document or carry on writing in it.

Made from the same filled template as the page, so nothing can be in one and not in the other. Headings, paragraphs,
lists, tables, definition lists and pictures become the word processor's own; a drawing becomes the words of it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import odfdo
from lxml import html

from quality.printing.characters import without_controls
from quality.printing.odt_styles import BODY, BOLD, CAPTION, CELL, HEADING_CELL, add_styles

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_STARTS_A_LINE = {
    *_HEADINGS,
    "p",
    "ul",
    "ol",
    "table",
    "dl",
    "div",
    "section",
    "article",
    "figure",
    "header",
    "main",
    "svg",
    "img",
    "hr",
}
_BOLD_WORDS = {"strong", "b", "dt"}
_LINKS_LEAD_TO = ("https://", "mailto:")
_NOT_FOR_READING = {"nav", "script", "style", "hr"}
# Every file in the archive carries this moment, so that the same document has the same bytes.
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
_WIDEST_PICTURE = 16.0
_PIXELS_PER_CENTIMETRE = 80


def odt_of(
    body: str,
    *,
    title: str,
    created: datetime,
    author: str = "",
    language: str = "en-GB",
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The document whose content is this HTML, made of our templates. The same input gives the same bytes.

    `pictures` are the files of its images, by the address that stands in `src`; one without a file is told in words.
    """
    document = odfdo.Document("text")
    document.body.clear()
    add_styles(document, language)
    parsed = html.fragment_fromstring(without_controls(body), create_parent="div")
    writer = _Writer(document, pictures or {})
    for element in writer.blocks(parsed):
        document.body.append(element)
    moment = created.astimezone(UTC).replace(tzinfo=None)
    document.meta.title, document.meta.creator = without_controls(title), without_controls(author)
    document.meta.language = language
    document.meta.creation_date = document.meta.date = moment
    return _packed(document)


class _Writer:
    """Walks the HTML and gives the text document's elements, in reading order."""

    def __init__(self, document: odfdo.Document, pictures: Mapping[str, bytes]) -> None:
        self.document = document
        self.pictures = pictures
        self.tables = 0

    def blocks(self, element: Any) -> Iterator[odfdo.Element]:
        """What stands in a container: its blocks, and loose text between them as paragraphs."""
        loose: list[Any] = [element.text]
        for child in element:
            if not _is_element(child):
                loose.append(child.tail)
                continue
            if child.tag in _STARTS_A_LINE or child.tag in _NOT_FOR_READING:
                yield from _paragraph(loose, BODY)
                yield from self._block(child)
                loose = [child.tail]
            else:
                loose += [child, child.tail]
        yield from _paragraph(loose, BODY)

    def _block(self, element: Any) -> Iterator[odfdo.Element]:
        tag = element.tag
        if tag in _NOT_FOR_READING or element.get("aria-hidden") == "true":
            return
        if tag in _HEADINGS:
            yield odfdo.Header(_HEADINGS[tag], _words(element))
        elif tag == "p":
            yield from _paragraph([element.text, *_inline(element)], BODY)
        elif tag in ("ul", "ol"):
            yield self._list(element)
        elif tag == "table":
            yield from self._table(element)
        elif tag == "dl":
            yield from self._definitions(element)
        elif tag == "svg":
            told = [_words(part) for part in element if _is_element(part) and part.tag in ("title", "desc")]
            yield odfdo.Paragraph("Chart: " + " ".join(told), style=CAPTION)
        elif tag == "img":
            yield self._picture(element)
        else:
            yield from self.blocks(element)

    def _list(self, element: Any) -> odfdo.Element:
        made = odfdo.List(style="List_20_1" if element.tag == "ul" else "Numbering_20_1")
        for item in element.iterchildren("li"):
            entry = odfdo.ListItem()
            for block in self.blocks(item):
                entry.append(block)
            made.append_item(entry)
        return made

    def _table(self, element: Any) -> Iterator[odfdo.Element]:
        for caption in element.iterchildren("caption"):
            yield odfdo.Paragraph(_words(caption), style=CAPTION)
        made = odfdo.Element.from_tag("table:table")
        self.tables += 1
        made.set_attribute("table:name", f"Table {self.tables}")
        rows = [(row.getparent().tag == "thead", self._row(row)) for row in element.iter("tr")]
        for _ in range(max((len(row.children) for _, row in rows), default=0)):
            made.append(odfdo.Element.from_tag("table:table-column"))
        if any(is_head for is_head, _ in rows):
            # A reader of the screen says the heading of each column from these, and they are repeated on each page.
            heads = odfdo.Element.from_tag("table:table-header-rows")
            for _, row in (row for row in rows if row[0]):
                heads.append(row)
            made.append(heads)
        for _, row in (row for row in rows if not row[0]):
            made.append(row)
        yield made

    def _row(self, row: Any) -> odfdo.Element:
        written = odfdo.Element.from_tag("table:table-row")
        for cell in row:
            if _is_element(cell) and cell.tag in ("th", "td"):
                written.append(self._cell(cell))
                for _ in range(int(cell.get("colspan", 1)) - 1):
                    written.append(odfdo.Element.from_tag("table:covered-table-cell"))
        return written

    def _cell(self, cell: Any) -> odfdo.Element:
        made = odfdo.Element.from_tag("table:table-cell")
        made.set_attribute("office:value-type", "string")
        made.set_attribute("table:style-name", CELL)
        if int(cell.get("colspan", 1)) > 1:
            made.set_attribute("table:number-columns-spanned", cell.get("colspan"))
        for block in self.blocks(cell):
            if cell.tag == "th" and isinstance(block, odfdo.Paragraph):
                block.style = HEADING_CELL
            made.append(block)
        return made

    def _definitions(self, element: Any) -> Iterator[odfdo.Element]:
        for part in element.iter("dt", "dd"):
            if part.tag == "dt":
                yield odfdo.Paragraph(_words(part), style=HEADING_CELL)
            else:
                yield from self.blocks(part)

    def _picture(self, element: Any) -> odfdo.Element:
        words = element.get("alt", "")
        file = self.pictures.get(element.get("src", ""))
        if file is None:
            return odfdo.Paragraph(f"Picture: {words}", style=CAPTION)
        width = int(element.get("width", 0)) or 1
        height = int(element.get("height", 0)) or 1
        across = min(width / _PIXELS_PER_CENTIMETRE, _WIDEST_PICTURE)
        address = self.document.add_file(io.BytesIO(file))
        frame = odfdo.Frame.image_frame(
            address, size=(f"{across:.2f}cm", f"{across * height / width:.2f}cm"), anchor_type="as-char"
        )
        frame.svg_description = words
        paragraph = odfdo.Paragraph(style=BODY)
        paragraph.append(frame)
        return paragraph


def _is_element(node: Any) -> bool:
    return isinstance(node.tag, str)


def _words(element: Any) -> str:
    """The text of an element in one line, without what only the eye is meant to see."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _is_element(child) and child.get("aria-hidden") != "true":
            yield " " if child.tag == "br" or child.tag in _STARTS_A_LINE else ""
            yield from _pieces(child)
        yield child.tail or ""


def _inline(element: Any) -> Iterator[Any]:
    for child in element:
        if _is_element(child):
            yield child
        yield child.tail


def _paragraph(parts: list[Any], style: str) -> Iterator[odfdo.Element]:
    """One paragraph of texts and inline elements; none where there is nothing to read."""
    runs = [(part, words) for part in parts if part is not None and (words := _run(part))]
    if not "".join(words for _, words in runs).strip():
        return
    paragraph = odfdo.Paragraph(style=style)
    for number, (part, words) in enumerate(runs):
        paragraph.append(_inline_of(part, words.lstrip() if number == 0 else words))
    yield paragraph


def _inline_of(part: Any, words: str) -> odfdo.Element | str:
    """Running text as it is, bold or as a link; a link within the page is text, since its target has no place here."""
    if isinstance(part, str):
        return words
    if part.tag == "a" and part.get("href", "").startswith(_LINKS_LEAD_TO):
        return odfdo.Link(part.get("href"), text=words)
    return odfdo.Span(words, style=BOLD) if part.tag in _BOLD_WORDS else words


def _run(part: Any) -> str:
    """A piece of running text, its white space as a browser would draw it."""
    if isinstance(part, str):
        kept = " ".join(part.split())
        before = " " if part[:1].isspace() and kept else ""
        return f"{before}{kept}{' ' if part[-1:].isspace() else ''}" if kept else " "
    if part.tag == "br":
        return "\n"
    return "" if part.get("aria-hidden") == "true" else _words(part)


def _packed(document: odfdo.Document) -> bytes:
    """The document as an archive whose files carry no moment of their own, its type first and unpacked."""
    written = io.BytesIO()
    document.save(written)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as read, zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(read.namelist(), key=lambda name: (name != "mimetype", name)):
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _ZIP_MOMENT), read.read(name), how)
    return packed.getvalue()
