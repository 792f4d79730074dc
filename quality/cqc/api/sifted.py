"""Replies of which those that cannot be used are set aside, so that the others can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from quality.cqc.errors import CqcFileError
from quality.cqc.rows import LocationReply, ProviderReply

Row = TypeVar("Row", bound=LocationReply | ProviderReply)

# So many faults may be CQC's in single records. More of them, and a larger share, come from something else.
MOST_SINGLE_FAULTS = 20
MOST_PER_CENT = 2


@dataclass(frozen=True)
class SetAside:
    """A reply that cannot be used: of which record it is, `location` or `provider`, and the sentence that says why."""

    kind: str
    cqc_id: str
    sentence: str

    @property
    def reason(self) -> str:
        """What such replies are counted under."""
        return f"reply about a {self.kind} that cannot be used"

    @property
    def warning(self) -> str:
        """What the person should know, with the id that was asked for: the sentence may not have one."""
        return f"The reply about {self.kind} {self.cqc_id} was set aside. {self.sentence}"


class TooManySetAside(CqcFileError):
    """So many replies cannot be used that CQC must have changed what it sends."""

    def __init__(self, set_aside: list[SetAside], fetched: int) -> None:
        super().__init__(
            f"{len(set_aside):,} of {fetched:,} replies of CQC's API cannot be used, so CQC has probably changed "
            f"what it sends. The first of them: {set_aside[0].sentence}"
        )
        self.set_aside = set_aside


class Sifting:
    """Sifts the replies of one sync, of which `fetched` came in all; `set_aside` fills while they are read."""

    def __init__(self, fetched: int) -> None:
        self._fetched = fetched
        self.set_aside: list[SetAside] = []

    def check(self) -> None:
        """TooManySetAside when those set aside so far cannot be faults of single records."""
        count = len(self.set_aside)
        if count > MOST_SINGLE_FAULTS and count * 100 > self._fetched * MOST_PER_CENT:
            raise TooManySetAside(self.set_aside, self._fetched)


class Sifted(Iterable[Row]):
    """The replies of one kind that can be used, to be read once: each as the id that was asked for, and the JSON.

    `set_aside` is full when they are read. TooManySetAside at their end when too many of the sync's cannot be used.
    """

    def __init__(
        self,
        sifting: Sifting,
        kind: str,
        replies: Iterable[tuple[str, Any]],
        meaning: Callable[[Any], Row],
    ) -> None:
        self._sifting, self._kind, self._replies, self._meaning = sifting, kind, replies, meaning
        self.set_aside: list[SetAside] = []

    def __iter__(self) -> Iterator[Row]:
        seen: set[str] = set()
        for cqc_id, reply in self._replies:
            # An id that CQC lists in small letters too is answered twice with the same.
            if cqc_id.upper() in seen:
                continue
            seen.add(cqc_id.upper())
            row = self._read(cqc_id.upper(), reply)
            if row is not None:
                yield row
        self._sifting.check()

    def _read(self, cqc_id: str, reply: Any) -> Row | None:
        """What a reply means; None when it is set aside."""
        try:
            row = self._meaning(reply)
            self._check_id(cqc_id, row)
        except CqcFileError as error:
            found = SetAside(self._kind, cqc_id, error.sentence)
            self.set_aside.append(found)
            self._sifting.set_aside.append(found)
            return None
        return row

    def _check_id(self, cqc_id: str, row: Row) -> None:
        replied = row.service.service_id if isinstance(row, LocationReply) else row.provider_id
        if replied != cqc_id:
            raise CqcFileError(
                f"CQC's reply about {self._kind} {cqc_id} cannot be used: it is about {replied} instead."
            )


def set_aside_of(replies: Iterable[Any]) -> list[SetAside]:
    """What was set aside of replies that have been read; nothing of such as are not sifted."""
    return replies.set_aside if isinstance(replies, Sifted) else []
