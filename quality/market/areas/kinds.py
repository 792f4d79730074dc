"""What an area is, and what is said when there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quality.core.errors import Refused


class AreaKind(StrEnum):
    """What sort of area; the first four, and sets, have codes of the Office for National Statistics (ONS)."""

    COUNTRY = "country"
    REGION = "region"
    AUTHORITY = "authority"
    DISTRICT = "district"
    QUADRANT = "quadrant"
    ICB = "icb"
    SET = "set"
    PROVIDER = "provider"
    BRAND = "brand"
    SERVICE = "service"


class AuthorityClass(StrEnum):
    """What sort of local authority, as the statistics of England tell them apart."""

    COUNTY = "county"
    UNITARY = "unitary"
    METROPOLITAN = "metropolitan district"
    LONDON = "London borough"


@dataclass(frozen=True)
class Area:
    """Anything that services lie in or belong to.

    `code` is the ONS code, CQC's id of a provider, brand or service, or the key of a set of a council's own; empty for
    an authority that ONS does not list. It held from `valid_from` (none: as long as such codes have existed) up to,
    and not including, `valid_to` (none: it holds still). `successors` and `members` are codes; only sets have members.
    """

    code: str
    name: str
    kind: AreaKind
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    members: tuple[str, ...] = ()

    def holds_on(self, day: date) -> bool:
        """True when the area existed on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )

    @property
    def words(self) -> str:
        """The name, with the code where it has one: `Essex (E10000012)`."""
        return f"{self.name} ({self.code})" if self.code else self.name


class NoSuchArea(Refused):
    """No area is called so, or not on that day. The sentence offers what there is."""


class NoLookup(Refused):
    """Which services lie there cannot be told until a lookup is loaded. The sentence says which one, and from where."""
