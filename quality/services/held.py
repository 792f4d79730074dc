"""What an edition says of something, for as long as no other edition says otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, ForeignKey, and_, or_
from sqlalchemy.orm import Mapped, mapped_column


class Holding:
    """What all rows that hold from one edition to another have; see `Held`."""

    if TYPE_CHECKING:
        held_from: Any

    to_edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    held_to: Mapped[date | None]

    @classmethod
    def holds(cls, as_at: date | None) -> ColumnElement[bool]:
        """The condition for rows that hold as at a day; without one, for those that hold still."""
        if as_at is None:
            return cls.held_to.is_(None)
        return and_(cls.held_from <= as_at, or_(cls.held_to.is_(None), cls.held_to > as_at))


class Held(Holding):
    """The columns of a table whose rows hold from one edition to another; parent of such a model.

    A row holds from the day `held_from` up to, and not including, `held_to`, which is empty while it holds still. The
    days are those of the two editions, kept beside them so that a question about a day needs no other table. A row that
    an edition of the same day replaced has the same day twice: it is kept, and holds on no day.
    """

    from_edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    held_from: Mapped[date]


class HeldIfTold(Holding):
    """The same for rows that no edition may have told of: both their beginnings are empty then."""

    from_edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    held_from: Mapped[date | None]
