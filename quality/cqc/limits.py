"""How much a file may ask of the machine that reads it."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps, in bytes unless said otherwise; passing one refuses the file.

    They are set by the largest real file, CQC's national *Latest ratings* of 2026: 323,673 rows, 26 MB as ODS. Its one
    big part unpacks to as much as 1.4 GB, which is 54 to 67 times its packed size, because every cell repeats its
    mark-up. The CSV of the same rows is about 110 MB.
    """

    file_bytes: int = 300 * MEGABYTE  # As it is given to us, and of a CSV file unpacked.
    unpacked_bytes: int = (
        2_000 * MEGABYTE
    )  # All parts together: the real file, and room for it to grow by 40 %.
    ratio: int = 150  # Unpacked to packed, of any one part: twice the worst real one. A bomb has 1,000.
    ratio_counts_from: int = (
        20 * MEGABYTE
    )  # A small part may be as repetitive as it likes: it cannot do harm.
    parts: int = 500  # Files inside a spreadsheet: CQC's have about 15.
    shared_text_bytes: int = (
        200 * MEGABYTE
    )  # XLSX keeps each different text once, and we hold them in memory.
    rows: int = 1_048_576  # As many as a spreadsheet has.
    columns: int = 256  # CQC's widest file has 122.
    row_characters: int = 1_000_000  # Of a CSV file: CQC's longest has about a thousand.
    cell_characters: int = 32_767  # As many as a spreadsheet cell takes.


DEFAULT_LIMITS = Limits()
