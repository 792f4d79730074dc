"""Storing what an edition says of a day on which, or after which, something else is known: it is woven in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from quality.core.database import db
from quality.services.bulk import in_pieces
from quality.services.statements import Facts, Kept, Statement
from quality.services.weaving import Mark, Segment, woven

_AT_ONCE = 1_000
_MARKS = ("from_edition_id", "held_from", "to_edition_id", "held_to")


@dataclass(frozen=True)
class _Story:
    """The facts in the row of a thing itself, and all that held of it, by the day it begins."""

    newest: Facts
    segments: list[Segment[Facts]]


def weave(kept: Kept, said: Statement, late: Iterable[tuple[Row[Any], Facts | None]]) -> int:
    """Weave a statement into what is known of these things, each with its facts, or none where it has none.

    Returns of how many it says something new.
    """
    changed = 0
    for some in in_pieces(late, _AT_ONCE):
        stories = _stories(kept, [row.id for row, _ in some])
        told = {row.id: _woven(kept, said, stories[row.id], row, facts) for row, facts in some}
        new = {number: after for number, after in told.items() if after != stories[number].segments}
        _rewrite(kept, new)
        changed += len(new)
    return changed


def _stories(kept: Kept, numbers: Collection[int]) -> dict[int, _Story]:
    segments: dict[int, list[Segment[Facts]]] = defaultdict(list)
    newest: dict[int, Facts] = {}
    for row in _rows(kept, kept.before, kept.owner, numbers):
        segments[row[0]].append(_segment(row))
    for row in _rows(kept, kept.now, "id", numbers):
        newest[row[0]] = tuple(row[1 + len(_MARKS) :])
        if row.held_from is not None:
            segments[row[0]].append(_segment(row))
    return {
        number: _Story(facts, sorted(segments[number], key=lambda one: one.begins.day))
        for number, facts in newest.items()
    }


def _rows(kept: Kept, table: Any, owner: str, numbers: Collection[int]) -> Iterator[Row[Any]]:
    """Whose it is, what marks its beginning and end, and its facts, of each row of these things."""
    whose = getattr(table, owner)
    columns = (getattr(table, name) for name in (*_MARKS, *kept.facts))
    yield from db.session.execute(select(whose, *columns).where(whose.in_(numbers)).order_by(table.id))


def _segment(row: Row[Any]) -> Segment[Facts]:
    _, first, begins, last, ends, *facts = tuple(row)
    return Segment(tuple(facts), Mark(begins, first), None if ends is None else Mark(ends, last))


def _woven(
    kept: Kept, said: Statement, story: _Story, row: Row[Any], facts: Facts | None
) -> list[Segment[Facts]]:
    segments, value = story.segments, None
    if facts is not None:
        held = next((one for one in segments if one.holds_on(said.at.day)), next(iter(segments), None))
        told = dict(zip(said.fields, facts, strict=True))
        nearest = story.newest if held is None else held.value
        value = tuple(told.get(name, fact) for name, fact in zip(kept.facts, nearest, strict=True))
    later = said.later(row)
    if later and not said.lists_all and not any(one.holds_on(later.day) for one in segments):
        later = None  # Only an edition that lists all there is says of a thing by leaving it out that it has ended.
    return woven(segments, value, said.at, later)


def _rewrite(kept: Kept, stories: Mapping[int, Sequence[Segment[Facts]]]) -> None:
    """Put these segments in the place of what is stored: the last into the row of the thing, the others beside it."""
    if not stories:
        return
    former = delete(kept.before).where(getattr(kept.before, kept.owner).in_(stories))
    db.session.execute(former.execution_options(synchronize_session=False))
    versions = [
        {kept.owner: number, **_columns(kept, one)} for number, all_ in stories.items() for one in all_[:-1]
    ]
    if versions:
        db.session.execute(insert(kept.before), versions)
    newest = [{"id": number, **_columns(kept, all_[-1])} for number, all_ in stories.items()]
    db.session.execute(update(kept.now), newest)


def _columns(kept: Kept, one: Segment[Facts]) -> dict[str, Any]:
    return {
        **dict(zip(kept.facts, one.value, strict=True)),
        "from_edition_id": one.begins.edition_id,
        "held_from": one.begins.day,
        "to_edition_id": one.ends.edition_id if one.ends else None,
        "held_to": one.ends.day if one.ends else None,
    }
