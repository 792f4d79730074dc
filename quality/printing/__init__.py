"""Printing turns plain data into an accessible PDF: strict template, one refusing fetcher, the same bytes each time.

`templates.print_html` fills a template and refuses a missing value; `pdf.render_pdf` makes the bytes. Only `engine` and
what it calls (`archive`, `fetcher`, `metadata`) import WeasyPrint, and only when something is printed, so that a
machine without Pango can do everything else. `seal` signs the finished bytes with the council's certificate, if any.
"""
