"""A paper as an accessible PDF."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from quality.market.papers.paper import Paper
from quality.printing.colour import in_colour
from quality.printing.pdf import render_pdf
from quality.printing.templates import print_css, print_html

__all__ = ["paper_html", "paper_pdf"]


def paper_pdf(paper: Paper) -> bytes:
    """The paper as a PDF/UA document; the same paper gives the same bytes. Raises PrintingError."""
    return render_pdf(
        html=paper_html(paper),
        css=in_colour(print_css("market/print/paper.css"), paper.colour),
        title=f"{paper.title}, {paper.council}",
        created=paper.made_at,
        author=paper.council,
    )


def paper_html(paper: Paper) -> str:
    """The page that is printed. Raises PrintingError."""
    # Charts are our own SVG, in which everything a person typed is escaped already.
    drawn = [replace(one, chart=Markup(one.chart)) for one in paper.sections]  # noqa: S704
    return print_html("market/print/paper.html", paper=replace(paper, sections=tuple(drawn)))
