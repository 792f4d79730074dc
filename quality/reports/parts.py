"""The parts of a report: who, what, when, judged how, found what. Plain data, each frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SnapshotError(ValueError):
    """The data does not make a report; the message says what is wrong with it."""


class FindingKind(StrEnum):
    """What the council asks of the provider, most important first."""

    MUST_IMPROVE = "must improve"
    IMPROVEMENT_NEEDED = "improvement needed"
    GOOD_PRACTICE = "good practice"


@dataclass(frozen=True, kw_only=True, slots=True)
class Council:
    """Who issues the report, its colour as #rrggbb, and where a copy can be checked (https; empty: not said)."""

    name: str
    colour: str
    check_at: str

    def __post_init__(self) -> None:
        if self.check_at and not self.check_at.startswith("https://"):
            raise SnapshotError("The address where a copy is checked must begin with https://.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """The service the report is about, as CQC registers it."""

    name: str
    address: str
    cqc_id: str
    cqc_url: str
    type_words: str
    provider_name: str
    local_authority: str

    def __post_init__(self) -> None:
        if not self.cqc_url.startswith("https://"):
            raise SnapshotError("The address of CQC's page must begin with https://.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A member of the council's staff, and the role they had at the time."""

    name: str
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenTo:
    """How many people of one role the officers spoke with. Never their names."""

    role: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sampled:
    """How many records of one kind were read, and how many there were, if that is known."""

    kind: str
    seen: int
    of: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit:
    """The case behind the report. `kind` is the audit's type in words."""

    reference: str
    kind: str
    announced: bool
    visited_on: tuple[date, ...]
    visitors: tuple[Person, ...]
    spoken_to: tuple[SpokenTo, ...]
    sampled: tuple[Sampled, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """A level of the framework's scale: its place, 0 the lowest, and its words. Place None means "Not judged"."""

    place: int | None
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """The council's result, with its reasons as sentences. `score` is None where nothing could be scored."""

    level: Level
    score: str | None
    coverage: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What was recorded to one question. `reason` says why a question did not apply or could not be looked at.

    `methods` are how it was come by, in words. Reports of schema versions before 3 do not say the weight.
    """

    question_code: str
    question: str
    answer: str
    evidence: str
    methods: tuple[str, ...]
    weight: int | None
    critical: bool
    reason: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Standard:
    """One standard, its judgement and every answer behind it."""

    code: str
    title: str
    judgement: Judgement
    answers: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Domain:
    """One domain, its judgement and its standards, in the framework's order."""

    title: str
    judgement: Judgement
    standards: tuple[Standard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What supports a finding: how it was come by, in words, and what was noted."""

    methods: tuple[str, ...]
    noted: str
    question_code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A statement the provider must see. Good practice asks for nothing, so it has no `required`."""

    kind: FindingKind
    title: str
    standard_code: str
    standard_title: str
    question_code: str | None
    question: str | None
    found: str
    evidence: tuple[Evidence, ...]
    required: str | None
    by_when: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of a scale, and what it means: "Sound", "75% or more, and less than 90%"."""

    words: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """How the judgement was made. `bands` are the levels, lowest first, so that a level's place is its index here."""

    framework_title: str
    framework_version: str
    framework_sha256: str
    scale: tuple[Step, ...]
    bands: tuple[Step, ...]
    caps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Photograph:
    """A photograph as printed: the hash of its file, its size in pixels, its caption, and what it shows in words.

    `standard_code` says what it is evidence for. Whoever makes a form of the report looks the file up by its hash.
    """

    sha256: str
    width: int
    height: int
    caption: str
    shows: str
    standard_code: str | None
    taken_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """What the provider answered to a draft: to which finding (its number, none for the whole), and what it changed."""

    finding: int | None
    said_by: str
    said_on: date
    said: str
    changed: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One action of the provider's improvement plan, for the finding of that number, and how it stands."""

    finding: int
    what: str
    who: str
    by_when: date
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """Why this version replaces an earlier one: which, what is different, and who decided it."""

    replaces: int
    what_changed: str
    decided_by: Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A word of the report and what it means here."""

    word: str
    meaning: str
