"""Finding publications: drafts for whoever makes them, what is published for everybody."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from quality.core.database import db
from quality.market.models.publications import Publication
from quality.services.models import LocalAuthority

__all__ = ["correction_of", "council_code", "find_draft", "find_published", "of_council", "published"]


def find_draft(publication_id: int, council: int, *, lock: bool = False) -> Publication | None:
    """The draft, or what became of it, of this council; locked until the transaction ends where that is asked."""
    asked = select(Publication).where(
        Publication.id == publication_id, Publication.local_authority_id == council
    )
    if lock:
        asked = asked.with_for_update(of=Publication).execution_options(populate_existing=True)
    return db.session.scalar(asked)


def find_published(council_code: str, number: int) -> Publication | None:
    """What a council published under this number."""
    return db.session.scalar(
        select(Publication)
        .join(Publication.local_authority)
        .where(LocalAuthority.council_code == council_code.upper(), Publication.number == number)
    )


def correction_of(one: Publication) -> Publication | None:
    """The publication that puts this one right, if there is one."""
    return db.session.scalar(
        select(Publication).where(Publication.corrects_id == one.id, Publication.number.is_not(None))
    )


def published(council_code: str = "") -> list[Publication]:
    """All that is published, or all of one council, newest first."""
    asked = select(Publication).join(Publication.local_authority).where(Publication.number.is_not(None))
    if council_code:
        asked = asked.where(LocalAuthority.council_code == council_code.upper())
    asked = asked.options(joinedload(Publication.corrects)).order_by(
        LocalAuthority.name, Publication.number.desc()
    )
    return list(db.session.scalars(asked))


def of_council(council: int) -> list[Publication]:
    """All drafts and publications of a council, drafts first, then the newest."""
    asked = (
        select(Publication)
        .where(Publication.local_authority_id == council)
        .options(joinedload(Publication.corrects), joinedload(Publication.drafted_by))
        .order_by(Publication.number.is_not(None), Publication.number.desc(), Publication.id.desc())
    )
    return list(db.session.scalars(asked))


def council_code(council: int) -> str:
    """The short code of a council whose team works here; empty for another."""
    return db.session.scalar(select(LocalAuthority.council_code).where(LocalAuthority.id == council)) or ""
