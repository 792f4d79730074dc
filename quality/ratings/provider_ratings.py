"""Storing what CQC says of providers as a whole (NHS trusts, mostly), under the edition that told it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select

from quality.core.database import db
from quality.cqc.rows import PublishedRating
from quality.ratings.comparability import CQC_2014, CQC_SAF, SAF_EVERYWHERE, element_of, framework_of
from quality.ratings.framework_models import OrganisationRating, RatingElement
from quality.ratings.frameworks.definition import Code
from quality.services.models import Edition, Provider
from quality.services.room import check_room

Place = tuple[int, str, str]
"""A provider's number, a service group, and the code of an element in whichever of CQC's frameworks."""

_CQCS = (CQC_2014, CQC_SAF)


def keep_provider_ratings(
    told: Iterable[tuple[str, str, PublishedRating]], edition: Edition
) -> dict[str, int]:
    """Store ratings of providers, each with the provider's CQC id and name; a provider that is not held is made.

    What the edition says otherwise closes what was held, unless that is newer; what it leaves out stays as it was. What
    it tells only as history is kept once and holds on no day. Returns how many are `new`, `changed`, `unchanged`,
    `newer held` and `past`. The frameworks must be seeded, and the caller records the event of the edition.
    """
    rows = list(told)
    if not rows:
        return {}
    for table, column, texts in (
        (Provider, "cqc_id", (cqc_id for cqc_id, *_ in rows)),
        (Provider, "name", (name for _, name, _ in rows)),
        (OrganisationRating, "service_group", (rating.service_group for *_, rating in rows)),
    ):
        check_room(table, column, texts, "what is said of providers")
    numbers = _provider_numbers({cqc_id: name for cqc_id, name, _ in rows})
    elements = _element_numbers()
    held, known = _held(set(numbers.values()))
    became = Counter[str]()
    for cqc_id, _, rating in rows:
        row = _row(numbers[cqc_id], rating, elements, edition)
        place = (row.provider_id, row.service_group, element_of(rating.service_group, rating.domain))
        facts = (*place, row.word, row.published_on)
        if rating.is_past:
            became["past" if facts not in known else "unchanged"] += 1
            if facts not in known:
                row.held_to = edition.as_at
                db.session.add(row)
        else:
            became[_replace(held, place, row, edition)] += 1
        known.add(facts)
    db.session.flush()
    return dict(became)


def _replace(
    held: dict[Place, OrganisationRating], place: Place, row: OrganisationRating, edition: Edition
) -> str:
    """Put the row in the place of the one that is held, unless they say the same or that one is newer."""
    before = held.get(place)
    if before is not None:
        if (before.word, before.published_on) == (row.word, row.published_on):
            return "unchanged"
        if before.held_from > edition.as_at:
            return "newer held"
        before.to_edition_id, before.held_to = edition.id, edition.as_at
        db.session.flush()  # The index allows one open row, so the old one is closed first.
    db.session.add(row)
    held[place] = row
    return "changed" if before is not None else "new"


def _provider_numbers(names: dict[str, str]) -> dict[str, int]:
    known = select(Provider.cqc_id, Provider.id)
    numbers = {cqc_id: number for cqc_id, number in db.session.execute(known) if cqc_id in names}
    missing = [Provider(cqc_id=cqc_id, name=name) for cqc_id, name in names.items() if cqc_id not in numbers]
    db.session.add_all(missing)
    db.session.flush()
    return numbers | {provider.cqc_id: provider.id for provider in missing}


def _element_numbers() -> dict[Code, int]:
    rows = select(RatingElement.framework_code, RatingElement.code, RatingElement.id)
    return {(framework, code): number for framework, code, number in db.session.execute(rows)}


def _held(
    providers: set[int],
) -> tuple[dict[Place, OrganisationRating], set[tuple[object, ...]]]:
    """What holds of these providers under CQC's frameworks, by its place; and every value that is known of them."""
    rows = (
        select(OrganisationRating, RatingElement.code)
        .join(OrganisationRating.element)
        .where(RatingElement.framework_code.in_(_CQCS), OrganisationRating.period == "")
    )
    held: dict[Place, OrganisationRating] = {}
    known: set[tuple[object, ...]] = set()
    for row, code in db.session.execute(rows):
        if row.provider_id in providers:
            place = (row.provider_id, row.service_group, code)
            known.add((*place, row.word, row.published_on))
            if row.held_to is None:
                held[place] = row
    return held, known


def _row(
    provider_id: int, rating: PublishedRating, elements: dict[Code, int], edition: Edition
) -> OrganisationRating:
    code, words = framework_of(rating)
    if code is None:  # Either could be right: the row needs one, and says so.
        code = CQC_SAF if (rating.published_on or edition.as_at) >= SAF_EVERYWHERE else CQC_2014
    return OrganisationRating(
        provider_id=provider_id,
        element_id=elements[code, element_of(rating.service_group, rating.domain)],
        service_group=rating.service_group,
        word=rating.word.words,
        period="",
        published_on=rating.published_on,
        facts={"note": f"{words}."} if framework_of(rating)[0] is None and rating.published_on else None,
        source="",
        from_edition_id=edition.id,
        held_from=edition.as_at,
    )
