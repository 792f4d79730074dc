"""By what improvement needs: the council's own findings by element, standard, key question, theme, place and time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from quality.findings.models import FindingKind
from quality.frameworks.vocabulary import Element, KeyQuestion
from quality.market.council.crosswalk import Asked
from quality.market.council.issued import IssuedAudit
from quality.market.council.lines import Line, Place, lines_by_audit, lines_by_question
from quality.market.council.recorded import Recorded, recorded_at
from quality.market.council.recurring import Recurring, Repeats, across_sisters, repeats_of
from quality.market.council.selection import Selection, selection_of
from quality.scoring import AnswerValue

__all__ = ["NO_PLACES", "RULE", "Critical", "Improvement", "Places", "Quarter", "Theme", "improvement_of"]

RULE = (
    "An audit counts once its report is issued, by what was recorded at it. k is how many audits had at least one "
    "finding that must or should lead to improvement, n how many asked that kind of service a question about it. A "
    "finding belongs where the question it is about does in the framework’s crosswalk; one about a standard as a whole "
    "is counted by standard, and elsewhere only where all questions of the standard belong to the same place."
)
_ELEMENTS, _KEY_QUESTIONS = tuple(Element), tuple(KeyQuestion)


@dataclass(frozen=True)
class Places:
    """Where services lie, by the service's number: each none where no lookup of postcodes is loaded."""

    district: Mapping[int, str] | None = None
    deprivation: Mapping[int, str] | None = None
    rurality: Mapping[int, str] | None = None


NO_PLACES = Places()


@dataclass(frozen=True)
class Theme:
    """A standard and a kind of finding: `findings` of them at k of n audits."""

    standard: str
    title: str
    kind: FindingKind
    findings: int
    audits: tuple[int, ...]
    n: int

    @property
    def k(self) -> int:
        """At how many audits."""
        return len(self.audits)


@dataclass(frozen=True)
class Critical:
    """A critical question: at k of n audits it was partly met or not met, at `not_met` of them not met."""

    question: Asked
    audits: tuple[int, ...]
    not_met: int
    n: int

    @property
    def key(self) -> str:
        """The key of its list."""
        return by_critical_question(self.question).key

    @property
    def k(self) -> int:
        """At how many audits."""
        return len(self.audits)


@dataclass(frozen=True)
class Quarter:
    """The audits that were visited in a quarter: all of them, by element, and how they were chosen."""

    whole: Line
    elements: tuple[Line, ...]
    selection: Selection


@dataclass(frozen=True)
class Improvement:
    """All of it as at a day. What goes by place is none where nobody knows where services lie."""

    as_at: date
    held: Recorded
    selection: Selection
    elements: tuple[Line, ...]
    standards: tuple[Line, ...]
    key_questions: tuple[Line, ...]
    themes: tuple[Theme, ...]
    critical: tuple[Critical, ...]
    quarters: tuple[Quarter, ...]
    districts: tuple[Line, ...] | None
    deprivation: tuple[Line, ...] | None
    rurality: tuple[Line, ...] | None
    sisters: tuple[Recurring, ...]
    repeats: Repeats

    def chosen(self, audits: Iterable[int]) -> Selection:
        """How the audits with these numbers came to be chosen."""
        return selection_of(self.held.by_id[number] for number in audits)

    @property
    def sisters_chosen(self) -> Selection:
        """How the audits at which something came back in sister services were chosen."""
        return self.chosen(dict.fromkeys(number for one in self.sisters for number, _ in one.audits))

    @property
    def repeats_chosen(self) -> Selection:
        """How the audits at which something came back in the same service were chosen."""
        both = (number for one in self.repeats.found for number in (one.before, one.again))
        return self.chosen(dict.fromkeys(both))

    @property
    def lists(self) -> dict[str, tuple[Line, ...]]:
        """The lines that have a page of their own, by the word of its address."""
        quarters = tuple(quarter.whole for quarter in self.quarters)
        found = {
            "element": self.elements,
            "standard": self.standards,
            "key-question": self.key_questions,
            "critical": lines_by_question(self.held, _if_critical),
            "quarter": quarters,
            "district": self.districts or (),
            "deprivation": self.deprivation or (),
            "rurality": self.rurality or (),
        }
        return {word: lines for word, lines in found.items() if lines}


