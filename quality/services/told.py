"""What a file or sync says of the register, each thing once, before the database is touched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from quality.services.placing import Register

# Why rows are set aside.
NO_AUTHORITY = "no local authority given"


@dataclass
class Told:
    """What is told. What of it is stored, `merged` and `set_aside` add up to `rows_read`."""

    register: Register
    rows_read: int = 0
    merged: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    # Role and name of the people a service names, by its CQC id; only ever read when the council keeps them.
    people: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @property
    def authorities(self) -> list[str]:
        """The local authorities it speaks of, by name."""
        return sorted({name for name, _ in self.register.regions})

    @property
    def domains(self) -> list[str] | None:
        """The rating domains it speaks of, by name; none when it tells no ratings."""
        return None

    @property
    def stored(self) -> int:
        """How many rows it comes to."""
        return len(self.register.services)
