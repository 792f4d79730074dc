"""Reading out of a PDF how large its letters are, and whether any stands outside of the margins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pymupdf

MARGIN = 40
"""Of large print and easy read, in points, at the least."""


def smallest_letters(pdf: bytes) -> float:
    """The size of the smallest letters on any page, in points, to two places."""
    return min(round(size, 2) for _, size, _ in _spans(pdf))


def outside_the_margins(pdf: bytes) -> list[str]:
    """The texts that reach too near to the edge of their page."""
    return [text for text, _, space in _spans(pdf) if space < MARGIN]


def _spans(pdf: bytes) -> Iterator[tuple[str, float, float]]:
    """Each piece of text, the size of its letters, and its distance from the nearer side of the page."""
    document: Any = pymupdf.open(stream=pdf)
    for page in document:
        for block in page.get_text("dict")["blocks"]:
            for line in block.get("lines", ()):
                for span in line["spans"]:
                    if span["text"].strip():
                        left, _, right, _ = span["bbox"]
                        yield span["text"], span["size"], min(left, page.rect.width - right)
