"""The register's sheet of dual registrations: places that two providers have registered, which count once.

In 2026 the register's own rows name the registration that counts. Where they do not, this sheet tells it.
"""

from operator import itemgetter

from quality.cqc.cells import Parse, identifier, text_or_none
from quality.cqc.errors import BadValue
from quality.cqc.files import CqcFile
from quality.cqc.headings import Layout, Wanted, find_headings
from quality.cqc.tables import Table, is_blank


def _counts(text: str) -> str | None:
    """`Y` for the registration that counts, the id of the other where that counts, else None."""
    stripped = text_or_none(text)
    if stripped is None or stripped.casefold() == "n":
        return None
    return "Y" if stripped.casefold() == "y" else identifier(stripped)


_LOCATION, _LINKED, _PRIMARY = "Location ID", "Linked Organisation ID", "Primary ID"
_PARSES: dict[str, Parse] = {_LOCATION: identifier, _LINKED: identifier, _PRIMARY: _counts}
_LAYOUT = Layout(
    "dual_registrations", "the register's dual registrations", wanted=tuple(map(Wanted, _PARSES))
)


def read_duals(file: CqcFile) -> dict[str, str] | None:
    """By the id of each registration, the id of the one that counts; None where the file has no such sheet.

    CqcFileError at the first row that is not right.
    """
    if not file.table.headings.sheet.spreadsheet:
        return None
    of_duals = {heading.casefold() for heading in _PARSES}
    for sheet in file.source.sheets():
        if any(of_duals <= {cell.strip().casefold() for cell in cells} for _, cells in sheet.top):
            return _read(Table(find_headings([sheet], [_LAYOUT])))
    return None


def _read(table: Table) -> dict[str, str]:
    columns = [(table.headings.positions[heading], parse) for heading, parse in _PARSES.items()]
    pick = itemgetter(*(position for position, _ in columns))
    duals: dict[str, str] = {}
    for number, cells in table.below():
        if len(cells) != table.width and not (cells := table.fitted(number, cells)):
            continue
        try:
            location, linked, counts = (
                parse(cell) for (_, parse), cell in zip(columns, pick(cells), strict=True)
            )
        except BadValue:
            if is_blank(cells):
                continue
            raise table.refusal(number, cells, columns) from None
        if counts == "Y":
            duals |= {location: location, linked: location}
        elif counts:
            duals[location] = counts
    return duals
