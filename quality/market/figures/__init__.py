"""The shares themselves: what is counted as at a day, by which rule, and how areas compare."""
