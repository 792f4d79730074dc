"""What is painted on a page, piece by piece, with the mark each piece stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})
PAINTS = SHOWS_TEXT | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}


@dataclass
class Piece:
    """Pieces between two marks: `mark` is the number the tag tree knows it by, `artifact` the kind of furniture."""

    mark: int | None = None
    artifact: str | None = None
    painted: bool = False
    glyphs: list[tuple[str, int]] = field(default_factory=list)
    """The name of the font and the code of each glyph that is shown."""

    @property
    def is_marked(self) -> bool:
        return self.mark is not None or self.artifact is not None


def pieces(page: Any) -> Iterator[Piece]:
    """The pieces of a page in the order they are painted. What stands under no mark comes as one unmarked piece."""
    painter = _Painter()
    for name, operands in instructions(page):
        done = painter.follow(name, operands)
        if done is not None:
            yield done
    if painter.loose.painted:
        yield painter.loose


def instructions(content: Any, only: str = "") -> Iterator[tuple[str, Any]]:
    """What a page or a form says to paint: the name of each instruction and what it is given."""
    for one in pikepdf.parse_content_stream(content, only):
        yield str(one.operator), one.operands


class _Painter:
    """Follows a page's instructions: which mark stands open, and which font is in use."""

    def __init__(self) -> None:
        self.open: list[Piece] = []
        self.loose = Piece()
        self.font = ""
        self.fonts: list[str] = []

    def follow(self, name: str, operands: Any) -> Piece | None:
        """Follow one instruction; the piece it ends, if it ends one."""
        here = self.open[-1] if self.open else self.loose
        if name in ("BDC", "BMC"):
            self.open.append(_opened(operands, here))
        elif name == "EMC":
            return self.open.pop()
        elif name == "q":
            self.fonts.append(self.font)
        elif name == "Q":
            self.font = self.fonts.pop()
        elif name == "Tf":
            self.font = str(operands[0])
        elif name in PAINTS:
            here.painted = True
            if name in SHOWS_TEXT:
                here.glyphs.extend((self.font, code) for code in _codes(operands))
        return None


def _opened(operands: Any, around: Piece) -> Piece:
    tag = str(operands[0])
    properties = operands[1] if len(operands) > 1 else {}
    if tag == "/Artifact":
        return Piece(artifact=str(properties.get("/Type", "")) if len(operands) > 1 else "")
    number = properties.get("/MCID")
    return Piece(mark=int(number)) if number is not None else Piece(around.mark, around.artifact)


def _codes(operands: Any) -> Iterator[int]:
    parts = operands[-1] if isinstance(operands[-1], pikepdf.Array) else [operands[-1]]
    for part in parts:
        if isinstance(part, pikepdf.String):
            raw = bytes(part)
            yield from (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))


def letters_of(font: Any) -> dict[int, str]:
    """The text each code of a font stands for, by its ToUnicode map; nothing when it has none."""
    if "/ToUnicode" not in font:
        return {}
    text = font.ToUnicode.read_bytes().decode("ascii")
    return {
        int(code, 16): bytes.fromhex(letters).decode("utf-16-be")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL)
        for code, letters in re.findall(r"<([0-9a-f]+)>\s*<([0-9a-f]*)>", block)
    }
