"""The pages about the council's own audits: what improvement needs, beside CQC, how long, the pack, the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeVar

from flask import render_template
from flask.typing import ResponseReturnValue

from quality.core.csv_files import Value, csv_response, file_name
from quality.core.errors import Refused
from quality.core.gate import needs
from quality.frameworks.vocabulary import Element, KeyQuestion
from quality.market.council import concerns, how_long, improvement
from quality.market.council.beside_cqc import Beside, beside_cqc
from quality.market.council.committee import committee_paper
from quality.market.council.how_long import HowLong
from quality.market.council.issued import issued_audits
from quality.market.council.lines import find_line
from quality.market.council.pack import evidence_pack
from quality.market.council.places import places_of
from quality.market.council.recorded import Recorded, recorded_at
from quality.market.council.recurring import across_sisters, repeats_of
from quality.market.views.common import blueprint
from quality.market.views.council_day import AskedDay, asked_day, refused
from quality.people.permissions import Permission
from quality.scoring.percentages import percent_of
from quality.services.as_at import first_day

__all__: list[str] = []


def k_of_n(k: int, n: int) -> str:
    """A share as every table here shows it: "3 of 12 (25%)"."""
    return f"{k:,} of {n:,} ({percent_of(k, n)})" if n else "none to count"


blueprint.add_app_template_global(k_of_n)
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def _answers_refusals(view: View) -> View:
    """Show what is refused as a page that says why."""

    @wraps(view)
    def answer(**words: str) -> ResponseReturnValue:
        try:
            return view(asked=asked_day(), **words)
        except Refused as refusal:
            return refused(refusal)

    return answer  # type: ignore[return-value]  # It is called without the day, which it finds itself.


@blueprint.get("/improvement")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def improvement_needs(asked: AskedDay) -> ResponseReturnValue:
    """The council's own findings by element, standard, key question, theme, place and time."""
    return render_template(
        "market/council/improvement.html",
        asked=asked,
        form=asked.form,
        found=_improvement(asked),
        rule=improvement.RULE,
    )


@blueprint.get("/improvement/<by>/<line>")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def improvement_list(asked: AskedDay, by: str, line: str) -> ResponseReturnValue:
    """The audits behind one line of a table: those that were asked, and what was found at them."""
    found = _improvement(asked)
    one = find_line(found.lists.get(by, ()), line)
    return render_template(
        "market/council/improvement_list.html", asked=asked, form=asked.form, found=found, line=one, by=by
    )


@blueprint.get("/improvement.csv")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def improvement_csv(asked: AskedDay) -> ResponseReturnValue:
    """Every finding of the issued audits, with its place in the crosswalk and how the audit was chosen."""
    headings = (
        *("Audit", "Service", "CQC location ID", "Visited on", "Issued on", "Type of audit", "Announced"),
        *("Why it was chosen", "Why it was chosen (code)", "More about why"),
        *("Standard", "Question", "Critical", "Element", "CQC key question", "Kind of finding", "Finding"),
    )
    held = recorded_at(asked.council, asked.day)
    return csv_response(file_name("findings", asked.day), headings, _finding_rows(held))


@blueprint.get("/improvement/recurring.csv")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def recurring_csv(asked: AskedDay) -> ResponseReturnValue:
    """What comes back: in sister services, and at the next audit of the same service; a row for each audit."""
    headings = (
        "How it comes back",
        "Provider or brand",
        "Question",
        "Service",
        "Audit",
        "Visited on",
        "Answer",
    )
    held = recorded_at(asked.council, asked.day)
    return csv_response(file_name("recurring", asked.day), headings, _recurring_rows(held))


@blueprint.get("/beside-cqc")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def council_beside_cqc(asked: AskedDay) -> ResponseReturnValue:
    """Where the council and CQC agree or differ, and who was concerned first."""
    return render_template(
        "market/council/beside_cqc.html",
        asked=asked,
        form=asked.form,
        found=beside_cqc(asked.council, asked.day),
        concerns_rule=concerns.RULE,
    )


@blueprint.get("/beside-cqc.csv")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def council_beside_cqc_csv(asked: AskedDay) -> ResponseReturnValue:
    """Every service and element, the two scales in columns of their own."""
    headings = (
        *("Service", "CQC location ID", "Element", "Audit", "Visited on", "Issued on", "Council's judgement"),
        *("CQC as at the visit", "CQC published that on", "CQC as it stands", "CQC published on"),
        *("Side by side as at the visit", "Side by side as it stands", "Rule"),
    )
    found = beside_cqc(asked.council, asked.day)
    return csv_response(file_name("beside-cqc", asked.day), headings, _beside_rows(found))


