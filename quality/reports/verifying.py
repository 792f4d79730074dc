"""Whether a file is a report as it was issued: genuine, replaced since, or unknown. No more is said of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from sqlalchemy.orm import defer

from quality.core.database import db
from quality.reports.models import Report, Variant
from quality.reports.queries import newer_version, variant_with_hash, with_hash

_PIECE = 1 << 20


class Verdict(StrEnum):
    """What can be said of a file."""

    GENUINE = "genuine"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verified:
    """The verdict, the file's hash, and the report it is, whose number stands in it anyway; none when it is unknown.

    `variant` is the form it has, unless that is the usual one.
    """

    verdict: Verdict
    sha256: str
    report: Report | None
    variant: Variant | None = None

    @property
    def name(self) -> str:
        """What the file is: "report R-NM-2026-0004 in large print". Empty when it is unknown."""
        if self.report is None:
            return ""
        return f"report {self.report.number}{f' {self.variant.words}' if self.variant else ''}"


def verify_bytes(file: BinaryIO) -> Verified:
    """Compare a file, byte for byte through its SHA-256, with everything that was ever issued."""
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return verify_hash(digest.hexdigest())


def verify_hash(sha256: str) -> Verified:
    """The same of a file of which only the hash is known. A draft was never issued, so it is unknown."""
    report = db.session.scalar(with_hash(sha256).options(defer(Report.snapshot)))
    if report is None:
        return Verified(Verdict.UNKNOWN, sha256, None)
    replaced = newer_version(report) is not None
    verdict = Verdict.SUPERSEDED if replaced else Verdict.GENUINE
    return Verified(verdict, sha256, report, variant_with_hash(report, sha256))
