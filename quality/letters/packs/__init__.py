"""Packs: many issued reports in one ZIP file, each as it was issued, with a table of contents."""
