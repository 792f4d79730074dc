"""Reading the history: a record's timeline, and whether a chain still holds."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from quality.core.database import db
from quality.history.kinds import Kind
from quality.history.models import Chain, Event
from quality.history.operations import digest_of_details, genesis, link


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a timeline: when, whose doing (none is the service's own), and the sentence."""

    at: datetime
    kind: Kind
    by_id: int | None
    sentence: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What verifying one chain found. `fault` is None when it holds."""

    council: int
    events: int
    head_hash: str
    fault: str | None
    bad_number: int | None = None


def timeline(record_type: str, record_id: int, *, most: int = 200) -> list[TimelineEntry]:
    """The newest events of one record, newest first."""
    events = db.session.scalars(
        select(Event)
        .where(Event.record_type == record_type, Event.record_id == record_id)
        .order_by(Event.id.desc())
        .limit(most)
    )
    return [_entry(event) for event in events]


def timeline_of_all(record_type: str, council: int) -> list[TimelineEntry]:
    """All events of a council about records of one type, also those that are gone, newest first."""
    events = db.session.scalars(
        select(Event)
        .where(Event.record_type == record_type, Event.council == council)
        .order_by(Event.id.desc())
    )
    return [_entry(event) for event in events]


def details_of(kind: Kind, record_type: str, record_id: int) -> list[dict[str, Any]]:
    """The details of every event of one kind about one record, oldest first; those that were erased are left out."""
    found = (
        select(Event.details)
        .where(Event.record_type == record_type, Event.record_id == record_id, Event.kind == kind.value)
        .where(Event.details.is_not(None))
        .order_by(Event.id)
    )
    return [json.loads(details) for details in db.session.scalars(found) if details]


def verify_all(anchors: dict[int, tuple[int, str]] | None = None) -> list[Verdict]:
    """Verify every chain. An anchor is a council's event number and hash, as noted outside the service earlier."""
    councils = sorted(
        {*db.session.scalars(select(Chain.council)), *db.session.scalars(select(Event.council).distinct())}
    )
    return [verify(council, (anchors or {}).get(council)) for council in councils]


def verify(council: int, anchor: tuple[int, str] | None = None) -> Verdict:
    """Follow one chain from its first event and name the first that does not fit."""
    erasures = _erased_numbers(council)
    previous_hash, number, anchored = genesis(council), 0, anchor is None
    with closing(_events_in_order(council)) as events:
        for event in events:
            fault = _fault_in(event, number + 1, previous_hash, erasures)
            if fault is None and anchor and event.number == anchor[0]:
                anchored = event.hash == anchor[1]
                fault = None if anchored else f"Event {event.number} is not the one that was anchored."
            if fault:
                return Verdict(council, number, previous_hash, fault, bad_number=event.number)
            previous_hash, number = event.hash, event.number
    fault = _fault_at_head(council, number, previous_hash)
    if fault is None and anchor and not anchored:
        fault = f"The chain ends at event {number}, before the anchored event {anchor[0]}: newer events were cut off."
    return Verdict(council, number, previous_hash, fault, bad_number=number + 1 if fault else None)


def _fault_in(event: Event, expected: int, previous_hash: str, erasures: set[int]) -> str | None:
    if event.number != expected:
        return f"Event {expected} is missing; the next one found is {event.number}."
    if event.previous_hash != previous_hash:
        return f"Event {event.number} does not follow the event before it."
    if event.hash != link(previous_hash, event.envelope):
        return f"Event {event.number} was changed after it was recorded."
    return _fault_beside_envelope(event, json.loads(event.envelope), erasures)


def _fault_beside_envelope(event: Event, envelope: dict[str, Any], erasures: set[int]) -> str | None:
    shown = [event.kind, [event.record_type, event.record_id], event.by_id, event.number, event.council]
    if shown != [envelope[key] for key in ("kind", "about", "by", "number", "council")]:
        return f"Event {event.number} says other things in its columns than in its sealed envelope."
    if event.at != datetime.fromisoformat(envelope["at"]):
        return f"The time of event {event.number} is not the one in its sealed envelope."
    if event.details is None:
        return (
            None
            if event.number in erasures
            else f"The details of event {event.number} are gone without a record."
        )
    if digest_of_details(event.salt or "", event.details) != envelope["details_sha256"]:
        return f"The details of event {event.number} were changed after it was recorded."
    return None


def _fault_at_head(council: int, number: int, previous_hash: str) -> str | None:
    head = db.session.get(Chain, council)
    if head is None:
        return "The head of the chain is gone."
    if (head.head_number, head.head_hash) != (number, previous_hash):
        return f"The chain should end at event {head.head_number}, but the last event found is {number}."
    return None


def _events_in_order(council: int) -> Generator[Event, None, None]:
    """The events in order, a thousand at a time; close it, since it holds a cursor open."""
    with db.session.scalars(
        select(Event).where(Event.council == council).order_by(Event.number).execution_options(yield_per=1000)
    ) as events:
        yield from events


def _erased_numbers(council: int) -> set[int]:
    erasures = select(Event.details).where(Event.council == council, Event.kind == Kind.DETAILS_ERASED.value)
    return {json.loads(details)["number"] for details in db.session.scalars(erasures) if details}


def _entry(event: Event) -> TimelineEntry:
    kind = Kind(event.kind)
    details: dict[str, Any] = json.loads(event.details) if event.details else {}
    words = defaultdict(lambda: "(erased)", details)
    sentence = kind.sentence.format_map(words)
    return TimelineEntry(
        at=event.at,
        kind=kind,
        by_id=event.by_id,
        sentence=sentence[:1].upper() + sentence[1:],
        details=details,
    )
