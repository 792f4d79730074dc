"""The forms of a letter: web page, PDF, and a text document to edit. All are filled from one template."""

from __future__ import annotations

from markupsafe import Markup

from quality.letters.letter import Letter
from quality.printing.colour import in_colour
from quality.printing.odt import odt_of
from quality.printing.pdf import render_pdf
from quality.printing.templates import print_css, print_html

__all__ = ["letter_body", "letter_odt", "letter_pdf", "printed"]


def letter_body(letter: Letter, *, level: int) -> Markup:
    """The letter as a part of a web page; `level` is that of its first heading. Raises PrintingError."""
    html = print_html("letters/print/_letter.html", letter=letter, level=level)
    return Markup(html)  # noqa: S704 -- It has been escaped there.


def printed(letter: Letter) -> tuple[str, str]:
    """What is printed, as HTML and CSS. Raises PrintingError."""
    css = in_colour(print_css("letters/print/letter.css"), letter.council.colour)
    return print_html("letters/print/letter.html", letter=letter, level=1), css


def letter_pdf(letter: Letter) -> bytes:
    """The letter as an accessible PDF; the same letter gives the same bytes. Raises PrintingError."""
    html, css = printed(letter)
    return render_pdf(
        html=html,
        css=css,
        title=f"{letter.title}, {letter.reference}",
        created=letter.created,
        author=letter.council.name,
    )


def letter_odt(letter: Letter) -> bytes:
    """The letter as an OpenDocument text to edit; the same letter gives the same bytes."""
    return odt_of(
        str(letter_body(letter, level=1)),
        title=letter.title,
        author=letter.council.name,
        created=letter.created,
    )
