"""Papers of the market: words, tables and charts as plain data, and their forms: PDF, text and spreadsheet."""

from quality.market.papers.ods import paper_ods
from quality.market.papers.odt import paper_odt
from quality.market.papers.paper import Paper, PaperTable, Section
from quality.market.papers.pdf import paper_pdf

__all__ = ["Paper", "PaperTable", "Section", "paper_ods", "paper_odt", "paper_pdf"]
