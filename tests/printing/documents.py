"""The smallest document, and ways to look inside one."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdf

from quality.printing.drawing import draw
from quality.printing.limits import Limits
from quality.printing.order import Order
from quality.printing.pdf import prepared, render_pdf

NOON = datetime(2026, 6, 12, 12, 0, tzinfo=UTC)


def a_pdf(body: str = "<h1>A visit</h1>", css: str = "", **changes: Any) -> bytes:
    """A document with the given body, set in our own font."""
    return render_pdf(**_given(body, css, changes))


def an_order(body: str = "<h1>A visit</h1>", css: str = "", **changes: Any) -> Order:
    """The same document, as it is sent to a printing process."""
    return prepared(Order(**_given(body, css, changes)))


def drawn_here(body: str = "<h1>A visit</h1>", css: str = "", **changes: Any) -> bytes:
    """The same document, drawn in this process, where a test can look at what is left of it."""
    return draw(an_order(body, css, **changes), Limits())


def _given(body: str, css: str, changes: dict[str, Any]) -> dict[str, Any]:
    page = f'<!DOCTYPE html><html lang="en-GB"><head><title>A visit</title></head><body>{body}</body></html>'
    given: dict[str, Any] = {
        "html": page,
        "css": f'html {{ font-family: "Printed", "Printed Extended" }} {css}',
    }
    return {"title": "A visit", "created": NOON, **given} | changes


def text_of(pdf: bytes) -> str:
    """All text in the order it was drawn, the spaces and line ends taken out."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def read_aloud(pdf: bytes, folder: Path) -> str:
    """The text as a screen reader gets it, through the tag tree, the spaces and line ends taken out."""
    told = _poppler(["pdfinfo", "-struct-text"], pdf, folder)
    pieces = [line.strip().removeprefix('"').removesuffix('"') for line in told.splitlines() if '"' in line]
    return "".join("".join(pieces).split())


def text_edges(pdf: bytes, folder: Path) -> float:
    """How far to the right any text reaches on any page, in points from the left edge."""
    boxes = _poppler(["pdftotext", "-bbox"], pdf, folder, "-")
    return max(float(edge) for edge in re.findall(r'<word [^>]*xMax="([0-9.]+)"', boxes))


def _poppler(command: list[str], pdf: bytes, folder: Path, *rest: str) -> str:
    path = folder / "document.pdf"
    path.write_bytes(pdf)
    return subprocess.run([*command, path, *rest], capture_output=True, text=True, check=True).stdout


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The document's objects."""
    return pikepdf.open(io.BytesIO(pdf))


def tags_of(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """Every element of the tag tree of one kind, such as /TH."""
    return [element for element in _walk(pdf.Root.StructTreeRoot) if element.get("/S") == kind]


def _walk(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _walk(kid)
