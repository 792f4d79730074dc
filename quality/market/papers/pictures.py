"""Parts of a council's papers that a picture tells best, each with the table of what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from quality.core.errors import Refused
from quality.core.pages import plural
from quality.cqc import RatingWord
from quality.market.areas.finding import find_area
from quality.market.council.beside_cqc import Beside
from quality.market.council.how_long import HowLong, Stays
from quality.market.drawing.council import agreement_of, stays_of
from quality.market.drawing.shares import ladder_of
from quality.market.figures.basis import Basis
from quality.market.figures.benchmarks import Line, benchmark
from quality.market.figures.comparators import REGION, comparators, england, region_around
from quality.market.figures.gathering import market
from quality.market.papers.paper import Cell, Paper, PaperTable, Section
from quality.ratings.standing import RATINGS
from quality.scoring.percentages import percent_of

__all__ = ["agreement_section", "share_section", "stays_section", "with_pictures"]

_YEARS = (("one year", 365), ("two years", 730), ("three years", 1095))
_AREA = "Services of all kinds with a published overall rating, as at the day."


def share_section(council: int, name: str, day: date) -> Section | None:
    """The share of services rated Good or Outstanding beside the authorities of the region; none where none count."""
    basis, held = Basis(day), market()
    try:
        area = find_area(name, day, council_id=council)
        others = comparators(REGION, market=held, area=area, council=council, basis=basis)
        found = benchmark(held, area, others, region=region_around(area), england=england(), basis=basis)
    except Refused:
        return None
    if not found.own.n:
        return None
    words = (
        f"{found.own.k:,} of {found.own.n:,} services of {area.name} ({percent_of(found.own.k, found.own.n)}) were "
        f"rated Good or Outstanding. {_AREA}",
    )
    rows = tuple(_line(one) for one in found.lines)
    table = PaperTable(
        "Beside others",
        others.words,
        ("Authority", "Good or Outstanding", "Of", "Share", "95% interval"),
        rows,
    )
    return Section("The market beside others", words, ladder_of(found).svg("pack-share"), (table,))


def with_pictures(paper: Paper, drawn: Sequence[Section]) -> Paper:
    """The paper with each picture and its table in the part of the same heading, or, without one, as a first part."""
    by_heading = {one.heading: one for one in drawn}
    sections = [_joined(one, by_heading.pop(one.heading, None)) for one in paper.sections]
    return replace(paper, sections=(*by_heading.values(), *sections))


def _joined(section: Section, picture: Section | None) -> Section:
    if picture is None:
        return section
    return replace(section, chart=picture.chart, tables=(*picture.tables, *section.tables))


def _line(line: Line) -> tuple[str, int, int, str, str]:
    interval = f"{line.interval.low * 100:.1f}% to {line.interval.high * 100:.1f}%" if line.interval else ""
    return line.area.name, line.k, line.n, percent_of(line.k, line.n), interval


def stays_section(found: HowLong) -> Section | None:
    """How long services stay Requires improvement, here and in England; none where no stay is known."""
    if not found.own.n and not found.england.n:
        return None
    both = (found.own, found.england)
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Stays counted", *(one.n for one in both)),
        ("Half are over after", *(_median(one) for one in both)),
        *((f"Still so after {words}", *(_still(one, days) for one in both)) for words, days in _YEARS),
    )
    table = PaperTable("Stays", "Stays at Requires improvement", ("Stays", *(one.area for one in both)), rows)
    words = "A stay begins with the rating and ends with the next one that differs, or with the registration."
    return Section(
        "How long services stay Requires improvement", (words,), stays_of(found).svg("pack-stays"), (table,)
    )


def _median(stays: Stays) -> str:
    median = stays.lasting.median if stays.lasting else None
    return "not known yet" if median is None else plural(median, "day")


def _still(stays: Stays, days: int) -> str:
    still = stays.lasting.still_after(days) if stays.lasting else None
    return "not known yet" if still is None else f"{still.share * 100:.1f}%"


def agreement_section(found: Beside) -> Section | None:
    """The council's newest judgement of each service beside CQC's rating; none where no service has both."""
    drawn = agreement_of(found)
    if not drawn.rows:
        return None
    sides = [one.overall for one in found.services if one.overall.now.word in RATINGS]
    pairs: Counter[tuple[str, RatingWord | None]] = Counter(
        (side.level.words, side.now.word) for side in sides
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (words, *(pairs[words, word] for word in RATINGS)) for words in drawn.rows
    )
    table = PaperTable(
        "Judgements and ratings",
        "Services by our newest judgement (down) and CQC’s overall rating (across)",
        ("Our judgement", *(word.words for word in RATINGS)),
        rows,
    )
    words = (
        "Two scales, given for two purposes: they stand side by side and are never counted together.",
        f"How the audits were chosen: {found.selection.words[:1].lower()}{found.selection.words[1:]}",
    )
    return Section("The council beside CQC", words, drawn.svg("pack-agreement"), (table,))
