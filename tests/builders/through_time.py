"""An invented service whose story has everything: an earlier owner, inherited ratings, a new framework, gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from quality.cqc import DOMAINS, RatingWord
from quality.ratings.frameworks.operations import ensure_seeded
from quality.services.models import Edition, EditionKind, Service, ServiceLink
from tests.builders.register import a_rating, an_edition, change, told, was
from tests.builders.services import a_service
from tests.databases import Database

GOOD, POOR, INADEQUATE = RatingWord.GOOD, RatingWord.REQUIRES_IMPROVEMENT, RatingWord.INADEQUATE
NOT_RATED = RatingWord.NOT_RATED


@dataclass
class Story:
    """Larkfield House, before and after it was sold on 1 April 2019, and the editions that told of it."""

    before: Service
    service: Service
    editions: list[Edition]


def editions_of(session: Database, *days: date) -> list[Edition]:
    """An edition of *Latest ratings* for each day."""
    return [
        an_edition(session, day, EditionKind.LATEST_RATINGS, file_name=f"{day:%d_%B_%Y}.ods") for day in days
    ]


def rates(
    session: Database,
    service: Service,
    words: RatingWord | tuple[RatingWord, ...],
    on: date | None,
    edition: Edition,
    *,
    to: Edition | None = None,
    **more: Any,
) -> None:
    """What CQC published on a day: overall and every key question, one word for all, or one for each in order."""
    each = words if isinstance(words, tuple) else (words,) * len(DOMAINS)
    for domain, word in zip(DOMAINS, each, strict=True):
        a_rating(session, service, word, edition, to, domain=domain, published_on=on, **more)


def a_story(session: Database) -> Story:
    """Rated in 2015 under another owner, inherited in 2019, called and rated otherwise in 2022, and anew in 2024."""
    ensure_seeded()
    days = (date(2016, 1, 1), date(2019, 5, 1), date(2022, 5, 1), date(2024, 7, 1))
    first, second, third, fourth = editions = editions_of(session, *days)
    before = a_service(session, provider="Old Larkfield Partners", edition=first, name="Larkfield Manor")
    change(
        session,
        before,
        ended_on=date(2019, 3, 31),
        to_edition_id=second.id,
        held_to=second.as_at,
        postcode="",
    )
    rates(session, before, GOOD, date(2015, 11, 12), first, to=second)
    service = a_service(
        session,
        provider="Larkfield Care Limited",
        edition=third,
        name="Larkfield House",
        registered_on=date(2019, 4, 1),
        beds=42,
        phone="01234 567890",
        website="www.larkfield.example",
    )
    was(session, service, second, third, name="Larkfield Rest Home", beds=38)
    told(session, service, ["Care home service with nursing"], ["Dementia", "Physical disabilities"])
    for one, other, kind in ((service, before, "predecessor"), (before, service, "successor")):
        link = ServiceLink(service_id=one.id, kind=kind, other_cqc_id=other.cqc_id, other_name=other.name)
        link.reason, link.from_edition_id = "New Provider", second.id
        session.add(link)
    rates(session, service, GOOD, date(2015, 11, 12), second, to=third, inherited=True)
    rates(
        session,
        service,
        (INADEQUATE, INADEQUATE, GOOD, GOOD, GOOD, INADEQUATE),
        date(2022, 4, 5),
        third,
        to=fourth,
    )
    rates(session, service, (GOOD, POOR, GOOD, GOOD, GOOD, POOR), date(2024, 6, 5), fourth)
    session.flush()
    return Story(before, service, editions)


def a_place_rated_by_service(session: Database) -> Service:
    """Brook End: rated as a whole in 2018, and since 2024 by its two services, with nothing said of the whole."""
    ensure_seeded()
    first, second = editions_of(session, date(2018, 9, 1), date(2024, 7, 1))
    service = a_service(session, edition=first, name="Brook End")
    rates(session, service, GOOD, date(2018, 8, 8), first, to=second)
    rates(session, service, NOT_RATED, None, second)
    rates(session, service, GOOD, date(2024, 6, 20), second, service_group="Homecare")
    rates(session, service, POOR, date(2024, 6, 20), second, service_group="Supported living")
    return service
