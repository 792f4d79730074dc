"""What became of a load, and how much it would move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from quality.services.models import Edition

# A load that moves more of the register, or loses more services, is more likely a fault than a month's change.
MOST_MOVED_PER_CENT = 2
MOST_LOST = 1_000
# So few are looked at by a person anyhow.
_FEW = 5


@dataclass(frozen=True)
class Movement:
    """How many services an edition lists that were not listed before, and leaves out that were, of so many held."""

    new: int
    gone: int
    held: int

    @property
    def is_large(self) -> bool:
        """True when a person should say that this is right."""
        moved = self.new + self.gone
        by_share = moved > _FEW and moved * 100 > self.held * MOST_MOVED_PER_CENT
        return self.held > 0 and (by_share or self.gone > MOST_LOST)

    @property
    def sentence(self) -> str:
        """What the edition would move, in words."""
        return (
            f"Of {self.held:,} services held, {self.gone:,} are not in it, and it lists {self.new:,} that were not "
            f"held: more than {MOST_MOVED_PER_CENT} % of the register, or more than {MOST_LOST:,} services lost."
        )


@dataclass(frozen=True)
class LoadResult:
    """What became of a file or sync. `stored`, `merged` and the counts of `set_aside` add up to `rows_read`.

    `effects` counts what it did: services and providers new and changed, services gone, ratings new, changed (rated
    again), unchanged and ended. `edition` is None after a dry run. What was loaded before has its edition's figures.
    """

    edition: Edition | None
    already_loaded: bool
    kind: str
    file_name: str
    as_at: date
    sha256: str
    rows_read: int
    stored: int
    merged: int
    set_aside: dict[str, int]
    warnings: list[str]
    effects: dict[str, int]
    would_ask: bool = False  # Of a dry run: the load itself would stop and ask, as it moves much.

    @classmethod
    def of(cls, edition: Edition, *, already_loaded: bool = False, dry_run: bool = False) -> LoadResult:
        """The result that an edition tells of itself."""
        return cls(
            edition=None if dry_run else edition,
            already_loaded=already_loaded,
            kind=edition.kind,
            file_name=edition.file_name,
            as_at=edition.as_at,
            sha256=edition.sha256,
            **edition.counts(),
            effects=dict(edition.effects or {}),
        )

    def as_json(self) -> dict[str, Any]:
        """As `flask cqc load --json` prints it."""
        return {
            "edition": self.edition.id if self.edition else None,
            "already_loaded": self.already_loaded,
            "kind": self.kind,
            "file_name": self.file_name,
            "as_at": self.as_at.isoformat(),
            "sha256": self.sha256,
            "rows_read": self.rows_read,
            "stored": self.stored,
            "merged": self.merged,
            "set_aside": self.set_aside,
            "warnings": self.warnings,
            "would_ask": self.would_ask,
            **self.effects,
        }