@blueprint.get("/how-long")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def stays(asked: AskedDay) -> ResponseReturnValue:
    """How long services stay Requires improvement, here and in England, and what was audited in between."""
    return render_template(
        "market/council/how_long.html",
        asked=asked,
        form=asked.form,
        found=how_long.how_long(asked.council, asked.day),
        rule=how_long.RULE,
    )


@blueprint.get("/how-long.csv")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def stays_csv(asked: AskedDay) -> ResponseReturnValue:
    """Every stay of a service in the council's area."""
    headings = (
        "Service",
        "CQC location ID",
        "From",
        "To",
        "Ended by",
        "Days",
        "Counted",
        "Audits issued during it",
    )
    found = how_long.how_long(asked.council, asked.day)
    return csv_response(file_name("requires-improvement", asked.day), headings, _stay_rows(found))


@blueprint.get("/pack")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def pack(asked: AskedDay) -> ResponseReturnValue:
    """The evidence pack for CQC's assessment of the council, each figure with its list."""
    found = evidence_pack(asked.council, asked.day)
    return render_template("market/council/pack.html", asked=asked, form=asked.form, pack=found)


@blueprint.get("/pack/<key>")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def pack_list(asked: AskedDay, key: str) -> ResponseReturnValue:
    """One figure of the pack with the list behind it."""
    found = evidence_pack(asked.council, asked.day)
    return render_template(
        "market/council/pack_list.html", asked=asked, form=asked.form, pack=found, figure=found.figure(key)
    )


@blueprint.get("/pack/<key>.csv")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def pack_csv(asked: AskedDay, key: str) -> ResponseReturnValue:
    """The same list as a file."""
    figure = evidence_pack(asked.council, asked.day).figure(key)
    return csv_response(
        file_name("evidence", key, asked.day), figure.headings, (row.cells for row in figure.rows)
    )


@blueprint.get("/committee")
@needs(Permission.READ_AUDITS)
@_answers_refusals
def committee(asked: AskedDay) -> ResponseReturnValue:
    """The paper for the council's committee: twelve months beside the twelve before."""
    found = committee_paper(asked.council, asked.day)
    return render_template(
        "market/council/committee.html", asked=asked, form=asked.form, paper=found, first=first_day()
    )


def _improvement(asked: AskedDay) -> improvement.Improvement:
    audits = issued_audits(asked.council, asked.day)
    places = places_of({audit.service_id for audit in audits}, asked.day)
    held = recorded_at(asked.council, asked.day, audits)
    return improvement.improvement_of(asked.council, asked.day, places, held)


def _finding_rows(held: Recorded) -> Iterator[tuple[Value, ...]]:
    standards = {
        one.standard_id: f"{one.standard_code} {one.standard}" for one in held.crosswalk.questions.values()
    }
    for found in held.findings:
        audit = held.by_id[found.audit_id]
        question = held.crosswalk.questions[found.question_id] if found.question_id else None
        yield (
            *(audit.reference, audit.service, audit.cqc_id, audit.visited_on, audit.issued_on),
            *(audit.audit_type.words, audit.announced, audit.chosen_because.words),
            *(audit.chosen_because.value, audit.chosen_note, standards[found.standard_id]),
            question.code if question else "",
            question.critical if question else "",
            Element(question.element).words if question else "",
            KeyQuestion(question.key_question).words if question else "",
            *(found.kind.words, found.title),
        )


def _recurring_rows(held: Recorded) -> Iterator[tuple[Value, ...]]:
    for sister in across_sisters(held):
        for number, value in sister.audits:
            audit = held.by_id[number]
            yield (
                *(f"{sister.k} of {sister.n} services of one {sister.owner_kind}", sister.owner),
                *(sister.question.code, audit.service, audit.reference, audit.visited_on, value.words),
            )
    for repeat in repeats_of(held).found:
        for number, value in zip((repeat.before, repeat.again), repeat.values, strict=True):
            audit = held.by_id[number]
            yield (
                *("At two audits of one service", audit.provider),
                *(repeat.question.code, audit.service, audit.reference, audit.visited_on, value.words),
            )


def _beside_rows(found: Beside) -> Iterator[tuple[Value, ...]]:
    for service in found.services:
        audit = service.audit
        for side in service.sides:
            yield (
                *(
                    audit.service,
                    audit.cqc_id,
                    side.element,
                    audit.reference,
                    audit.visited_on,
                    audit.issued_on,
                ),
                *(side.level.words, side.then.words, side.then.on, side.now.words, side.now.on),
                *(side.verdict_then.words, side.verdict.words, found.rule.key),
            )


def _stay_rows(found: HowLong) -> Iterator[tuple[Value, ...]]:
    for one in found.moved:
        stay = one.stay
        yield (
            *(one.service, one.cqc_id, stay.begin, stay.end, stay.ending.words, stay.days, stay.told_soon),
            ", ".join(audit.reference for audit in one.audits),
        )
