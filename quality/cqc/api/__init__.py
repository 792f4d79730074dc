"""CQC's API: asking it, and understanding what it answers. Nothing here knows the database or the web pages."""
