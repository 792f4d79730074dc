"""The fonts our documents are set in: Atkinson Hyperlegible, drawn for readers with low vision (SIL Open Font License).

The set-up scripts put the files in place. Style sheets ask for them as "Printed", "Printed Extended", names that no
font installed on a machine has, so that a document looks the same everywhere.
"""

from __future__ import annotations

from pathlib import Path

from quality.printing.errors import PrintingError

ROOT = Path(__file__).resolve().parents[2]
FONT_FOLDER = ROOT / "static" / "build" / "fonts"

# The second family holds the letters of Polish, Romanian, Turkish and Baltic names. It must not share the name of the
# first: WeasyPrint 70 tells fonts apart by family, weight and style alone, and would print the L with stroke as an h.
_FACES = [
    ("Printed", 400, "atkinson-hyperlegible-latin-400-normal.woff2"),
    ("Printed", 700, "atkinson-hyperlegible-latin-700-normal.woff2"),
    ("Printed Extended", 400, "atkinson-hyperlegible-latin-ext-400-normal.woff2"),
    ("Printed Extended", 700, "atkinson-hyperlegible-latin-ext-700-normal.woff2"),
]

FONT_CSS = "\n".join(
    f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-style: normal; "
    f"src: url('asset:fonts/{name}') format('woff2') }}"
    for family, weight, name in _FACES
)
"""The @font-face rules every document begins with."""


def check_fonts(folder: Path = FONT_FOLDER) -> None:
    """Raise PrintingError, naming the file and the remedy, when a font is missing from the folder."""
    for _, _, name in _FACES:
        if not (folder / name).is_file():
            raise PrintingError(
                f"The document was not made: the font {name} is missing from {folder}. "
                "Run script/setup, then try again."
            )
