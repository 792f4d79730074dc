"""CQC's *Latest ratings* (also called the care directory with ratings), the sheet of locations.

It has a row for each service, service group and domain. In 2021 it had 26 columns, in 2026 it has 28; they are found by
their headings, wherever they stand.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import call, getitem, itemgetter
from typing import Any, TypeVar

from quality.cqc.areas import authority, region
from quality.cqc.cells import Memo, Parse, identifier, required_text, text_or_none, yes_or_no
from quality.cqc.dates import DateColumn
from quality.cqc.errors import BadValue, CqcFileError
from quality.cqc.files import LATEST_RATINGS, CqcFile
from quality.cqc.following import Following
from quality.cqc.headings import Layout, Wanted
from quality.cqc.providers import read_providers
from quality.cqc.rows import PublishedRating, RatingRow
from quality.cqc.tables import is_blank
from quality.cqc.words import domain, rating_word

Key = TypeVar("Key")
Said = TypeVar("Said")
_Placed = tuple[int, Parse]  # Where a column stands in this file, and how its cells are parsed.
_PUBLISHED = "Publication Date"
# The fields of RatingRow after the row's number, in their order, with the headings CQC gives them: first what is said
# of the service, the same on all of its rows, then of what is rated, and how.
_SERVICE: tuple[tuple[Wanted, Parse], ...] = (
    (Wanted("Location ID"), identifier),
    (Wanted("Location Name"), required_text),
    (Wanted("Care Home?"), yes_or_no),
    (Wanted("Location Type"), text_or_none),
    (Wanted("Location Primary Inspection Category"), text_or_none),
    (Wanted("Location Street Address"), text_or_none),
    (Wanted("Location Address Line 2"), text_or_none),
    (Wanted("Location City"), text_or_none),
    (Wanted("Location Post Code"), text_or_none),
    (Wanted("Location Local Authority"), authority),
    (Wanted("Location Region"), region),
    (Wanted("URL"), text_or_none),
    (Wanted("Provider ID"), identifier),
    (Wanted("Provider Name"), required_text),
    (Wanted("Brand ID"), text_or_none),
    (Wanted("Brand Name"), text_or_none),
)
_KEY: tuple[tuple[Wanted, Parse], ...] = (
    (Wanted("Service / Population Group"), required_text),
    (Wanted("Domain", earlier=("Key Question",)), domain),
)
_RATING: tuple[tuple[Wanted, Parse], ...] = (
    (Wanted("Latest Rating"), rating_word),
    (Wanted("Latest Rating"), required_text),
    (Wanted(_PUBLISHED), text_or_none),
    (Wanted("Report Type"), text_or_none),
    (Wanted("Inherited Rating (Y/N)"), yes_or_no),
)
_COLUMNS = _SERVICE + _KEY + _RATING
# What hardly two services share is quicker worked out than remembered.
_EACH_ITS_OWN = {
    "Location ID",
    "Location Name",
    "Location Street Address",
    "Location Address Line 2",
    "Location Post Code",
    "URL",
    "Provider ID",
    "Provider Name",
}
# The heading CQC gives each field of RatingRow, for messages.
HEADINGS = dict(zip(RatingRow._fields[1:], (wanted.heading for wanted, _ in _COLUMNS), strict=True))
LAYOUT = Layout(
    LATEST_RATINGS,
    "CQC's Latest ratings (its sheet of locations)",
    wanted=tuple(dict.fromkeys(wanted for wanted, _ in _COLUMNS)),
    known=(
        "Location ODS Code",
        "Location NHS Region",
        "Location ONSPD CCG Code",
        "Location ONSPD CCG",
        "Location Commissioning CCG Code",
        "Location Commissioning CCG Name",
    ),
)

# Going past the class's own way of making a row halves the time it takes.
_MAKE = tuple.__new__


@dataclass
class RatingsFile(CqcFile):
    """An opened file of *Latest ratings*."""

    def rows(self, following: Following | None = None) -> Iterator[RatingRow]:
        """Every row in the file's order; see `CqcFile.rows`."""
        return (
            _MAKE(RatingRow, (number, *service, *key, *rating))
            for number, service, key, rating in self.parts(_as_it_is, _as_it_is, following)
        )

    def parts(
        self,
        of_key: Callable[[tuple[Any, ...]], Key],
        of_rating: Callable[[tuple[Any, ...]], Said],
        following: Following | None = None,
    ) -> Iterator[tuple[int, tuple[Any, ...], Key, Said]]:
        """Like `rows`, in four: the row's number, the fields of its service, what is rated, and how.

        The last two are what the functions make of those fields. Each different one is made once, mostly: there are
        few. Rows of one service that follow each other share the very same tuple. Both cost much less than comparing.
        """
        following = following or Following()
        table, width, dates = self.table, self.table.width, self.date_column(self.table, _PUBLISHED)
        of_service, key_columns, rating_columns = (
            self._placed(part, dates) for part in (_SERVICE, _KEY, _RATING)
        )
        pick_service, pick_key, pick_rating = map(_picker, (of_service, key_columns, rating_columns))
        parses, keys, ratings = (
            _parses(of_service),
            _made(of_key, key_columns),
            _made(of_rating, rating_columns),
        )
        same: object = None
        service: tuple[object, ...] = ()
        self.rows_read = 0
        for number, cells in table.below(following):
            if len(cells) != width and not (cells := table.fitted(number, cells)):
                continue
            try:
                if (facts := pick_service(cells)) != same:
                    service, same = tuple(map(call, parses, facts)), facts
                key, rating = keys[pick_key(cells)], ratings[pick_rating(cells)]
            except BadValue:
                if is_blank(cells):
                    continue
                raise table.refusal(number, cells, self._placed(_COLUMNS, dates)) from None
            self.rows_read += 1
            yield number, service, key, rating
        following.judge_dates([dates])
        self.rows_read += following.rows_passed
        if not self.rows_read:
            raise CqcFileError("The file has CQC's headings and no rows below them.")

    def provider_rows(self) -> Iterator[tuple[str, str, PublishedRating]]:
        """Id and name of each provider that has ratings as a whole, with each of them, from their own sheet."""
        return read_providers(self)

    def _placed(self, columns: Iterable[tuple[Wanted, Parse]], dates: DateColumn) -> list[_Placed]:
        return [
            (
                self.table.headings.positions[wanted.heading],
                dates.parse if wanted.heading == _PUBLISHED else parse,
            )
            for wanted, parse in columns
        ]


def _picker(columns: Iterable[_Placed]) -> Callable[[list[str]], tuple[str, ...]]:
    return itemgetter(*(position for position, _ in columns))


def _parses(columns: Iterable[_Placed]) -> list[Parse]:
    """How the cells about a service are parsed, each different one of what many share only once."""
    return [
        parse if wanted.heading in _EACH_ITS_OWN else Memo(parse).__getitem__
        for (_, parse), (wanted, _) in zip(columns, _SERVICE, strict=True)
    ]


def _made(make: Callable[[tuple[Any, ...]], Any], columns: Iterable[_Placed]) -> Memo:
    """By the cells of some columns, what is made of the values in them."""
    memos = [Memo(parse) for _, parse in columns]
    return Memo(lambda cells: make(tuple(map(getitem, memos, cells))))


def _as_it_is(fields: tuple[Any, ...]) -> tuple[Any, ...]:
    return fields
