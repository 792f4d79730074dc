"""A paper as a text document, to carry on writing in."""

from __future__ import annotations

from quality.market.papers.paper import Paper
from quality.market.papers.pdf import paper_html
from quality.printing.odt import odt_of

__all__ = ["paper_odt"]


def paper_odt(paper: Paper) -> bytes:
    """The paper as an OpenDocument text, from the very page that is printed. A chart becomes the words of it."""
    # Whatever somebody typed is escaped, so only the template's own tags are found.
    body = paper_html(paper).partition("<body>")[2].rpartition("</body>")[0]
    return odt_of(body, title=f"{paper.title}, {paper.council}", author=paper.council, created=paper.made_at)
