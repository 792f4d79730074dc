"""Reading a file of outside figures, whichever of the layouts we know it has."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from quality.market.outside.ascof import is_ascof, read_ascof
from quality.market.outside.lg_inform import is_lg_inform, read_lg_inform
from quality.market.outside.sheet import read_headings
from quality.market.outside.told import OutsideFileError, ToldFile
from quality.market.outside.written import read_written

_MOST_BYTES = 20_000_000


def read_outside(path: Path) -> tuple[ToldFile, str]:
    """What a file tells, and its SHA-256. OutsideFileError, in one sentence that names the place, when it is unfit."""
    content = _content(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OutsideFileError(
            f"{path.name} is not text in UTF-8: please save it again as CSV UTF-8."
        ) from None
    return _read(path.name, text), sha256(content).hexdigest()


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise OutsideFileError(f"{path.name} cannot be read: {error.strerror or error}.") from None
    if len(content) > _MOST_BYTES:
        raise OutsideFileError(f"{path.name} is larger than 20 MB, which no file of published figures is.")
    return content


def _read(name: str, text: str) -> ToldFile:
    if Path(name).suffix.lower() == ".toml":
        return read_written(name, text)
    headings = read_headings(name, text)
    if is_ascof(headings):
        return read_ascof(name, text, headings)
    if is_lg_inform(headings):
        return read_lg_inform(name, text, headings)
    raise OutsideFileError(
        f"{name} is none of the files we read: ASCOF 6b has a column “ONS area code” and columns like “2023 to 2024 - "
        "6b numerator”, LG Inform has “area_code” and “indicator”, and what people write down is a .toml file."
    )
