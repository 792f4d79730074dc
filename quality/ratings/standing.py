"""How services stand overall, in the database's own words: for lists that are narrowed and sorted by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Exists, Select, and_, case, func, or_, select

from quality.cqc import RatingWord
from quality.ratings.models import OVERALL

# The four ratings, best first.
RATINGS = tuple(word for word in RatingWord if word.is_rating)
_BADNESS = {word.value: number for number, word in enumerate(RATINGS, start=1)}


@dataclass(frozen=True)
class StandingInSql:
    """How the services of a statement stand as at a day, or (None) now. It must be joined with `join` first.

    A service that CQC rates as a whole stands by that rating. One that it rates service by service stands by each of
    them: it has each of their words, is as bad as the worst and as old as the oldest.
    """

    service_id: ColumnElement[int]
    as_at: date | None
    whole: Any
    group: Any

    def join(self, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """The statement with the rating of each service as a whole beside it, where there is one."""
        return statement.outerjoin(
            self.whole,
            and_(
                self.whole.service_id == self.service_id,
                self.whole.service_group == OVERALL,
                self.whole.domain == OVERALL,
                self.whole.holds(self.as_at),
            ),
        )

    def has(self, word: RatingWord) -> ColumnElement[bool]:
        """True where CQC's rating is this one: of the whole, or else of one of its services."""
        return or_(self.whole.word == word, and_(self._is_unrated, self._groups(self.group.word == word)))

    @property
    def is_by_service(self) -> ColumnElement[bool]:
        """True where CQC rates the services and not the whole."""
        return and_(self._is_unrated, self._groups())

    @property
    def is_none(self) -> ColumnElement[bool]:
        """True where CQC gives none of its four ratings."""
        return and_(self._is_unrated, ~self._groups())

    @property
    def published_on(self) -> ColumnElement[date]:
        """The day the rating was published, the oldest where there are several; null where there is none."""
        return case(
            (~self._is_unrated, self.whole.published_on), else_=self._of_groups(func.min, "published_on")
        )

    @property
    def badness(self) -> ColumnElement[int]:
        """From 1, Outstanding, to 4, Inadequate; the worst where there are several; null where there is none."""
        groups = self._select(func.max(case(_BADNESS, value=self.group.word)))
        return case(_BADNESS, value=self.whole.word, else_=groups.scalar_subquery())

    @property
    def _is_unrated(self) -> ColumnElement[bool]:
        return or_(self.whole.word.is_(None), self.whole.word.not_in(RATINGS))

    def _groups(self, *more: ColumnElement[bool]) -> Exists:
        return self._select(self.group.id).where(*more).exists()

    def _of_groups(self, function: Any, column: str) -> Any:
        return self._select(function(getattr(self.group, column))).scalar_subquery()

    def _select(self, what: Any) -> Select[Any]:
        return select(what).where(
            self.group.service_id == self.service_id,
            self.group.service_group != OVERALL,
            self.group.domain == OVERALL,
            self.group.word.in_(RATINGS),
            self.group.holds(self.as_at),
        )
