"""The ratings an edition gives, packed: a service has a few, and most say what thousands of others say too."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from quality.cqc import RatingWord

Key = tuple[str, str]  # The service group and the domain.


class Said(NamedTuple):
    """What is said of one service group and domain of a service."""

    word: RatingWord
    published_text: str
    published_on: date | None
    report_type: str = ""
    inherited: bool | None = None
    inherited_from: str | None = None
    framework_code: str | None = None
    percentage: Decimal | None = None
    statements: tuple[tuple[str, int], ...] = ()

    @property
    def rating(self) -> tuple[RatingWord, date | None, bool]:
        """What makes it this rating and no other: sources differ in how they write the rest."""
        return self.word, self.published_on, bool(self.inherited)

    @property
    def is_detailed(self) -> bool:
        """True when it says more than files do."""
        return bool(
            self.framework_code or self.percentage is not None or self.statements or self.inherited_from
        )


@dataclass
class PackedRatings:
    """Ratings by the CQC id of their service. Each different key, and each different thing said, is kept once."""

    keys: dict[Key, int] = field(default_factory=dict)
    said: dict[Said, int] = field(default_factory=dict)
    _by_service: dict[str, array[int]] = field(default_factory=dict)
    _key_list: list[Key] = field(default_factory=list)
    _said_list: list[Said] = field(default_factory=list)

    def put(self, service: str, ratings: Mapping[Key, tuple[Said, int]]) -> None:
        """Say what there is of a service, each with the number of its row, in place of what was said of it."""
        packed = self._by_service[service] = array("I")
        for key, (said, row) in ratings.items():
            packed.append(self.keys.setdefault(key, len(self.keys)))
            packed.append(self.said.setdefault(said, len(self.said)))
            packed.append(row)

    def of(self, service: str) -> dict[Key, Said]:
        """What there is of a service; nothing when the edition does not list it."""
        return {key: said for key, (said, _) in self.with_rows(service).items()}

    def with_rows(self, service: str) -> dict[Key, tuple[Said, int]]:
        """What there is of a service, each with the number of its row."""
        packed = self._by_service.get(service)
        if not packed:
            return {}
        self._unfold()
        keys, words, parts = self._key_list, self._said_list, iter(packed)
        return {keys[key]: (words[said], row) for key, said, row in zip(parts, parts, parts, strict=True)}

    def remove(self, service: str) -> int:
        """Take a service out; returns how many ratings it had."""
        return len(self._by_service.pop(service, ())) // 3

    def _unfold(self) -> None:
        if len(self._key_list) < len(self.keys):
            self._key_list = list(self.keys)
        if len(self._said_list) < len(self.said):
            self._said_list = list(self.said)

    def __contains__(self, service: object) -> bool:
        return service in self._by_service

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_service)

    def __len__(self) -> int:
        return sum(map(len, self._by_service.values())) // 3
