"""The evidence pack and the committee paper as papers, from the figures that their pages show."""

from __future__ import annotations

from datetime import datetime

from quality.core.pages import day
from quality.market.council.committee import CommitteePaper, Mover, Paired, Period
from quality.market.council.improvement import Theme
from quality.market.council.pack import EvidencePack, PackFigure
from quality.market.papers.paper import Paper, PaperTable, Section
from quality.scoring.percentages import percent_of
from quality.scoring.proportions import Interval

__all__ = ["committee_as_paper", "pack_as_paper"]

_SOURCES = (
    "CQC ratings contain public sector information licensed under the Open Government Licence v3.0.",
    "Audits: the council’s own records, as they stood on the day. The council’s judgements and CQC’s ratings are two "
    "scales, given for two purposes; nothing here counts them together.",
)


_REGISTER = (
    "CQC’s register of services contains public sector information licensed under the Open Government Licence "
    "v3.0."
)
_MOST_THEMES = 10
"""So many are printed; the spreadsheet has them all."""


def pack_as_paper(pack: EvidencePack, *, colour: str, made_at: datetime) -> Paper:
    """The evidence pack: a section for each figure, with the list behind it; and what is left out."""
    told = f" CQC’s newest data up to that day are of {day(pack.told_on)}." if pack.told_on else ""
    missing = tuple((one.title, one.why) for one in pack.left_out)
    left_out = PaperTable("Left out", "What the pack does not tell yet", ("What", "Why"), missing)
    return Paper(
        title="Evidence of quality work with care providers",
        council=pack.council,
        colour=colour,
        as_at=pack.as_at,
        made_at=made_at,
        lead=(
            f"What {pack.council} knows and did, from {day(pack.period_begins)} to {day(pack.as_at)}.{told}",
            f"How the audits issued in that time were chosen: {_in_sentence(pack.selection)}",
        ),
        sections=(
            *(_figure(one) for one in pack.figures),
            Section("What is left out, and why", tables=(left_out,)),
        ),
        sources=_SOURCES,
    )


def _figure(figure: PackFigure) -> Section:
    tables = []
    if figure.parts:
        parts = tuple((part.words, part.value_words) for part in figure.parts)
        tables.append(PaperTable(f"{figure.title}, parts", figure.title, ("What", "How many"), parts))
    if figure.rows:
        rows = tuple(row.cells for row in figure.rows)
        tables.append(PaperTable(figure.title, f"{figure.title}: the list", figure.headings, rows, most=25))
    value = f"{figure.value_words}." if figure.value_words else ""
    rule = f"How it is counted: {figure.rule}"
    words = tuple(one for one in (figure.words, value, figure.chosen, rule) if one)
    return Section(figure.title, words, tables=tuple(tables))


def committee_as_paper(found: CommitteePaper, *, colour: str, made_at: datetime) -> Paper:
    """The committee paper."""
    waiting = tuple((kind, _share(k, n)) for kind, k, n in found.not_audited)
    caption = "Registered services without an audit of ours in twenty-four months"
    not_audited = PaperTable("Not audited", caption, ("Kind of service", "Not audited"), waiting)
    return Paper(
        title="Quality of care services: the year’s audits",
        council=found.council,
        colour=colour,
        as_at=found.as_at,
        made_at=made_at,
        lead=(
            f"What the audits of {found.council} found from {day(found.now.begins)} to {day(found.now.ends)}, "
            f"beside the twelve months before.",
        ),
        sections=(
            *(_audited(found) if found.now.audits or found.before.audits else (_NOTHING_ISSUED,)),
            Section("What was not audited", tables=(not_audited,)),
        ),
        sources=(_REGISTER, "Audits: the council’s own records, as they stood on the day."),
    )


_NOTHING_ISSUED = Section("Audits by judgement", ("No report was issued in these two years.",))


def _audited(found: CommitteePaper) -> tuple[Section, ...]:
    themes = (
        _themes("Themes below", "At services judged below our line", found.low_themes),
        _themes("Themes above", "At services judged at or above our line", found.good_themes),
    )
    none = tuple(
        f"{table.caption}: no finding was written at these audits, or there was no such audit."
        for table in themes
        if not table.rows
    )
    chosen = f"How the audits were chosen: {_in_sentence(found.now.selection.words)}"
    return (
        _levels(found),
        _paired(found),
        Section(
            "Themes of this year", (chosen, *none), tables=tuple(table for table in themes if table.rows)
        ),
    )


def _levels(found: CommitteePaper) -> Section:
    before, now = dict(found.before.levels), dict(found.now.levels)
    rows = [(words, before.get(words, 0), now.get(words, 0)) for words in {**before, **now}]
    table = PaperTable(
        "By judgement",
        "Audits issued, by our own judgement",
        ("Judgement", _from_to(found.before), _from_to(found.now)),
        (
            *rows,
            ("All", len(found.before.audits), len(found.now.audits)),
            ("At or above our line", _of_period(found.before), _of_period(found.now)),
        ),
    )
    chosen = (
        f"How they were chosen, the year before: {_in_sentence(found.before.selection.words)}",
        f"This year: {_in_sentence(found.now.selection.words)}",
    )
    return Section("Audits by judgement", chosen, tables=(table,))


def _paired(found: CommitteePaper) -> Section:
    words = [found.in_both]
    if found.paired:
        words += [
            _paired_words(found.paired),
            "Only these say whether services changed; all audits of a year also differ in which services were chosen.",
            f"How this year’s audits of them were chosen: {_in_sentence(found.paired_selection.words)}",
        ]
    moved = tuple(_mover(one) for one in found.movers)
    headings = ("Service", "The year before", "This year", "Moved")
    table = PaperTable("Movers", "Services audited in both years, those that moved first", headings, moved)
    return Section("The same services in both years", tuple(words), tables=(table,) if moved else ())


def _paired_words(paired: Paired) -> str:
    low, high = (f"{end * 100:+.1f}" for end in (paired.interval.low, paired.interval.high))
    return (
        f"{_share(paired.before, paired.n)} were at or above our line in the year before and "
        f"{_share(paired.after, paired.n)} in this: {paired.went_up} rose above it and {paired.went_down} fell below. "
        f"The 95% interval of the change is {low} to {high} percentage points."
    )


def _mover(one: Mover) -> tuple[str, str, str, str]:
    before, after = one.before, one.after
    return (
        after.service,
        f"{before.overall.words}, {day(before.issued_on)}",
        f"{after.overall.words}, {day(after.issued_on)}",
        one.moved,
    )


def _themes(sheet: str, caption: str, themes: tuple[Theme, ...]) -> PaperTable:
    rows = tuple((one.title, one.kind.words, one.findings, _share(one.k, one.n)) for one in themes)
    headings = ("Standard", "Kind of finding", "Findings", "At audits")
    return PaperTable(sheet, caption, headings, rows, most=_MOST_THEMES)


def _from_to(period: Period) -> str:
    return f"{day(period.begins)} to {day(period.ends)}"


def _of_period(period: Period) -> str:
    words = _share(period.good, period.judged)
    return f"{words}, 95% interval {_interval(period.interval)}" if period.interval else words


def _in_sentence(words: str) -> str:
    """A sentence after a colon."""
    return f"{words[:1].lower()}{words[1:]}"


def _interval(interval: Interval) -> str:
    return f"{interval.low * 100:.1f}% to {interval.high * 100:.1f}%"


def _share(k: int, n: int) -> str:
    return f"{k:,} of {n:,} ({percent_of(k, n)})" if n else "none to count"
