"""The sheet of *Latest ratings* that has the ratings of providers as a whole: NHS trusts, mostly."""

from collections.abc import Iterator
from operator import getitem, itemgetter

from quality.cqc.cells import Memo, identifier, required_text, text_or_none, yes_or_no
from quality.cqc.errors import BadValue
from quality.cqc.files import CqcFile
from quality.cqc.headings import Headings, Layout, Wanted, find_headings
from quality.cqc.rows import PublishedRating
from quality.cqc.sheets import Sheet
from quality.cqc.tables import Table, is_blank
from quality.cqc.words import domain, rating_word

_PUBLISHED = "Publication Date"
_COLUMNS = (
    (Wanted("Provider ID"), identifier),
    (Wanted("Provider Name"), required_text),
    (Wanted("Service / Population Group"), required_text),
    (Wanted("Domain", earlier=("Key Question",)), domain),
    (Wanted("Latest Rating"), rating_word),
    (Wanted("Latest Rating"), required_text),
    (Wanted(_PUBLISHED), text_or_none),
    (Wanted("Report Type"), text_or_none),
    (Wanted("Inherited Rating (Y/N)"), yes_or_no),
)
LAYOUT = Layout(
    "latest_ratings_providers",
    "CQC's Latest ratings (its sheet of providers)",
    wanted=tuple(dict.fromkeys(wanted for wanted, _ in _COLUMNS)),
    known=(
        "Provider ODS Code",
        "Provider Type",
        "Provider Primary Inspection Category",
        "Provider Street Address",
        "Provider Address Line 2",
        "Provider City",
        "Provider Post Code",
        "Provider Local Authority",
        "Provider Region",
        "Provider NHS Region",
        "URL",
        "Brand ID",
        "Brand Name",
    ),
)


def read_providers(file: CqcFile) -> Iterator[tuple[str, str, PublishedRating]]:
    """Id and name of each provider on the file's sheet of providers, with its rating; none where it has none.

    CqcFileError at the first row that is not right.
    """
    found = _find(file)
    if found is None:
        return
    table = Table(found)
    dates = file.date_column(table, _PUBLISHED)
    columns = [
        (found.positions[wanted.heading], dates.parse if wanted.heading == _PUBLISHED else parse)
        for wanted, parse in _COLUMNS
    ]
    pick = itemgetter(*(position for position, _ in columns))
    memos = [Memo(parse) for _, parse in columns]
    for number, cells in table.below():
        if len(cells) != table.width and not (cells := table.fitted(number, cells)):
            continue
        try:
            provider_id, name, *rating = map(getitem, memos, pick(cells))
        except BadValue:
            if is_blank(cells):
                continue
            raise table.refusal(number, cells, columns) from None
        yield provider_id, name, PublishedRating._make((*rating, None, False, None, None, ()))
    dates.check_whole_column()


def _find(file: CqcFile) -> Headings | None:
    if not file.table.headings.sheet.spreadsheet:
        return None
    others = (sheet for sheet in file.source.sheets() if sheet.name != file.table.headings.sheet.name)
    for sheet in others:
        if is_of_providers(sheet):
            return find_headings([sheet], [LAYOUT])
    return None


def is_of_providers(sheet: Sheet) -> bool:
    """True for a sheet that is meant for one of providers, whether or not it is a whole one."""
    wanted = {column.heading.casefold() for column in LAYOUT.wanted}
    return any(
        {"provider id", "latest rating"} <= (texts := {cell.strip().casefold() for cell in cells})
        and len(wanted & texts) > len(wanted) // 2
        and not any(text.startswith("location ") for text in texts)
        for _, cells in sheet.top
    )
