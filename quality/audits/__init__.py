"""An audit: the council's case about one service, from planned to published.

`lifecycle.py` is the whole procedure in one table; `operations.py` walks it and is the only writer.
"""
