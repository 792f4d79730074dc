"""A publication as tables and words: what its page, PDF, spreadsheet and CSV file all show."""

from __future__ import annotations

from decimal import Decimal

from quality.core.pages import day
from quality.market.figures.share import percent_words
from quality.market.papers.paper import Cell, Paper, PaperTable, Section
from quality.market.publications.dictionary import COLUMNS, LEFT_OUT_COLUMNS
from quality.market.publications.snapshot import SMALL, Figure, Role, ScopeSaid, Snapshot

__all__ = ["LICENCE", "figure_rows", "paper_of", "spreadsheet_of"]

LICENCE = (
    "Contains CQC data and Office for National Statistics codes, public sector information licensed under the Open "
    "Government Licence v3.0: https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)
HIDDEN = "suppressed"
_NO_FIGURE = "no figure"
_MOST = 1_000


def paper_of(said: Snapshot) -> Paper:
    """The publication as sections of words and tables."""
    return Paper(
        title=said.title,
        council=said.council,
        colour=said.colour,
        as_at=said.as_at,
        made_at=said.published_at,
        lead=_lead(said),
        sections=(
            *(_scope(one) for one in said.scopes),
            *_left_out(said),
            _elsewhere(said),
            *_notes(said),
            Section("Rests on these files of CQC’s", tables=(_editions(said),)),
        ),
        sources=(
            LICENCE,
            *dict.fromkeys(f"{one.title}: {one.publisher}, {one.licence}" for one in said.outside),
        ),
    )


def spreadsheet_of(said: Snapshot) -> Paper:
    """The same for a spreadsheet: figures with codes and labels in one table each, and what each column means."""
    own = [one for one in figure_rows(said) if one[_ROLE] != Role.COMPARATOR.value]
    others = [one for one in figure_rows(said) if one[_ROLE] == Role.COMPARATOR.value]
    headings = tuple(column.name for column in COLUMNS)
    left_headings = tuple(column.name for column in LEFT_OUT_COLUMNS)
    meanings = tuple(
        (column.name, column.meaning, column.unit, column.source) for column in (*COLUMNS, *LEFT_OUT_COLUMNS)
    )
    tables = (
        PaperTable("Figures", "The council, its region and England", headings, tuple(own)),
        PaperTable("Benchmarks", "Those it is compared with", headings, tuple(others)),
        PaperTable("Left out", "Who does not count, and why", left_headings, tuple(left_out_rows(said))),
        _editions(said),
        PaperTable(
            "Data dictionary", "What each column means", ("Column", "Meaning", "Unit", "Source"), meanings
        ),
    )
    paper = paper_of(said)
    words = tuple(Section(one.heading, one.paragraphs) for one in paper.sections if one.paragraphs)
    return Paper(
        title=paper.title,
        council=paper.council,
        colour=paper.colour,
        as_at=paper.as_at,
        made_at=paper.made_at,
        lead=paper.lead,
        sections=(*words, Section("Tables", tables=tables)),
        sources=paper.sources,
    )


def figure_rows(said: Snapshot) -> list[tuple[Cell, ...]]:
    """A row for each figure, in the order of the dictionary's columns."""
    return [
        (
            said.council_code,
            said.number,
            said.as_at.isoformat(),
            scope.key,
            scope.words,
            said.rule.key,
            said.rule.title,
            scope.comparators.key,
            scope.comparators.words,
            one.role.value,
            one.area_code,
            one.area_name,
            _number(one.k),
            _number(one.n),
            _share(one.share),
            _share(one.low),
            _share(one.high),
            one.against_england or "",
            "yes" if one.is_suppressed else "no",
            _number(one.registered),
        )
        for scope in said.scopes
        for one in scope.figures
    ]


_ROLE = next(place for place, column in enumerate(COLUMNS) if column.name == "role")


def left_out_rows(said: Snapshot) -> list[tuple[Cell, ...]]:
    """A row for each reason, in the order of the dictionary's columns."""
    return [
        (scope.key, one.role.value, one.area_code, one.area_name, each.key, each.words, each.count)
        for scope in said.scopes
        for one in scope.figures
        for each in one.left_out
    ]


def small_words(said: Snapshot) -> str:
    """What the publication does with small numbers."""
    if said.show_small:
        return f"Figures of 0 to {SMALL} services are shown; they say little, as their intervals tell."
    return (
        f"Figures of 0 to {SMALL} services are suppressed, with what is registered and left out there, because so few "
        "say little. Where one of them could be worked out from a total and the others that it is made of, the next "
        "smallest is suppressed with it. The ratings of single services are public: nothing is kept secret by this."
    )


def _lead(said: Snapshot) -> tuple[str, ...]:
    what = f"Publication {said.number} of {said.council}" if said.number else f"A draft of {said.council}"
    words = [
        f"{what}, as at {day(said.as_at)}; CQC’s newest data up to that day are of {day(said.newest_edition)}. "
        f"Published on {day(said.published_at)}."
        if said.number
        else f"{what}, as at {day(said.as_at)}.",
    ]
    if said.corrects:
        words.append(f"This corrects number {said.corrects}: {said.correction}")
    words += [part.strip() for part in said.introduction.split("\n\n") if part.strip()]
    words.append(f"Counted by {said.rule.title} ({said.rule.key}). {said.rule.words}")
    words.append(small_words(said))
    return tuple(words)


def _scope(scope: ScopeSaid) -> Section:
    (own,) = scope.of(Role.OWN)
    table = PaperTable(
        scope.words,
        f"{scope.words}: services rated Good or Outstanding",
        ("Area", "Rated so", "Counted", "Share", "95% interval", "Against England"),
        tuple(_row(one) for one in scope.figures),
        most=_MOST,
    )
    words = [_own_words(own), scope.place, f"{scope.comparators.words}. {scope.comparators.definition}"]
    return Section(scope.words, tuple(one for one in words if one), tables=(table,))


def _own_words(own: Figure) -> str:
    if own.is_suppressed:
        return (
            f"The figure of {own.area_name} is suppressed: it is of {SMALL} services or fewer, or one that is could be "
            "worked out from it."
        )
    if not own.n:
        return f"Nobody counts in {own.area_name} by this rule, so there is no figure."
    against = f" Beside England’s share it is {own.against_england}." if own.against_england else ""
    return (
        f"{own.k:,} of {own.n:,} are rated Good or Outstanding in {own.area_name}: {percent(own)}, 95% interval "
        f"{interval(own)}.{against}"
    )


def _row(one: Figure) -> tuple[Cell, ...]:
    # A column of its own for codes would be too narrow on paper.
    name = f"{one.area_name} ({one.area_code})" if one.area_code else one.area_name
    if one.role is Role.OWN:
        name += ", this council"
    if one.is_suppressed:
        return (name, HIDDEN, HIDDEN, HIDDEN, "", "")
    return (
        name,
        _number(one.k),
        _number(one.n),
        percent(one),
        interval(one),
        one.against_england or "",
    )


def percent(one: Figure) -> str:
    """The share in per cent; "no figure" where nobody counts, "suppressed" where it is."""
    if one.k is None or one.n is None:
        return HIDDEN
    return percent_words(one.k, one.n)


def interval(one: Figure) -> str:
    """The interval in per cent; empty where there is none."""
    if one.low is None or one.high is None:
        return ""
    return f"{one.low * 100:.1f}% to {one.high * 100:.1f}%"


def _left_out(said: Snapshot) -> list[Section]:
    rows: list[tuple[Cell, ...]] = []
    for scope in said.scopes:
        for one in scope.figures:
            if one.registered is None:
                continue
            rows.append((scope.words, one.area_name, "registered", one.registered))
            rows += [(scope.words, one.area_name, each.words, each.count) for each in one.left_out]
    table = PaperTable(
        "Left out",
        "Registered services, and those left out",
        ("Services", "Area", "What", "How many"),
        tuple(rows),
        most=_MOST,
    )
    return [Section("Who counts and who is left out", tables=(table,))]


def _elsewhere(said: Snapshot) -> Section:
    if not said.outside:
        return Section("Published elsewhere", ("Nothing that others published about this area is held.",))
    words = []
    for one in said.outside:
        words.append(f"{one.title} ({one.publisher}): {one.words}")
        words += [f"How it differs from ours. {each}" for each in one.differences]
    return Section("Published elsewhere", tuple(words))


def _notes(said: Snapshot) -> list[Section]:
    parts = tuple(part.strip() for part in said.notes.split("\n\n") if part.strip())
    return [Section("Notes", parts)] if parts else []


def _editions(said: Snapshot) -> PaperTable:
    rows = tuple((one.file_name, one.kind, one.as_at.isoformat(), one.sha256) for one in said.editions)
    return PaperTable(
        "Editions", "Files and their SHA-256", ("File", "Kind", "As at", "SHA-256"), rows, most=_MOST
    )


def _number(value: int | None) -> Cell:
    return "" if value is None else value


def _share(value: float | None) -> Cell:
    return "" if value is None else Decimal(str(value))
