"""Letters about one audit, and packs of many reports in one file."""
