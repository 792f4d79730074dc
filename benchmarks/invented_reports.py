"""Reports of an invented service, as long as is asked for."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from benchmarks.invented_words import Words
from quality.printing.pictures import at_print_size
from quality.printing.prepared import PrintPicture
from quality.reports.pinned import OverTime, PinnedRatings, RatedThen
from quality.reports.snapshot import (
    Answer,
    Domain,
    Evidence,
    Finding,
    FindingKind,
    Judgement,
    Photograph,
    Snapshot,
    Standard,
)
from tests.builders.report_judgements import level
from tests.builders.report_snapshots import a_snapshot

_DOMAINS = ("Care around the person", "Safety", "People who work here", "Running the service", "The house")
_METHODS = ("Watched", "Records read", "People asked", "Staff asked")
_QUESTIONS_OF_A_STANDARD = 4
DIFFERENT = 12
"""So many photographs are different; after that they come again."""
_PHOTOGRAPH = (960, 720)
"""In pixels, before it is prepared for print."""


@dataclass(frozen=True)
class Size:
    """How much a report holds, and how many pages that makes. A report with next to nothing in it has eight."""

    pages: int
    findings: int
    standards: int
    photographs: int
    inspections: int


SHORT = Size(pages=8, findings=1, standards=1, photographs=0, inspections=0)
USUAL = Size(pages=24, findings=60, standards=1, photographs=12, inspections=6)
LONG = Size(pages=96, findings=308, standards=20, photographs=24, inspections=6)
LONGEST = Size(pages=400, findings=1437, standards=100, photographs=48, inspections=6)
SIZES = (SHORT, USUAL, LONG, LONGEST)


def a_report(size: Size, seed: int = 1) -> Snapshot:
    """A report of that size; another seed gives other words."""
    words = Words(seed)
    usual = a_snapshot()
    domains = _domains(size, words)
    standards = [standard for domain in domains for standard in domain.standards]
    return a_snapshot(
        number=f"R-NM-2026-{seed:04}",
        domains=domains,
        findings=tuple(
            _finding(number, standards[number % len(standards)], words) for number in range(size.findings)
        ),
        photographs=tuple(
            _shown(number, standards[number % len(standards)]) for number in range(size.photographs)
        ),
        cqc=_through_the_years(usual.cqc, size.inspections),
    )


@cache
def photograph(number: int) -> PrintPicture:
    """A picture with soft shapes and grain, so that it is as hard to store as a photograph, prepared for print."""
    random = Random(number)
    picture = Image.linear_gradient("L").resize(_PHOTOGRAPH).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y = random.randint(0, _PHOTOGRAPH[0]), random.randint(0, _PHOTOGRAPH[1])
        colour = tuple(random.randint(30, 225) for _ in range(3))
        draw.ellipse((x, y, x + random.randint(30, 300), y + random.randint(30, 300)), fill=colour)
    picture = picture.filter(ImageFilter.GaussianBlur(3))
    grain = Image.frombytes("L", _PHOTOGRAPH, random.randbytes(_PHOTOGRAPH[0] * _PHOTOGRAPH[1]))
    file = io.BytesIO()
    Image.blend(picture, grain.convert("RGB"), 0.05).save(file, "JPEG", quality=85)
    return at_print_size(file.getvalue())


def photographs(size: Size) -> dict[str, bytes]:
    """The files of a report's photographs, by their SHA-256."""
    files = [photograph(number).content for number in range(min(size.photographs, DIFFERENT))]
    return {hashlib.sha256(file).hexdigest(): file for file in files}


def _shown(number: int, standard: Standard) -> Photograph:
    stored = photograph(number % DIFFERENT)
    return Photograph(
        sha256=hashlib.sha256(stored.content).hexdigest(),
        width=stored.width,
        height=stored.height,
        caption=f"The corridor of unit {number + 1} on the morning of our visit.",
        shows=f"Wheelchairs stand along both walls of corridor {number + 1}, and a fire door is wedged open.",
        standard_code=standard.code,
        taken_on=date(2026, 5, 12),
    )


def _domains(size: Size, words: Words) -> tuple[Domain, ...]:
    shares: list[list[Standard]] = [[] for _ in _DOMAINS]
    for number in range(size.standards):
        share = shares[number % len(_DOMAINS)]
        share.append(_standard(f"{number % len(_DOMAINS) + 1}.{len(share) + 1}", words))
    return tuple(
        Domain(title=title, judgement=_judgement(words), standards=tuple(share))
        for title, share in zip(_DOMAINS, shares, strict=True)
        if share
    )


def _judgement(words: Words) -> Judgement:
    reasons = (words.sentences(1), words.sentences(1))
    return Judgement(level=level(1), score="62%", coverage="12 of 12 by weight (100%)", reasons=reasons)


def _standard(code: str, words: Words) -> Standard:
    answers = tuple(
        _answer(f"{code}.{number + 1}", number, words) for number in range(_QUESTIONS_OF_A_STANDARD)
    )
    return Standard(code=code, title=words.title(), judgement=_judgement(words), answers=answers)


def _answer(code: str, number: int, words: Words) -> Answer:
    return Answer(
        question_code=code,
        question=f"{words.title()}: is it so?",
        answer="Partly met",
        evidence=words.sentences(2),
        methods=_METHODS[number % 3 :],
        weight=2,
        critical=number == 0,
        reason=None,
    )


def _finding(number: int, standard: Standard, words: Words) -> Finding:
    kind = tuple(FindingKind)[number % 3]
    asks = kind is not FindingKind.GOOD_PRACTICE
    answer = standard.answers[number % len(standard.answers)]
    noted = Evidence(methods=answer.methods[:1], noted=words.sentences(1), question_code=answer.question_code)
    return Finding(
        kind=kind,
        title=words.title(),
        standard_code=standard.code,
        standard_title=standard.title,
        question_code=answer.question_code,
        question=answer.question,
        found=words.sentences(1),
        evidence=(noted,),
        required=words.sentences(1) if asks else None,
        by_when=date(2026, 7, 1 + number % 28) if asks else None,
    )


def _through_the_years(now: PinnedRatings, inspections: int) -> PinnedRatings:
    """An inspection every second year, each rating the whole and the five key questions."""
    given = ("Requires improvement", "Good", "Good", "Inadequate", "Requires improvement", "Good")
    ratings = tuple(
        RatedThen(
            service_group="Overall",
            domain=domain,
            rating=given[(year + place) % len(given)],
            on=date(2014 + 2 * year, 3, 21),
            dated=True,
            framework="Key questions",
            registration="",
            former=False,
        )
        for year in range(inspections)
        for place, domain in enumerate(("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led"))
    )
    over_time = OverTime(words="Ratings of every second year.", ratings=ratings, breaks=(), alike=())
    return replace(now, over_time=over_time)
