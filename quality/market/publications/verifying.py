"""Whether what was published still stands: its bytes by their hashes, its figures and words by counting them again."""

from __future__ import annotations

from dataclasses import dataclass

from quality.core.errors import Refused
from quality.evidence.storage import StorageError
from quality.market.areas.finding import find_area
from quality.market.figures.gathering import market
from quality.market.models.publications import Publication
from quality.market.publications.building import editions_until, outside_said
from quality.market.publications.operations import pdf_of
from quality.market.publications.recounting import CheckedLine, checked_outside, checked_rule, checked_scopes
from quality.market.publications.snapshot import Snapshot, sha256_of

__all__ = ["Checked", "CheckedLine", "verify"]


@dataclass(frozen=True)
class Checked:
    """A publication: faults of its bytes and of what it rests on, every figure, and what was loaded since.

    `loaded_since` are files that tell of the publication's day or of one before. They are no fault by themselves: they
    explain a figure that differs.
    """

    number: int
    council_code: str
    faults: tuple[str, ...]
    lines: tuple[CheckedLine, ...]
    loaded_since: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """True where nothing differs."""
        return not self.faults and not any(line.fault for line in self.lines)


def verify(one: Publication) -> Checked:
    """Check the hashes, and count and word everything again from what is held. Reads only."""
    text = one.snapshot or ""
    faults = []
    if sha256_of(text) != one.snapshot_sha256:
        faults.append("What it says is not what was published: its SHA-256 differs.")
    faults += _pdf_faults(one)
    said = Snapshot.from_json(text)
    gone, since = _editions(said)
    lines = (checked_rule(said), _checked_day(said), *checked_scopes(said, one), *_checked_outside(said, one))
    return Checked(said.number, said.council_code, (*faults, *gone), lines, since)


def _pdf_faults(one: Publication) -> list[str]:
    if one.pdf_sha256 is None:
        return ["Its PDF has not been made yet."]
    try:
        pdf_of(one)
    except StorageError as error:
        return [f"Its PDF: {error}"]
    return []


def _editions(said: Snapshot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files it was counted from that are gone, as faults, and those that came since."""
    held, told = editions_until(said.as_at), said.editions
    gone = (f"No longer held: {one.file_name} ({one.sha256})." for one in told if one not in held)
    since = (
        f"{one.kind}, {one.file_name}, as at {one.as_at} ({one.sha256})" for one in held if one not in told
    )
    return tuple(gone), tuple(since)


def _checked_day(said: Snapshot) -> CheckedLine:
    shown = said.newest_edition.isoformat()
    try:
        again = market().told_on(market().check_day(said.as_at)).isoformat()
    except Refused as refusal:
        return CheckedLine("", "newest edition", "", shown, f"Cannot be told again: {refusal.sentence}")
    fault = "" if again == shown else f"published {shown}, now {again}."
    return CheckedLine("", "newest edition", "", shown, fault)


def _checked_outside(said: Snapshot, one: Publication) -> tuple[CheckedLine, ...]:
    try:
        area = find_area(said.council, said.as_at, council_id=one.local_authority_id)
    except Refused as refusal:
        why = f"Cannot be told again: {refusal.sentence}"
        return tuple(CheckedLine(each.scope, "outside", each.title, each.words, why) for each in said.outside)
    return checked_outside(said, outside_said(area, said.as_at, [scope.key for scope in said.scopes]))
