"""Letters from made-up facts, for tests that need no database."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from quality.audits.lifecycle import State
from quality.frameworks.definition import ServiceType
from quality.letters.building import letter_of
from quality.letters.case import Case, Outcome
from quality.letters.kinds import LetterKind
from quality.letters.letter import Council, Letter, Signatory
from quality.letters.packs.contents import Line
from quality.reports.snapshot import Snapshot
from tests.builders.report_snapshots import a_snapshot

ON, BY = date(2026, 6, 22), date(2026, 7, 6)


def a_case(**changes: Any) -> Case:
    """An announced audit of an invented care home."""
    case = Case(
        reference="NMR-2026-0004",
        state=State.PLANNED,
        council=Council(
            name="Northmere", colour="#1d5b7a", contact="quality@northmere.example, 01632 960123"
        ),
        service_name="Larkfield House",
        address=("14 Mill Lane", "Northmere", "NM1 2AB"),
        provider_name="Larkfield Care Limited",
        service_type=ServiceType.CARE_HOME,
        kind_words="Routine",
        planned_from=date(2026, 7, 13),
        planned_to=date(2026, 7, 15),
        visited_on=(),
        lead=Signatory(name="Amara Okafor", job_title="Quality officer", email="amara@northmere.example"),
        others=(Signatory(name="Ruth Bellamy", job_title="Quality manager", email="ruth@northmere.example"),),
        looks_at=("People and their choices", "Safety"),
    )
    return dataclasses.replace(case, **changes)


def an_outcome(report: Snapshot | None = None) -> Outcome:
    """An issued report."""
    said = report or a_snapshot()
    return Outcome(report=said, dated=sum(1 for one in said.findings if one.by_when))


def a_letter(kind: LetterKind, case: Case | None = None, found: Outcome | None = None) -> Letter:
    """A letter of this kind."""
    return letter_of(kind, case or a_case(), found or an_outcome(), on=ON, by=BY)


def words_of(letter: Letter) -> str:
    """Every text of a letter in one."""
    said: list[str] = [letter.subject, letter.greeting, *letter.to, *letter.enclosed, letter.signatory.name]
    for part in letter.parts:
        said += [part.heading, *part.paragraphs, *part.items, *part.after]
        said += [cell for row in (part.table.rows if part.table else ()) for cell in row]
    return "\n".join(said)


def a_line(**changes: Any) -> Line:
    """One line of a pack's contents."""
    line = Line(
        file="reports/R-NMR-2026-0004-larkfield-house.pdf",
        number="R-NMR-2026-0004",
        version=1,
        service="Larkfield House",
        cqc_id="1-1000000001",
        provider="Larkfield Care Limited",
        council="Northmere",
        visited_on=(date(2026, 6, 15),),
        issued_on=ON,
        judgement="Sound",
        sha256="0" * 64,
        size=1000,
        note="",
    )
    return dataclasses.replace(line, **changes)
