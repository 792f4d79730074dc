"""How much an edition would move, before it does."""

from __future__ import annotations

from sqlalchemy import exists, select

from quality.core.database import db
from quality.editions.result import Movement
from quality.ratings.models import Rating
from quality.services.models import Edition, EditionKind, LocalAuthority, Service
from quality.services.told import Told

# A sync says of itself what is no longer registered; and only these list what there is.
_LIST_WHAT_THERE_IS = {EditionKind.REGISTER, EditionKind.DIRECTORY, EditionKind.LATEST_RATINGS}


def movement_of(edition: Edition, told: Told) -> Movement:
    """What the edition lists and leaves out, against what is held on its day: nothing before the first of its kind."""
    earlier = exists().where(Edition.kind == edition.kind, Edition.as_at <= edition.as_at)
    if edition.kind not in _LIST_WHAT_THERE_IS or not db.session.scalar(select(earlier)):
        return Movement(new=0, gone=0, held=0)
    rows = (
        select(Service.cqc_id, Service.id, LocalAuthority.name)
        .join(LocalAuthority)
        .where(Service.holds(edition.as_at))
    )
    if edition.kind == EditionKind.LATEST_RATINGS:
        rated = select(Rating.service_id).where(Rating.holds(edition.as_at))
        rows = rows.where(Service.id.in_(rated))
    held = db.session.execute(rows).all()
    listed, areas, unchanged = told.register.services.keys(), set(told.authorities), told.unchanged.services
    unlisted = [row for row in held if row.cqc_id not in listed and row.id not in unchanged]
    gone = 0 if edition.is_part else sum(row.name in areas for row in unlisted)
    new = len(listed) + len(unchanged) - (len(held) - len(unlisted))
    return Movement(new=new, gone=gone, held=len(held))
