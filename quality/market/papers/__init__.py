"""Papers of the market: sections of words, tables and charts as plain data, and their forms: PDF and spreadsheet."""

from quality.market.papers.ods import paper_ods
from quality.market.papers.paper import Paper, PaperTable, Section
from quality.market.papers.pdf import paper_pdf

__all__ = ["Paper", "PaperTable", "Section", "paper_ods", "paper_pdf"]
