"""Two publications line by line: then, now, the difference, and every change of definition between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from quality.core.pages import plural
from quality.market.publications.snapshot import Figure, Role, ScopeSaid, Snapshot
from quality.scoring.percentages import points

__all__ = ["Change", "Compared", "ComparedLine", "Ground", "compare"]


@dataclass(frozen=True)
class Change:
    """What was defined otherwise then. `why` says what follows from it."""

    what: str
    then: str
    now: str
    why: str


@dataclass(frozen=True)
class ComparedLine:
    """One area in one scope. Where `refused` says why, there is no difference. `note` is what to know beside one."""

    scope: str
    role: Role
    area_code: str
    area_name: str
    then: Figure | None
    now: Figure | None
    refused: str
    note: str = ""

    @property
    def difference(self) -> str:
        """Now less then, in percentage points; empty where it is refused."""
        if self.refused or not (self.then and self.now and self.then.n and self.now.n):
            return ""
        change = Fraction(self.now.k or 0, self.now.n) - Fraction(self.then.k or 0, self.then.n)
        return points(change)


@dataclass(frozen=True)
class Compared:
    """Two publications, the older first. `breaks` are what changed between their days in what CQC's ratings mean."""

    then: Snapshot
    now: Snapshot
    changes: tuple[Change, ...]
    lines: tuple[ComparedLine, ...]
    breaks: tuple[str, ...]


Ground = Callable[[Figure, Figure], tuple[str, str]]
"""Whether a figure then and one now are of the same ground: why they cannot be compared, and what to know if they can;
each empty where there is nothing to say."""


def _same_ground(then: Figure, now: Figure) -> tuple[str, str]:
    """By their codes and names alone."""
    if then.area_code != now.area_code:
        codes = (one.area_code or "no code" for one in (then, now))
        return "The area is another: {} then, {} now.".format(*codes), ""
    return "", f"Called {then.area_name} then." if then.area_name != now.area_name else ""


def compare(
    then: Snapshot,
    now: Snapshot,
    *,
    breaks: tuple[str, ...] = (),
    not_comparable: str = "",
    ground: Ground = _same_ground,
) -> Compared:
    """Set two publications beside each other.

    `not_comparable` is why the ratings themselves cannot be compared between the days, empty where they can: then no
    line has a difference. `ground` says whether an area is still the same one.
    """
    before = {scope.key: scope for scope in then.scopes}
    after = {scope.key: scope for scope in now.scopes}
    reason = not_comparable or _another_rule(then, now)
    keys = [*after, *(key for key in before if key not in after)]
    lines = [line for key in keys for line in _lines(before.get(key), after.get(key), reason, ground)]
    return Compared(then, now, tuple(_changes(then, now)), tuple(lines), breaks)


def _another_rule(then: Snapshot, now: Snapshot) -> str:
    if then.council_code != now.council_code:
        return "They are of two councils."
    if then.rule.key != now.rule.key:
        return f"Counted by another rule: {then.rule.key} then, {now.rule.key} now."
    return ""


def _lines(then: ScopeSaid | None, now: ScopeSaid | None, reason: str, ground: Ground) -> list[ComparedLine]:
    words = (now or then or _nobody()).words
    missing = "This kind of services was not in both." if then is None or now is None else ""
    lines = []
    for old, new in _pairs(then, now):
        one = new or old
        if one is None:
            continue
        refused, note = reason or missing or _why_not(old, new), ""
        if old and new and not refused:
            refused, note = ground(old, new)
        lines.append(ComparedLine(words, one.role, one.area_code, one.area_name, old, new, refused, note))
    return lines


def _pairs(then: ScopeSaid | None, now: ScopeSaid | None) -> list[tuple[Figure | None, Figure | None]]:
    """Lines that are there for the same: by the area's code or name, and by what only one area is there for."""
    before = {_line_key(one): one for one in then.figures} if then else {}
    after = {_line_key(one): one for one in now.figures} if now else {}
    keys = [*after, *(key for key in before if key not in after)]
    return [(before.get(key), after.get(key)) for key in keys]


