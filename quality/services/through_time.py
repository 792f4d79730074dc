"""Storing what an edition says of providers or of services, so that what held before stays.

The newest facts stand in the row of the provider or service itself; what it replaces moves to the table of versions.
An edition that is newer than all others goes the short way; an older one is woven in, see `late`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row, Select, func, insert, literal, select, update

from quality.core.database import db
from quality.services.bulk import MOST_NUMBERS, Plain, in_pieces, insert_rows, plainly, update_all
from quality.services.late import weave
from quality.services.statements import Facts, Kept, Statement

# So many are looked up by their CQC ids; for more, reading the whole table is quicker.
_FEW = 2_000
_ROWS_AT_ONCE = 2_000


@dataclass
class Outcome:
    """How many things a statement told of first, and of how many it said something new."""

    new: int
    changed: int


def tell(kept: Kept, said: Statement) -> Outcome:
    """Store a statement. The edition is flushed already."""
    day = said.edition.as_at
    known: set[str] = set()
    changed: list[tuple[int, Facts]] = []
    late: list[tuple[Row[Any], Facts | None]] = []
    for row in _known(kept, said):
        facts = said.found.get(row[0])
        if facts is None:
            continue
        known.add(row[0])
        holds = row.held_to is None and not _is_late(row, day)
        if said.stands(row.from_edition_id) or (holds and tuple(row[6:]) == facts):
            continue
        if _is_late(row, day) or said.later(row):
            late.append((row, facts))
        else:
            changed.append((row.id, facts))
    _replace(kept, said, changed)
    woven = weave(kept, said, late)
    return Outcome(new=_add(kept, said, known), changed=len(changed) + woven)


def end(kept: Kept, said: Statement, rows: Collection[Row[Any]]) -> int:
    """Store that these rows, which hold on the edition's day, are not in the edition. Returns how many it ended."""
    now: list[Row[Any]] = []
    late: list[Row[Any]] = []
    for row in rows:
        (
            late if said.later(row) or row.held_to is not None or _is_late(row, said.edition.as_at) else now
        ).append(row)
    numbers = [row.id for row in now]
    update_all(kept.now, numbers, held_to=said.edition.as_at, to_edition_id=said.edition.id)
    return len(numbers) + weave(kept, said, [(row, None) for row in late])


def _known(kept: Kept, said: Statement) -> Iterator[Row[Any]]:
    if len(said.found) > _FEW:
        # A driver would hold the whole register at once.
        everything = rows_of(kept, said.fields).execution_options(yield_per=_ROWS_AT_ONCE)
        yield from db.session.execute(everything)
        return
    for some in in_pieces(said.found, MOST_NUMBERS):
        yield from db.session.execute(rows_of(kept, said.fields).where(kept.now.cqc_id.in_(some)))


def rows_of(kept: Kept, fields: Iterable[str]) -> Select[Any]:
    """The CQC id, the number, what marks the beginning and end, and some facts of every thing."""
    now = kept.now
    marks = (now.cqc_id, now.id, now.held_from, now.from_edition_id, now.held_to, now.to_edition_id)
    return select(*marks, *(getattr(now, name) for name in fields))


def _is_late(row: Row[Any], day: date) -> bool:
    """True when something newer than this day is known of the thing already."""
    return (row.held_from is not None and row.held_from > day) or (
        row.held_to is not None and row.held_to > day
    )


def _replace(kept: Kept, said: Statement, changed: Sequence[tuple[int, Facts]]) -> None:
    """Move the present facts to the versions, and put the new ones in their place."""
    at, now, before = said.at, kept.now, kept.before
    for some in in_pieces((number for number, _ in changed), MOST_NUMBERS):
        moved = select(
            now.id,
            now.from_edition_id,
            now.held_from,
            func.coalesce(now.to_edition_id, literal(at.edition_id)),
            func.coalesce(now.held_to, literal(at.day)),
            *(getattr(now, name) for name in kept.facts),
        ).where(now.id.in_(some), now.held_from.is_not(None))
        columns = (kept.owner, "from_edition_id", "held_from", "to_edition_id", "held_to", *kept.facts)
        db.session.execute(insert(before).from_select(columns, moved))
    begins = {"from_edition_id": at.edition_id, "held_from": at.day, "to_edition_id": None, "held_to": None}
    if changed:
        db.session.execute(
            update(now),
            [
                {"id": number, **dict(zip(said.fields, facts, strict=True)), **begins}
                for number, facts in changed
            ],
        )


def _add(kept: Kept, said: Statement, known: Collection[str]) -> int:
    """Store what was not known at all; where a later edition lists all there is without it, it has ended again."""
    # In the order of their ids: an index grows at its end, and PostgreSQL takes a tenth less time over all.
    new = sorted(cqc_id for cqc_id in said.found if cqc_id not in known)
    blank = {name: value for name, value in kept.blank.items() if name not in said.fields}
    columns = ("cqc_id", *said.fields, *blank, "from_edition_id", "held_from")
    begins = (*blank.values(), said.edition.id, said.edition.as_at.isoformat())
    rows: Iterable[tuple[Plain, ...]] = ((cqc_id, *said.found[cqc_id], *begins) for cqc_id in new)
    rows = plainly(rows, [columns.index(name) for name in said.fields if name in kept.not_plain])
    if said.lists_all and said.later(None):
        columns += ("to_edition_id", "held_to")
        rows = ((*row, *_ends(said, row)) for row in rows)
    insert_rows(kept.now, columns, rows)
    return len(new)


def _ends(said: Statement, row: Sequence[Plain]) -> tuple[int | None, str | None]:
    facts = SimpleNamespace(**dict(zip(said.fields, row[1:], strict=False)))
    mark = said.later(facts)
    return (None, None) if mark is None else (mark.edition_id, mark.day.isoformat())
