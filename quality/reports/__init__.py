"""A report is what a council tells a provider about one approved audit.

Its snapshot is plain data and holds everything the report says; the web page and the PDF say the same, because both
are made from it. A report is made once, when it is issued; afterwards its bytes are served, and a correction is a new
issue.
"""