def _line_key(one: Figure) -> str:
    # A council lies in one region; where that is another one now, the two lines are beside each other and say so.
    return one.key if one.role is Role.COMPARATOR else one.role.value


def _nobody() -> ScopeSaid:
    raise ValueError("There is neither a scope then nor one now.")


def _why_not(then: Figure | None, now: Figure | None) -> str:
    if then is None:
        return "Not in the earlier one: it was not among those compared with."
    if now is None:
        return "Not in the later one: it is not among those compared with."
    if then.is_suppressed or now.is_suppressed:
        return "Suppressed in one of the two, as a small number."
    if not then.n or not now.n:
        return "Nobody counted in one of the two."
    return ""


def _changes(then: Snapshot, now: Snapshot) -> list[Change]:
    found = []
    if then.rule != now.rule:
        found.append(
            Change(
                "Rule",
                f"{then.rule.title} ({then.rule.key}). {then.rule.words}",
                f"{now.rule.title} ({now.rule.key}). {now.rule.words}",
                "No figure is compared." if then.rule.key != now.rule.key else "Only its words changed.",
            )
        )
    found += _scopes(then, now)
    if then.show_small != now.show_small:
        shown = {True: "Shown", False: "Suppressed"}
        found.append(
            Change(
                "Figures of 0 to 5 services",
                shown[then.show_small],
                shown[now.show_small],
                "Lines that one of them suppresses have no difference.",
            )
        )
    return [*found, *_editions(then, now)]


def _scopes(then: Snapshot, now: Snapshot) -> list[Change]:
    before = {scope.key: scope for scope in then.scopes}
    after = {scope.key: scope for scope in now.scopes}
    found = [
        Change("Kind of services", "", scope.words, "Added, so there is nothing to compare it with.")
        for key, scope in after.items()
        if key not in before
    ]
    found += [
        Change("Kind of services", scope.words, "", "Taken out.")
        for key, scope in before.items()
        if key not in after
    ]
    for key in before.keys() & after.keys():
        found += _comparators(before[key], after[key])
    return found


def _comparators(then: ScopeSaid, now: ScopeSaid) -> list[Change]:
    old, new = then.comparators, now.comparators
    found = []
    if old != new:
        changed = Change(
            f"Comparators, {now.words}",
            f"{old.words}. {old.definition}",
            f"{new.words}. {new.definition}",
            "Another list was chosen." if old.key != new.key else "The list is defined otherwise.",
        )
        found.append(changed)
    gone, came = _names(then) - _names(now), _names(now) - _names(then)
    if gone or came:
        why = (
            "The same definition, applied on another day, takes in other authorities."
            if old == new
            else "The list of comparators was changed, see above."
        )
        what = f"Authorities compared with, {now.words}"
        found.append(Change(what, f"Only then: {_listed(gone)}", f"Only now: {_listed(came)}", why))
    return found


def _names(scope: ScopeSaid) -> set[str]:
    return {one.area_name for one in scope.of(Role.COMPARATOR)}


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _editions(then: Snapshot, now: Snapshot) -> list[Change]:
    old, new = {one.sha256 for one in then.editions}, {one.sha256 for one in now.editions}
    if old == new:
        return []
    late = [one.file_name for one in now.editions if one.sha256 not in old and one.as_at <= then.as_at]
    gone = [one.file_name for one in then.editions if one.sha256 not in new]
    why = f"{plural(len(new - old), 'file is', 'files are')} new." if new - old else ""
    if late:
        why += f" Loaded since, about days before the earlier publication’s: {', '.join(late)}."
    if gone:
        why += f" No longer held or about later days: {', '.join(gone)}."
    return [Change("CQC’s files", plural(len(old), "file"), plural(len(new), "file"), why.strip())]