def improvement_of(
    council: int, as_at: date, places: Places = NO_PLACES, held: Recorded | None = None
) -> Improvement:
    """By what improvement needs, as at a day; pass `held` where it is loaded. A few statements however many audits."""
    held = recorded_at(council, as_at) if held is None else held
    standards = lines_by_question(held, by_standard)
    return Improvement(
        as_at=as_at,
        held=held,
        selection=selection_of(held.audits),
        elements=lines_by_question(held, by_element),
        standards=standards,
        key_questions=lines_by_question(held, by_key_question),
        themes=themes_of(standards),
        critical=_critical(held),
        quarters=_quarters(held),
        districts=_by_place(held, places.district),
        deprivation=_by_place(held, places.deprivation),
        rurality=_by_place(held, places.rurality),
        sisters=across_sisters(held),
        repeats=repeats_of(held),
    )


def by_element(question: Asked) -> Place:
    """Leadership, skills, culture or infrastructure."""
    element = Element(question.element)
    return Place((_ELEMENTS.index(element),), element.value, element.words)


def by_key_question(question: Asked) -> Place:
    """The one of CQC's key questions that a question of the council's speaks to."""
    key_question = KeyQuestion(question.key_question)
    return Place((_KEY_QUESTIONS.index(key_question),), key_question.value, key_question.words)


def by_standard(question: Asked) -> Place:
    """The standard; one that is called otherwise in another version is another line."""
    title = f"{question.standard_code} {question.standard}"
    words = question.standard.casefold().split()
    plain = "-".join("".join(letter for letter in word if letter.isalnum()) for word in words)
    return Place((question.place[0], title), f"{question.standard_code}-{plain}", title)


def by_critical_question(question: Asked) -> Place:
    """The question itself; one that was reworded is another line."""
    key = f"{question.code}-{crc32(question.text.encode()):08x}"
    return Place((question.place, question.text), key, f"{question.code} {question.text}")


def _if_critical(question: Asked) -> Place | None:
    return by_critical_question(question) if question.critical else None


def themes_of(standards: tuple[Line, ...]) -> tuple[Theme, ...]:
    """Standards by kind of finding, those at most audits first."""
    found = [
        Theme(line.key, line.title, kind, sum(one.kind is kind for one in line.findings), audits, line.n)
        for line in standards
        for kind in FindingKind
        if (audits := line.audits_with(kind))
    ]
    return tuple(sorted(found, key=lambda one: (-one.k, -one.findings, list(FindingKind).index(one.kind))))


def _critical(held: Recorded) -> tuple[Critical, ...]:
    asked: dict[tuple[str, str, str], int] = {}
    questions: dict[tuple[str, str, str], Asked] = {}
    low: dict[tuple[str, str, str], list[tuple[int, AnswerValue]]] = {}
    for audit in held.audits:
        for question in held.asked_at(audit):
            if question.critical:
                questions[question.same] = question
                asked[question.same] = asked.get(question.same, 0) + 1
    for answer in held.below_met:
        same = held.crosswalk.questions[answer.question_id].same
        if same in questions and answer.value.is_low:
            low.setdefault(same, []).append((answer.audit_id, answer.value))
    found = [
        Critical(
            question=questions[same],
            audits=tuple(number for number, _ in some),
            not_met=sum(value is AnswerValue.NOT_MET for _, value in some),
            n=asked[same],
        )
        for same, some in low.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.k, -one.not_met, one.question.place)))


def _quarters(held: Recorded) -> tuple[Quarter, ...]:
    found = []
    for line in lines_by_audit(held, _quarter_of):
        inside = set(line.asked)
        some = Recorded(
            audits=tuple(audit for audit in held.audits if audit.id in inside),
            crosswalk=held.crosswalk,
            findings=line.findings,
            below_met=tuple(one for one in held.below_met if one.audit_id in inside),
        )
        found.append(Quarter(line, lines_by_question(some, by_element), selection_of(some.audits)))
    return tuple(found)


def _quarter_of(audit: IssuedAudit) -> Place:
    """The quarter of the calendar year in which the visits began."""
    year, number = audit.visited_on.year, (audit.visited_on.month - 1) // 3
    months = ("January to March", "April to June", "July to September", "October to December")[number]
    return Place((year, number), f"{year}-{number + 1}", f"{months} {year}")


def _by_place(held: Recorded, place_of: Mapping[int, str] | None) -> tuple[Line, ...] | None:
    if place_of is None:
        return None

    def place(audit: IssuedAudit) -> Place:
        words = place_of.get(audit.service_id, "")
        return Place((not words, words), words or "unknown", words or "Not known")

    return lines_by_audit(held, place)
