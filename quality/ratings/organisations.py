"""The results of an organisation through time, element by element, with the breaks between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from quality.core.database import db
from quality.core.pages import day
from quality.ratings.comparability import Pairs, Verdict, known_pairs
from quality.ratings.framework_models import ComparabilityStatus, OrganisationRating, RatingElement
from quality.ratings.frameworks.definition import ElementDefinition, frameworks
from quality.ratings.models import OVERALL

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class ResultStep:
    """One result: `when` it speaks of, what was rated (`element`), and the result in `words`.

    `break_before` is set where it must not be compared with the result before it; `notes` are sentences that belong
    beside it: what has to be known when the two are compared, and what its file says.
    """

    rating: OrganisationRating
    when: str
    element: str
    framework: str
    words: str
    break_before: Verdict | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What an organisation was rated or counted for, with its results in order of time."""

    name: str
    service_group: str
    steps: list[ResultStep]


def organisation_history(provider_id: int, as_at: date | None = None) -> list[ResultRow]:
    """All that is held of an organisation as a whole, a row for each element, each row from the oldest to the newest.

    Elements that took each other's place (quality of services, then of commissioning) share a row, and the break
    between them says whether they may be compared. Results of a period show what holds of that period; others show
    every value that was ever held. Empty when there is none.
    """
    found = _ratings(provider_id, as_at)
    if not found:
        return []
    known = known_pairs()
    lines: dict[tuple[str, str], list[OrganisationRating]] = {}
    names: dict[tuple[str, str], str] = {}
    for rating in found:
        code, name = _line(rating.element, known)
        key = (code, rating.service_group)
        lines.setdefault(key, []).append(rating)
        names.setdefault(key, name)
    return [
        ResultRow(names[key], key[1], _steps(lines[key], known))
        for key in sorted(lines, key=lambda key: _place(lines[key][0]))
    ]


def _place(first: OrganisationRating) -> tuple[date, bool, str, int]:
    """Where a row stands: by its framework, the whole before its service groups, then as the framework has it."""
    begins = first.element.framework.valid_from or date.min
    return begins, first.service_group != OVERALL, first.service_group, first.element.position


def _ratings(provider_id: int, as_at: date | None) -> list[OrganisationRating]:
    """In the order of time, and of the elements where it is the same."""
    was_held = OrganisationRating.held_from <= as_at if as_at else OrganisationRating.held_from.is_not(None)
    # A row that another of the same day replaced was a slip; one that no edition replaced was told only as history.
    ever = or_(
        OrganisationRating.to_edition_id.is_(None),
        OrganisationRating.held_to > OrganisationRating.held_from,
    )
    counts = or_(OrganisationRating.period == "", OrganisationRating.holds(as_at))
    rows = (
        select(OrganisationRating)
        .where(OrganisationRating.provider_id == provider_id, was_held, ever, counts)
        .options(joinedload(OrganisationRating.element).joinedload(RatingElement.framework))
    )
    return sorted(
        db.session.scalars(rows),
        key=lambda one: (one.published_on or one.held_from, one.period, one.element.position, one.id),
    )


def _line(element: RatingElement, known: Pairs) -> tuple[str, str]:
    """The code and name of the row an element is shown in: its parent's where a sibling took its place."""
    own = _definition(element)
    definition = frameworks().get(element.framework_code)
    if own is None or definition is None or own.parent is None:
        return element.code, element.name
    parent = definition.element(own.parent)
    siblings = [each.code for each in definition.elements if each.parent == own.parent]
    replaced = any(known.is_told(_code(element), (definition.code, other)) for other in siblings)
    return (parent.code, parent.name) if parent and replaced else (element.code, element.name)


def _steps(ratings: list[OrganisationRating], known: Pairs) -> list[ResultStep]:
    steps = []
    before: OrganisationRating | None = None
    for rating in ratings:
        found = known.between(_code(before.element), _code(rating.element)) if before else None
        is_break = found is not None and found.status is ComparabilityStatus.NOT_COMPARABLE
        caution = found.reason if found and not is_break else ""
        notes = (caution, _over_areas(rating), str((rating.facts or {}).get("note", "")))
        steps.append(
            ResultStep(
                rating=rating,
                when=rating.period or day(rating.published_on or rating.held_from),
                element=rating.element.name,
                framework=rating.element.framework.name,
                words=rating.word,
                break_before=found if is_break else None,
                notes=tuple(note for note in notes if note),
            )
        )
        before = rating
    return steps


def _over_areas(rating: OrganisationRating) -> str:
    """What a count ran over: "Over seven areas: Safety; …", the areas named where the framework has as many."""
    count = (rating.facts or {}).get("areas")
    if not isinstance(count, int):
        return ""
    counted = f"{_NUMBERS[count] if count < len(_NUMBERS) else count} {'area' if count == 1 else 'areas'}"
    definition = frameworks().get(rating.element.framework_code)
    names = (
        [each.name for each in definition.elements if each.parent == rating.element.code]
        if definition
        else []
    )
    return f"Over {counted}: {'; '.join(names)}." if len(names) == count else f"Over {counted}."


def _definition(element: RatingElement) -> ElementDefinition | None:
    definition = frameworks().get(element.framework_code)
    return definition.element(element.code) if definition else None


def _code(element: RatingElement) -> tuple[str, str]:
    return element.framework_code, element.code
