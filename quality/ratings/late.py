"""Storing the ratings of an edition that is older than one that is held: each is woven in between the others."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from sqlalchemy import select

from quality.core.database import db
from quality.cqc import RatingWord
from quality.ratings.models import Rating
from quality.ratings.packed import Key, PackedRatings, Said
from quality.ratings.stored import Stored, is_spoken_of
from quality.services.bulk import Plain, in_pieces, insert_rows, plain
from quality.services.models import Edition, EditionKind, LocalAuthority, Service
from quality.services.placing import Placed
from quality.services.weaving import Mark, Segment, woven

_SERVICES_AT_ONCE = 500
# Not what a rating is, but where and when it is held.
_NOT_COPIED = {"id", "from_edition_id", "to_edition_id", "held_from", "held_to"}
_COLUMNS = tuple(name for name in Rating.__table__.c.keys() if name != "id")  # noqa: SIM118 -- Not a dict.


def weave_ratings(ratings: PackedRatings, edition: Edition, placed: Placed) -> Stored:
    """Store what an older edition says, of services that are placed. The edition is flushed already."""
    stored = Stored()
    listed = {placed.numbers[service]: service for service in ratings}
    later = _Later(edition)
    is_whole = not edition.is_part and edition.kind == EditionKind.LATEST_RATINGS
    services = sorted(listed.keys() | (_rated_on(edition) if is_whole else set()))
    for some in in_pieces(services, _SERVICES_AT_ONCE):
        histories = _histories(some)
        new: list[dict[str, object]] = []
        for number in some:
            given = ratings.of(listed[number]) if number in listed else {}
            new += _weave(number, given, histories[number], later, stored)
        # What ends earlier now is written first, so that two ratings never hold of one thing.
        db.session.flush()
        insert_rows(Rating, _COLUMNS, map(_row, new))
    return stored


class _Later:
    """The editions of later days that tell ratings, and what they speak of."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.at = Mark(edition.as_at, edition.id)
        newer = select(Edition).where(
            Edition.as_at > edition.as_at, Edition.kind == EditionKind.LATEST_RATINGS
        )
        self._newer = [
            (Mark(one.as_at, one.id), one.authorities, one.domains)
            for one in db.session.scalars(newer.where(~Edition.is_part).order_by(Edition.as_at))
        ]
        self._where = dict(
            db.session.execute(select(Service.id, LocalAuthority.name).join(LocalAuthority)).all()
        )

    def mark(self, service: int, key: Key) -> Mark | None:
        """The first later edition that speaks of this rating."""
        for mark, authorities, domains in self._newer:
            is_there = authorities is None or self._where[service] in authorities
            if is_there and (domains is None or key[1] in domains):
                return mark
        return None


def _rated_on(edition: Edition) -> set[int]:
    """The services of the edition's areas that something holds of on its day."""
    rated = select(Rating.service_id).where(Rating.holds(edition.as_at), ~Rating.is_past).distinct()
    if edition.authorities is not None:
        lying = select(Service.id).join(LocalAuthority).where(LocalAuthority.name.in_(edition.authorities))
        rated = rated.where(Rating.service_id.in_(lying))
    return set(db.session.scalars(rated))


def _histories(services: Iterable[int]) -> dict[int, dict[Key, list[Rating]]]:
    found: dict[int, dict[Key, list[Rating]]] = defaultdict(lambda: defaultdict(list))
    rows = select(Rating).where(Rating.service_id.in_(list(services)), ~Rating.is_past)
    for rating in db.session.scalars(rows.order_by(Rating.held_from, Rating.id)):
        found[rating.service_id][rating.service_group, rating.domain].append(rating)
    return found


def _weave(
    service: int, given: dict[Key, Said], histories: dict[Key, list[Rating]], later: _Later, stored: Stored
) -> Iterator[dict[str, object]]:
    """End what now ends earlier, and give the ratings that are new, each as its columns."""
    for key in given.keys() | histories.keys():
        said, rows = given.get(key), histories.get(key, [])
        held = next((row for row in rows if _segment(row).holds_on(later.at.day)), None)
        if said is None and (held is None or not is_spoken_of(later.edition, key, held.word)):
            continue
        said = said and _with_what_others_told(said, rows)
        segments = [_segment(row) for row in rows]
        after = woven(segments, None if said is None else said.rating, later.at, later.mark(service, key))
        if after == segments:
            stored.unchanged += said is not None
            continue
        _end(rows, after)
        for one in (one for one in after if one.row is None):
            is_said = said is not None and one.begins == later.at
            facts = _of(service, key, said) if is_said and said is not None else _copied(held)
            yield {**facts, **_marks(one)}
        stored.services.add(service)
        stored.new += held is None
        stored.changed += held is not None and said is not None
        stored.ended += said is None


def _with_what_others_told(said: Said, rows: Iterable[Rating]) -> Said:
    """One published rating has one framework and one set of scores, whichever of the editions that give it says so."""
    same = [row for row in rows if said.published_on is not None and _segment(row).value == said.rating]
    if said.is_detailed:
        for row in same:
            row.framework_code, row.percentage = said.framework_code, said.percentage
            row.statements, row.inherited_from = _listed(said), said.inherited_from
        return said
    for row in same:
        scores = tuple((name, score) for name, score in row.statements or ())
        known = said._replace(
            framework_code=row.framework_code,
            percentage=row.percentage,
            statements=scores,
            inherited_from=row.inherited_from,
        )
        if known.is_detailed:
            return known
    return said


def _listed(said: Said) -> list[list[object]] | None:
    return [list(one) for one in said.statements] or None


def _segment(row: Rating) -> Segment[tuple[object, ...]]:
    ends = None if row.held_to is None else Mark(row.held_to, row.to_edition_id or row.from_edition_id)
    value = (row.word, row.published_on, bool(row.inherited))
    return Segment(value, Mark(row.held_from, row.from_edition_id), ends, row.id)


def _end(rows: list[Rating], after: list[Segment[tuple[object, ...]]]) -> None:
    """Cut short what now ends earlier."""
    by_number = {row.id: row for row in rows}
    for one in after:
        if one.row is not None and one.ends is not None:
            by_number[one.row].held_to, by_number[one.row].to_edition_id = one.ends.day, one.ends.edition_id


def _marks(one: Segment[tuple[object, ...]]) -> dict[str, object]:
    return {
        "held_from": one.begins.day,
        "from_edition_id": one.begins.edition_id,
        "held_to": one.ends and one.ends.day,
        "to_edition_id": one.ends and one.ends.edition_id,
    }


def _copied(row: Rating | None) -> dict[str, object]:
    """What a rating is, to let it hold once more after something else held between."""
    names = (name for name in Rating.__table__.c.keys() if name not in _NOT_COPIED)  # noqa: SIM118 -- Not a dict.
    return {name: getattr(row, name) for name in names}


def _of(service: int, key: Key, said: Said) -> dict[str, object]:
    facts = said._asdict()
    facts["statements"] = _listed(said)
    return {"service_id": service, "service_group": key[0], "domain": key[1], "is_past": False, **facts}


def _row(columns: Mapping[str, object]) -> tuple[Plain, ...]:
    """A rating's columns as a driver takes them."""
    return tuple(_value(columns[name]) for name in _COLUMNS)


def _value(value: object) -> Plain:
    if isinstance(value, list):
        return json.dumps(value)
    return str(value) if isinstance(value, (Decimal, RatingWord)) else plain(value)
