"""Names of registered managers and nominated individuals: kept only where a council decided so, with its reason."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select

from quality.core.clock import now
from quality.core.database import db
from quality.core.errors import Invalid
from quality.editions.models import NamedPerson, NamesChoice
from quality.history.kinds import Kind
from quality.history.models import NATIONAL
from quality.history.operations import Actor, record
from quality.services.bulk import MOST_NUMBERS, in_pieces, insert_rows
from quality.services.models import Edition
from quality.services.placing import Placed
from quality.services.room import check_room


def choice() -> NamesChoice | None:
    """The decision that counts; none when nobody ever decided, and no name is kept."""
    return db.session.scalar(select(NamesChoice).order_by(NamesChoice.id.desc()).limit(1))


def are_names_kept() -> bool:
    """True when the names of people in CQC's files are to be stored."""
    decided = choice()
    return decided is not None and decided.are_kept


def decide(*, keep: bool, reason: str, by: Actor | None = None) -> NamesChoice:
    """Decide whether names are kept from the next load on; deciding against it erases those that are held.

    Invalid without a reason.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid("reason", "Enter the reason for the decision: it is kept with it")
    decided = NamesChoice(are_kept=keep, reason=reason, decided_at=now(), decided_by_id=by.id if by else None)
    db.session.add(decided)
    if not keep:
        db.session.execute(delete(NamedPerson))
    db.session.flush()
    kind = Kind.NAMES_KEPT if keep else Kind.NAMES_FORGOTTEN
    about = ("names_choice", decided.id)
    record(kind, council=NATIONAL, about=about, by=by, details={"reason": reason})
    return decided


def keep_names(people: Mapping[str, tuple[tuple[str, str], ...]], edition: Edition, placed: Placed) -> None:
    """Store the names an edition gives, in place of those that were held of its services.

    CqcFileError for a name longer than there is room for.
    """
    texts = (name for names in people.values() for _, name in names)
    check_room(NamedPerson, "name", texts, "what is said of people")
    numbers = {placed.numbers[cqc_id]: names for cqc_id, names in people.items()}
    for some in in_pieces(numbers, MOST_NUMBERS):
        db.session.execute(delete(NamedPerson).where(NamedPerson.service_id.in_(some)))
    rows = ((number, role, name, edition.id) for number, names in numbers.items() for role, name in names)
    if numbers:
        insert_rows(NamedPerson, ("service_id", "role", "name", "from_edition_id"), rows)
