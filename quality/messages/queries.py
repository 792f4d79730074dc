"""Finding a person's notices."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Integer, bindparam, select

from quality.core.database import db
from quality.messages.models import Notice
from quality.people.models import Person


def unread(person_id: int, *, most: int = 20) -> Sequence[Notice]:
    """The newest notices a person has not read yet, newest first."""
    return db.session.scalars(_UNREAD, {"person": person_id, "most": most}).all()


def find_notice(notice_id: int, person: Person) -> Notice | None:
    """A notice of this person; none when there is no such notice or it is somebody else's."""
    notice = select(Notice).where(Notice.id == notice_id, Notice.person_id == person.id)
    return db.session.scalar(notice)


# Shown on the pages where people begin, so it is made once and not for each of them.
_UNREAD = (
    select(Notice)
    .where(Notice.person_id == bindparam("person", type_=Integer), Notice.read_at.is_(None))
    .order_by(Notice.id.desc())
    .limit(bindparam("most", type_=Integer))
)
