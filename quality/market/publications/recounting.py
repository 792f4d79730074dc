"""Each line of a publication beside what counting and wording it again gives: what differs, value by value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quality.core.errors import Refused
from quality.core.pages import plural
from quality.market.areas.finding import find_area
from quality.market.areas.kinds import Area, AreaKind
from quality.market.figures.basis import Basis
from quality.market.figures.benchmarks import Comparators
from quality.market.figures.gathering import market
from quality.market.figures.rules import find_rule
from quality.market.models.publications import Publication
from quality.market.publications.counted import Asked, compared_with, scopes_said
from quality.market.publications.snapshot import Figure, OutsideSaid, Role, ScopeSaid, Snapshot
from quality.market.publications.wording import scope_of

__all__ = ["CheckedLine", "checked_outside", "checked_rule", "checked_scopes"]


@dataclass(frozen=True)
class CheckedLine:
    """One figure, or one of the words made from figures. `fault` says what differs, empty where nothing does."""

    scope: str
    role: str
    area: str
    published: str
    fault: str


def checked_rule(said: Snapshot) -> CheckedLine:
    """The rule's own words, which say what was counted."""
    try:
        rule = find_rule(said.rule.key)
    except Refused as refusal:
        return CheckedLine(
            "", "rule", "", said.rule.key, f"There is no such rule any more: {refusal.sentence}"
        )
    same = (rule.key, rule.title, rule.words) == (said.rule.key, said.rule.title, said.rule.words)
    fault = (
        "" if same else f"published “{said.rule.title}. {said.rule.words}”, now “{rule.title}. {rule.words}”."
    )
    return CheckedLine("", "rule", "", said.rule.key, fault)


def checked_scopes(said: Snapshot, one: Publication) -> tuple[CheckedLine, ...]:
    """Every figure, place and list of comparators, counted again of the very areas that were published."""
    try:
        again = _again(said, one.local_authority_id)
    except Refused as refusal:
        why = f"Cannot be counted again: {refusal.sentence}"
        return tuple(_line(scope, each, why) for scope in said.scopes for each in scope.figures)
    return tuple(
        line
        for scope, counted in zip(said.scopes, again, strict=True)
        for line in (*_figures(scope, counted), _place(scope, counted), _list(said, scope, one))
    )


def checked_outside(said: Snapshot, held: Sequence[OutsideSaid]) -> tuple[CheckedLine, ...]:
    """What others published, as it was shown beside: whether it is still held, and still says so.

    What was loaded since is not looked at: it was not in the publication.
    """
    left = {(one.title, one.scope, one.sha256, one.words, one.differences) for one in held}
    sources = {one.sha256 for one in held}
    lines = []
    for one in said.outside:
        fault = ""
        if (one.title, one.scope, one.sha256, one.words, one.differences) not in left:
            is_held = one.sha256 in sources
            fault = "its source gives other words now." if is_held else f"no longer held: {one.file_name}."
        lines.append(CheckedLine(one.scope, "outside", one.title, one.words, fault))
    return tuple(lines)


def _again(said: Snapshot, council: int) -> tuple[ScopeSaid, ...]:
    held, rule = market(), find_rule(said.rule.key)
    asked = []
    for scope in said.scopes:
        kept = scope.comparators
        areas = tuple(_area(one, said) for one in scope.of(Role.COMPARATOR))
        asked.append(Asked(scope.key, Comparators(kept.key, kept.words, kept.definition, areas)))
    own = _own(said)
    day = held.check_day(said.as_at)
    return scopes_said(held, own, asked, rule, day, council=council, show_small=said.show_small)


def _own(said: Snapshot) -> Area:
    (own,) = said.scopes[0].of(Role.OWN)
    return _area(own, said)


def _area(one: Figure, said: Snapshot) -> Area:
    if one.area_code:
        return find_area(one.area_code, said.as_at)
    return Area("", one.area_name, AreaKind.AUTHORITY)


