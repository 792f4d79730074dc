"""Whether what was published still stands: its bytes by their hashes, its figures by counting them again."""

from __future__ import annotations

from dataclasses import dataclass

from quality.core.errors import Refused
from quality.evidence.storage import StorageError
from quality.market.areas.finding import find_area
from quality.market.areas.kinds import Area, AreaKind
from quality.market.figures.basis import Basis
from quality.market.figures.benchmarks import Comparators
from quality.market.figures.gathering import market
from quality.market.figures.rules import find_rule
from quality.market.figures.scopes import Scope, find_kind
from quality.market.models.publications import Publication
from quality.market.publications.building import editions_until, scope_said
from quality.market.publications.operations import pdf_of
from quality.market.publications.snapshot import Figure, Role, ScopeSaid, Snapshot, sha256_of

__all__ = ["Checked", "CheckedLine", "verify"]


@dataclass(frozen=True)
class CheckedLine:
    """One figure. `fault` is empty where counting again gives exactly what was published."""

    scope: str
    role: str
    area: str
    published: str
    fault: str


@dataclass(frozen=True)
class Checked:
    """A publication: faults of its bytes and of what it rests on, and every figure."""

    number: int
    council_code: str
    faults: tuple[str, ...]
    lines: tuple[CheckedLine, ...]

    @property
    def holds(self) -> bool:
        """True where nothing differs."""
        return not self.faults and not any(line.fault for line in self.lines)


def verify(one: Publication) -> Checked:
    """Check the hashes, and count every figure again from the editions held. Reads only."""
    text = one.snapshot or ""
    faults = []
    if sha256_of(text) != one.snapshot_sha256:
        faults.append("What it says is not what was published: its SHA-256 differs.")
    faults += _pdf_faults(one)
    said = Snapshot.from_json(text)
    faults += _edition_faults(said)
    lines = [line for scope in said.scopes for line in _lines(said, scope)]
    return Checked(said.number, said.council_code, tuple(faults), tuple(lines))


def _pdf_faults(one: Publication) -> list[str]:
    if one.pdf_sha256 is None:
        return ["Its PDF has not been made yet."]
    try:
        pdf_of(one)
    except StorageError as error:
        return [f"Its PDF: {error}"]
    return []


def _edition_faults(said: Snapshot) -> list[str]:
    held = {one.sha256: one for one in editions_until(said.as_at)}
    told = {one.sha256: one for one in said.editions}
    gone = [f"No longer held: {told[key].file_name} ({key})." for key in told if key not in held]
    late = [
        f"Loaded since, about days up to the publication’s: {held[key].file_name} ({key})."
        for key in held
        if key not in told
    ]
    return [*gone, *late]


def _lines(said: Snapshot, scope: ScopeSaid) -> list[CheckedLine]:
    try:
        again = _again(said, scope)
    except Refused as refusal:
        return [_line(scope, one, f"Cannot be counted again: {refusal.sentence}") for one in scope.figures]
    counted = {one.key: one for one in again.figures}
    return [_line(scope, one, _fault(one, counted.get(one.key))) for one in scope.figures]


def _again(said: Snapshot, scope: ScopeSaid) -> ScopeSaid:
    """The scope counted anew, of the very areas that were published: a list may have changed since."""
    basis = Basis(said.as_at, Scope(find_kind(scope.key)), find_rule(said.rule.key))
    areas = tuple(_area(one, said) for one in scope.of(Role.COMPARATOR))
    kept = scope.comparators
    others = Comparators(kept.key, kept.words, kept.definition, areas)
    (own,) = scope.of(Role.OWN)
    return scope_said(market(), _area(own, said), others, basis, show_small=said.show_small)


def _area(one: Figure, said: Snapshot) -> Area:
    if one.area_code:
        return find_area(one.area_code, said.as_at)
    return Area("", one.area_name, AreaKind.AUTHORITY)


def _fault(published: Figure, counted: Figure | None) -> str:
    if counted is None:
        return "There is no such line any more."
    if published == counted:
        return ""
    return f"Counting again gives {_words(counted)}."


def _line(scope: ScopeSaid, one: Figure, fault: str) -> CheckedLine:
    return CheckedLine(scope.words, one.role.value, one.area_name, _words(one), fault)


def _words(one: Figure) -> str:
    return "suppressed" if one.is_suppressed else f"{one.k:,} of {one.n:,}"
