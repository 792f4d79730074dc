"""What a file or sync says of the register, each thing once, before the database is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from quality.services.placing import Register

# Why rows are set aside.
NO_AUTHORITY = "no local authority given"


class Run(NamedTuple):
    """The rows of one service, which follow each other: its CQC id, the first row's number, and how many there are."""

    cqc_id: str
    first: int
    length: int


@dataclass(frozen=True)
class Unchanged:
    """The services of which a file tells what an earlier one told, by their numbers: they are held as it says.

    That is known as long as nothing is loaded after the edition `newest`.
    """

    services: frozenset[int] = frozenset()
    rows: int = 0
    authorities: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    newest: int | None = None


@dataclass
class Told:
    """What is told. What of it is stored, `merged` and `set_aside` add up to `rows_read`.

    Where a file was followed along an earlier one, the services that are `unchanged` are not in the register here.
    """

    register: Register
    rows_read: int = 0
    merged: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    # Role and name of the people a service names, by its CQC id; only ever read when the council keeps them.
    people: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    unchanged: Unchanged = field(default_factory=Unchanged)
    # The CQC ids of services and providers of which two rows say different things.
    unsure: set[str] = field(default_factory=set)

    @property
    def authorities(self) -> list[str]:
        """The local authorities it speaks of, by name."""
        return sorted(self.unchanged.authorities.union(name for name, _ in self.register.regions))

    def runs(self) -> Iterator[Run]:
        """The rows of each service whose rows follow each other."""
        yield from ()

    @property
    def domains(self) -> list[str] | None:
        """The rating domains it speaks of, by name; none when it tells no ratings."""
        return None

    @property
    def stored(self) -> int:
        """How many rows it comes to."""
        return len(self.register.services) + self.unchanged.rows
