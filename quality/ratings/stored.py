"""What became of the ratings of an edition, and of what it speaks."""

from __future__ import annotations

from dataclasses import dataclass, field

from quality.cqc import RatingWord
from quality.ratings.packed import Key
from quality.services.models import Edition, EditionKind


@dataclass
class Stored:
    """How many ratings an edition gave anew, changed, left as they were, and ended; and whose are not the same now."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    services: set[int] = field(default_factory=set)


def is_spoken_of(edition: Edition, key: Key, word: RatingWord) -> bool:
    """True when the edition would list this rating of a service that it speaks of, if it held still.

    A part says only what it lists, a file may hold one domain, and the API does not tell that something is not rated.
    """
    if edition.is_part:
        return False
    if edition.kind == EditionKind.API:
        return word.is_rating
    return edition.domains is None or key[1] in edition.domains
