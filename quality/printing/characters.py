"""Characters that cannot be printed as they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_CONTROL_CODES = {*range(0x20), *range(0x7F, 0xA0)} - set(b"\t\n\r")
_CONTROLS: dict[int, str | None] = dict.fromkeys(_CONTROL_CODES)
_BROKEN_HALVES: dict[int, str | None] = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")

_LONG = 2_000
_TEXTS = re.compile(rf"<(?P<kept>title|desc|text|style)\b.*?</(?P=kept)>|>[^<]{{{_LONG + 1},}}", re.DOTALL)
# What is left, or so much that ends with a white space, or so much of a word, but no part of an entity.
_PIECES = re.compile(rf".{{1,{_LONG}}}\Z|.{{1,{_LONG}}}(?<=\s)|(?:&#?\w+;|\S){{1,{_LONG}}}", re.DOTALL)


def without_controls(text: str) -> str:
    """The text without control characters, which show nothing, and with a mark for each half of a broken pair."""
    return text.translate(_CONTROLS | _BROKEN_HALVES)


def in_one_line(text: str) -> str:
    """The text for a title: one line, without control characters and the two that XML cannot hold."""
    return " ".join(without_controls(text).translate(dict.fromkeys((0xFFFE, 0xFFFF))).split())


def private_letters(text: str) -> set[str]:
    """The private characters of the text: a font may draw them, but nobody can search for what they mean or hear it.

    PDF/A-3a forbids them as they are (ISO 19005-3, section 6.2.11.7.3).
    """
    return {letter for letter in set(text) if unicodedata.category(letter) == "Co"}


def drawn_as(text: str, shapes: set[str]) -> set[str]:
    """The characters of the text that are drawn with these shapes: themselves, or those a font takes apart into them.

    A Thai vowel is drawn in two parts, for instance, neither of which anybody typed.
    """
    letters = set(text)
    apart = {letter for letter in letters if shapes & set(unicodedata.normalize("NFKD", letter))}
    scripts = {ord(shape) // 128 for shape in shapes}
    return letters & shapes or apart or {letter for letter in letters if ord(letter) // 128 in scripts}


def spelt_out(text: str, characters: Iterable[str]) -> str:
    """The text with each of the characters replaced by its Unicode name: [thumbs up sign], or [U+E123] if it has none.

    For characters no font on this machine can draw: an empty box would say nothing, to the eye or to a screen reader.
    """
    return text.translate({ord(character): f"[{_name(character)}]" for character in characters})


def with_places_to_break(html: str) -> str:
    """The page with a place to break in texts of more than 2,000 letters: after white space, or within a long word.

    It can neither be seen nor copied. WeasyPrint reads a whole text anew for each of its lines, and lays out the whole
    rest of a word, so that 200,000 letters would take it many minutes.
    """

    def broken(text: re.Match[str]) -> str:
        return text[0] if text["kept"] else "<wbr>".join(_PIECES.findall(text[0]))

    return _TEXTS.sub(broken, html)


def _name(character: str) -> str:
    return unicodedata.name(character, "").lower() or f"U+{ord(character):04X}"
