"""The tag tree, read from its root in order, as a screen reader does."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from tests.printing.standards.content import Piece, letters_of, pieces


@dataclass
class Element:
    """An element of the tree: its kind without the stroke (`H1`), and in `kids` elements, marks and annotations."""

    kind: str
    source: Any
    parent: Element | None
    kids: list[Element | Mark | Any] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """The elements that lie directly below this one."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.elements:
            yield from kid.walk()

    def below(self, *kinds: str) -> list[Element]:
        """All elements of these kinds below this one."""
        return [element for element in self.walk() if element.kind in kinds]


@dataclass(frozen=True)
class Mark:
    """Marked content: its page (from 0), its number there, and the text that is drawn under it."""

    page: int
    number: int
    text: str


class Document:
    """A PDF, its tree, and what is painted on its pages."""

    def __init__(self, pdf: bytes) -> None:
        self.bytes = pdf
        self.pdf = pikepdf.open(io.BytesIO(pdf))
        self.pages = [page.obj for page in self.pdf.pages]
        self.numbers = {page.objgen: number for number, page in enumerate(self.pages)}
        self.painted: list[list[Piece]] = [list(pieces(page)) for page in self.pages]
        self._letters: dict[Any, dict[int, str]] = {}
        self.texts = [self._texts(number) for number in range(len(self.pages))]
        self.root = Element("Root", self.pdf.Root.get("/StructTreeRoot"), None)
        if self.root.source is not None:
            self._fill(self.root, None)

    def elements(self, *kinds: str) -> list[Element]:
        """All elements of these kinds, or all there are, in reading order."""
        return [one for one in self.root.walk() if one is not self.root and (one.kind in kinds or not kinds)]

    def _texts(self, number: int) -> dict[int, str]:
        fonts: Any = self.pages[number].Resources.get("/Font", {})
        said: dict[int, str] = {}
        for piece in self.painted[number]:
            if piece.mark is not None:
                letters = (self._letters_of(fonts[font]).get(code, "") for font, code in piece.glyphs)
                said[piece.mark] = said.get(piece.mark, "") + "".join(letters)
        return said

    def _letters_of(self, font: Any) -> dict[int, str]:
        if font.objgen not in self._letters:
            self._letters[font.objgen] = letters_of(font)
        return self._letters[font.objgen]

    def _fill(self, element: Element, page: int | None) -> None:
        kids = element.source.get("/K", [])
        if "/Pg" in element.source:
            page = self.numbers.get(element.source.Pg.objgen)
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                said = self.texts[page].get(kid, "") if page is not None else ""
                element.kids.append(Mark(-1 if page is None else page, kid, said))
            elif "/S" in kid:
                below = Element(str(kid.S)[1:], kid, element)
                element.kids.append(below)
                self._fill(below, page)
            else:
                element.kids.append(kid.get("/Obj"))


def heard(element: Element, without: frozenset[str] = frozenset()) -> str:
    """The words of an element in reading order; a figure is heard as the words that say what it shows."""
    if element.kind in without:
        return ""
    if element.kind == "Figure":
        return str(element.source.get("/Alt", ""))
    parts = (
        heard(kid, without) if isinstance(kid, Element) else getattr(kid, "text", "") for kid in element.kids
    )
    return "".join(parts)
