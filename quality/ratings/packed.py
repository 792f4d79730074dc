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
    """Ratings by the CQC id of their service. Each different key, and each different thing said, is kept once.

    They go by the numbers that `number_of_key` and `number_of` give them, since there are many more ratings than
    different things to say.
    """

    keys: list[Key] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    _keys: dict[Key, int] = field(default_factory=dict)
    _said: dict[Said, int] = field(default_factory=dict)
    _by_service: dict[str, array[int]] = field(default_factory=dict)

    def number_of_key(self, key: Key) -> int:
        """The number of a service group and domain."""
        if key not in self._keys:
            self._keys[key] = len(self.keys)
            self.keys.append(key)
        return self._keys[key]

    def number_of(self, said: Said) -> int:
        """The number of something that is said."""
        if said not in self._said:
            self._said[said] = len(self.said)
            self.said.append(said)
        return self._said[said]

    def put(self, service: str, ratings: Mapping[int, tuple[int, int]]) -> None:
        """Say what there is of a service: by the key's number, that of what is said, and that of its row."""
        numbers = [number for key, (said, row) in ratings.items() for number in (key, said, row)]
        self._by_service[service] = array("I", numbers)

    def numbers(self, service: str) -> dict[int, tuple[int, int]]:
        """What was put of a service; nothing when it was not listed."""
        packed = self._by_service.get(service)
        if not packed:
            return {}
        parts = iter(packed)
        return {key: (said, row) for key, said, row in zip(parts, parts, parts, strict=True)}

    def pairs(self, service: str) -> Iterator[tuple[int, int]]:
        """The numbers of key and of what is said, for each rating of a service."""
        packed = self._by_service.get(service, ())
        return zip(packed[::3], packed[1::3], strict=True)

    def of(self, service: str) -> dict[Key, Said]:
        """What is said of a service; nothing when it is not listed."""
        return {self.keys[key]: self.said[said] for key, said in self.pairs(service)}

    def where(self, text: str) -> tuple[str, int]:
        """The first service, and its row, of which this text is said in a key or in anything else."""
        keys = {number for number, key in enumerate(self.keys) if text in key}
        saids = {number for number, said in enumerate(self.said) if text in said}
        return next(
            (service, row)
            for service in self
            for key, (said, row) in self.numbers(service).items()
            if key in keys or said in saids
        )

    def remove(self, service: str) -> int:
        """Take a service out; returns how many ratings it had."""
        return len(self._by_service.pop(service, ())) // 3

    def __contains__(self, service: object) -> bool:
        return service in self._by_service

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_service)

    def __len__(self) -> int:
        return sum(map(len, self._by_service.values())) // 3
