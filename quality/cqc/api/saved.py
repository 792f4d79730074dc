"""Replies of CQC's API that somebody saved, one JSON file each, in a TAR.GZ or ZIP archive."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from quality.core.clock import today
from quality.cqc.api.archived import Packing, packing_of, replies_in
from quality.cqc.api.replies import location, provider
from quality.cqc.as_at import Told, from_file_name
from quality.cqc.errors import CqcFileError, quoted
from quality.cqc.formats import check_file, sha256
from quality.cqc.limits import DEFAULT_LIMITS, Limits
from quality.cqc.rows import LocationReply, ProviderReply

Row = TypeVar("Row")


@dataclass(frozen=True)
class SavedReplies:
    """An archive of replies, and the day it speaks of. It is read anew each time it is asked."""

    path: Path
    packing: Packing
    as_at: date
    sha256: str
    with_names: bool
    limits: Limits

    def locations(self) -> Iterator[LocationReply]:
        """Each reply about a location. CqcFileError when one is not as we know it."""
        return self._each("locationId", lambda reply: location(reply, with_names=self.with_names))

    def providers(self) -> Iterator[ProviderReply]:
        """Each reply about a provider. CqcFileError when one is not as we know it."""
        return self._each("locationIds", provider)

    def _each(self, mark: str, meaning: Callable[[dict[str, Any]], Row]) -> Iterator[Row]:
        # A reply about a location names its provider too: only one about a provider lists locations.
        for name, content in replies_in(self.path, self.packing, self.limits):
            reply = _reply(name, content)
            if "locationId" not in reply and "locationIds" not in reply:
                raise CqcFileError(
                    f"{quoted(name)} in the archive is not a reply about a location or a provider: leave it out."
                )
            if mark in reply:
                yield meaning(reply)


def holds_replies(path: Path) -> bool:
    """True for a TAR.GZ archive, or a ZIP of JSON files, whatever its name; others read, or refuse, anything else.

    CqcFileError for a ZIP of more files than are looked at.
    """
    return packing_of(path, DEFAULT_LIMITS) is not None


def open_replies(
    path: Path, *, as_at: date | None = None, names: bool = False, limits: Limits = DEFAULT_LIMITS
) -> SavedReplies:
    """Open an archive of replies. CqcFileError when it is none, or its day has to be given, or is still to come."""
    check_file(path, limits)
    packing = packing_of(path, limits)
    if packing is None:
        raise CqcFileError(f"The file {quoted(path.name)} is not an archive of replies of CQC's API.")
    day = Told(as_at, (from_file_name(path.name),)).day(today())
    return SavedReplies(path, packing, day, sha256(path), names, limits)


def _reply(name: str, content: bytes) -> dict[str, Any]:
    try:
        reply = json.loads(content)
    except (ValueError, RecursionError):
        raise CqcFileError(f"{quoted(name)} in the archive is not JSON.") from None
    if not isinstance(reply, dict):
        raise CqcFileError(f"{quoted(name)} in the archive is not a JSON object.")
    return reply
