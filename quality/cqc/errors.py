"""What is said when a file cannot be read."""


class CqcFileError(Exception):
    """A file that cannot be taken in. `sentence` is one plain sentence for the person who chose the file."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadValue(ValueError):
    """A cell that does not hold what its column must hold; `reason` ends the sentence `"Heading" is "value", …`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def quoted(text: str) -> str:
    """The text in quotation marks, fit for one line of a message: cut at 80 characters, nothing invisible in it."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:80])
    return f'"{shown}…"' if len(text) > 80 else f'"{shown}"'


def letters(position: int) -> str:
    """What a spreadsheet calls the column at this position, counted from 0: A, B, … Z, AA."""
    found = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
