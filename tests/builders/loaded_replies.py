"""Replies of CQC's API, understood and loaded as one edition."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count

from quality.cqc.api.replies import location, provider
from quality.editions.loading import load_replies
from quality.editions.result import LoadResult
from tests.builders.cqc_replies import Reply

_numbers = count(1)


def load(on: date, locations: Iterable[Reply], providers: Sequence[Reply] = ()) -> LoadResult:
    """Load what CQC's API replied of these locations and providers, as at a day."""
    sha256 = hashlib.sha256(f"replies {next(_numbers)}".encode()).hexdigest()
    return load_replies(
        (location(one) for one in locations),
        [provider(one) for one in providers],
        as_at=on,
        sha256=sha256,
        name=f"invented replies of {on}",
    )
