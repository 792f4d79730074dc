"""What an edition says of providers or of services, and the tables that keep it through time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from quality.services.models import Edition, Provider, ProviderVersion, Service, ServiceVersion
from quality.services.weaving import Mark

Facts = tuple[Any, ...]


@dataclass(frozen=True)
class Kept:
    """Two tables that keep one kind of thing through time, and the columns that are its facts."""

    now: type[Provider] | type[Service]
    before: type[ProviderVersion] | type[ServiceVersion]
    owner: str  # The column of the versions that says whose they are.
    facts: tuple[str, ...]
    blank: Mapping[str, Any] = field(default_factory=dict)  # What a fact is until somebody tells it.
    not_plain: frozenset[str] = frozenset()  # The facts that a driver must be given in another form.


@dataclass(frozen=True)
class Statement:
    """What an edition says: `fields` of the things `found`, by CQC id.

    `later` gives the first later edition that speaks of a stored thing too; `stands` says of the edition that a thing's
    facts are from whether they stand against this one; `lists_all` is true of an edition that lists all there is.
    """

    edition: Edition
    fields: tuple[str, ...]
    found: Mapping[str, Facts]
    later: Callable[[Any], Mark | None]
    stands: Callable[[int | None], bool]
    lists_all: bool = False

    @property
    def at(self) -> Mark:
        """The edition's mark."""
        return Mark(self.edition.as_at, self.edition.id)
