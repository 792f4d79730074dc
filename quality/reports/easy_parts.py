"""What an easy read is made of, and the hard words in it: marked where they stand, and explained at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quality.reports.snapshot import Level, Term


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A part of a sentence; hard when it is a word that the last section explains."""

    words: str
    hard: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """An entry of a list, with a note beneath it, and the level it is about. `here` marks the service's own."""

    words: str
    note: str = ""
    level: Level | None = None
    here: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Sentences, each on a line of its own, and a list beneath them. `more` entries are only in the full report."""

    said: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    more: int = 0
    pieces: tuple[tuple[Piece, ...], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A question and what answers it, beside a drawing of our own and what that shows."""

    drawing: str
    shows: str
    question: str
    groups: tuple[Group, ...]


def with_hard_words(
    sections: Sequence[Section], glossary: Sequence[Term]
) -> tuple[tuple[Section, ...], tuple[Term, ...]]:
    """The sections with the words of the glossary marked in them, and those of the glossary that they use."""
    hard = _hard_words(glossary)
    marked = tuple(
        replace(one, groups=tuple(_marked(group, hard) for group in one.groups)) for one in sections
    )
    used = _used(marked)
    return marked, tuple(term for term in glossary if used & _one_or_many(term.word))


def _hard_words(glossary: Sequence[Term]) -> re.Pattern[str] | None:
    """What finds the words of the glossary in a sentence, the longest first, one or several of each."""
    words = sorted((term.word.strip() for term in glossary if term.word.strip()), key=len, reverse=True)
    some = "|".join(map(re.escape, words))
    # What stands within an address is not a word.
    return re.compile(rf"(?<![\w.@/])((?:{some})s?)(?![\w@/]|\.\w)", re.IGNORECASE) if words else None


def _used(sections: Iterable[Section]) -> set[str]:
    """The hard words that were marked, in small letters."""
    return {
        piece.words.casefold()
        for section in sections
        for group in section.groups
        for sentence in group.pieces
        for piece in sentence
        if piece.hard
    }


def _one_or_many(word: str) -> set[str]:
    one = word.strip().casefold()
    return {one, f"{one}s"}


def _marked(group: Group, hard: re.Pattern[str] | None) -> Group:
    """The group with its sentences in pieces. What stands in lists is quoted, so it is left alone."""
    pieces = []
    for sentence in group.said:
        # Where a pattern has a group, every second part is what it found.
        parts = hard.split(sentence) if hard else [sentence]
        pieces.append(
            tuple(Piece(words=part, hard=place % 2 == 1) for place, part in enumerate(parts) if part)
        )
    return replace(group, pieces=tuple(pieces))