def _figures(scope: ScopeSaid, counted: ScopeSaid) -> Iterator[CheckedLine]:
    found = {one.key: one for one in counted.figures}
    for one in scope.figures:
        again = found.pop(one.key, None)
        yield _line(
            scope, one, "there is no such line any more." if again is None else _differing(one, again)
        )
    for one in found.values():
        yield CheckedLine(scope.words, one.role.value, one.area_name, "not in it", f"now {_words(one)}.")


def _differing(published: Figure, counted: Figure) -> str:
    """What of a figure differs, each with what was published and what counting again gives."""
    pairs = [
        (what, then, now)
        for (what, then), (_, now) in zip(_values(published), _values(counted), strict=True)
        if then != now
    ]
    return "; ".join(f"{what}: published {then}, now {now}" for what, then, now in pairs) + (
        "." if pairs else ""
    )


def _values(one: Figure) -> list[tuple[str, str]]:
    left_out = ", ".join(f"{each.count} {each.words}" for each in one.left_out)
    return [
        ("name", one.area_name),
        ("counted", _words(one)),
        ("share", _number(one.share)),
        ("interval", f"{_number(one.low)} to {_number(one.high)}"),
        ("beside England", one.against_england or "none"),
        ("registered", _number(one.registered)),
        ("left out", left_out or "none"),
    ]


def _place(scope: ScopeSaid, counted: ScopeSaid) -> CheckedLine:
    fault = "" if scope.place == counted.place else f"published “{scope.place}”, now “{counted.place}”."
    return CheckedLine(scope.words, "place", "", scope.place or "none", fault)


def _list(said: Snapshot, scope: ScopeSaid, one: Publication) -> CheckedLine:
    """Whether the same choice takes in the same authorities.

    A council's own list may be written anew: that is said, and is no fault, since what is published keeps its members.
    """
    shown = scope.of(Role.COMPARATOR)
    words = f"{scope.comparators.words}, {plural(len(shown), 'authority', 'authorities')}"
    if scope.comparators.key.startswith("set:"):
        return CheckedLine(scope.words, "comparators", "", words + _since(said, scope, one), "")
    try:
        fault = _list_fault(said, scope, one)
    except Refused as refusal:
        fault = f"cannot be chosen again: {refusal.sentence}"
    return CheckedLine(scope.words, "comparators", "", words, fault)


def _since(said: Snapshot, scope: ScopeSaid, one: Publication) -> str:
    """What became of a council's own list since it was published; empty while it takes in the same."""
    try:
        changes = _changed_members(scope, _chosen_now(said, scope, one))
    except Refused:
        return ", as it was then; the council removed the list since"
    return f", as it was then; the council changed the list since ({changes})" if changes else ""


def _chosen_now(said: Snapshot, scope: ScopeSaid, one: Publication) -> Asked:
    council = one.local_authority_id
    basis = Basis(said.as_at, scope_of(scope.key, council), find_rule(said.rule.key))
    return compared_with(one.compare, scope.key, held=market(), own=_own(said), council=council, basis=basis)


def _changed_members(scope: ScopeSaid, now: Asked) -> str:
    names = {each.area_name for each in scope.of(Role.COMPARATOR)}
    again = {each.name for each in now.others.areas}
    gone, came = (", ".join(sorted(some)) or "none" for some in (names - again, again - names))
    return "" if names == again else f"no longer chosen: {gone}; chosen now: {came}"


def _list_fault(said: Snapshot, scope: ScopeSaid, one: Publication) -> str:
    now = _chosen_now(said, scope, one)
    changes = _changed_members(scope, now)
    parts = [changes] if changes else []
    if scope.comparators.definition != now.others.definition:
        parts.append(f"defined now as “{now.others.definition}”")
    return "; ".join(parts) + ("." if parts else "")


def _line(scope: ScopeSaid, one: Figure, fault: str) -> CheckedLine:
    return CheckedLine(scope.words, one.role.value, one.area_name, _words(one), fault)


def _words(one: Figure) -> str:
    return "suppressed" if one.is_suppressed else f"{one.k:,} of {one.n:,}"


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:,}"
