"""What people type about an audit: its plan, its visits, and the reason for a move."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from wtforms import HiddenField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput

from quality.audits.lifecycle import Move
from quality.audits.models import Audit, AuditType, ChosenBecause, RecordKind, SpokenTo, Visit
from quality.core.forms import CountField, DateField, HouseForm, LongTextField, OnceForm, Required
from quality.frameworks.definition import ServiceType
from quality.people.models import Person

YES, NO = "yes", "no"


class PeopleField(SelectMultipleField):
    """Several people, as checkboxes."""

    option_widget = CheckboxInput()

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, coerce=int, **more)

    def offer(self, people: Iterable[Person]) -> None:
        """Let these people be chosen."""
        self.choices = [SelectChoice(str(person.id), named(person)) for person in people]


class PlanForm(HouseForm):
    """The plan of an audit."""

    version = HiddenField()
    service_type = RadioField(
        "What kind of service is it?",
        choices=[SelectChoice(one.value, one.words) for one in ServiceType],
        validators=[Required("Choose what kind of service it is")],
    )
    audit_type = RadioField(
        "What type of audit is it?",
        choices=[SelectChoice(one.value, one.words) for one in AuditType],
        validators=[Required("Choose what type of audit it is")],
    )
    chosen_because = RadioField(
        "Why was this service chosen?", validators=[Required("Choose why this service was chosen")]
    )
    chosen_note = LongTextField("More about why it was chosen, in a sentence (optional)", most=500)
    announced = RadioField(
        "Will the provider know of the visit beforehand?",
        choices=[
            SelectChoice(YES, "Yes, the visit is announced"),
            SelectChoice(NO, "No, the visit is unannounced"),
        ],
        validators=[Required("Choose whether the provider will know of the visit beforehand")],
    )
    planned_from = DateField("First planned day", required="Enter the first planned day")
    planned_to = DateField("Last planned day", required="Enter the last planned day")
    lead = SelectField("Who leads the audit?", coerce=int)
    visiting = PeopleField("Who else visits? (optional)")

    @classmethod
    def blank(cls, *, officers: list[Person], lead: Person, service_type: ServiceType) -> Self:
        """A new plan, led by whoever makes it unless they choose otherwise."""
        return cls(lead=lead.id, service_type=service_type.value)._offering(officers)

    @classmethod
    def of(cls, audit: Audit, *, officers: list[Person]) -> Self:
        """The plan of an audit, to be changed."""
        taking_part = [one.person for one in audit.participants]
        form = cls(
            version=str(audit.version),
            service_type=audit.service_type.value,
            audit_type=audit.audit_type.value,
            chosen_because=audit.chosen_because.value,
            chosen_note=audit.chosen_note,
            announced=YES if audit.announced else NO,
            planned_from=audit.planned_from,
            planned_to=audit.planned_to,
            lead=audit.lead_id,
            visiting=[person.id for person in taking_part if person.id != audit.lead_id],
        )
        # Whoever takes part already stays a choice, although they may have left since.
        people = [*officers, *(one for one in taking_part if one not in officers)]
        return form._offering(people, unrecorded=audit.chosen_because is ChosenBecause.NOT_RECORDED)

    def _offering(self, people: list[Person], *, unrecorded: bool = False) -> Self:
        """Let these people be chosen, and every reason; to record none only where none was."""
        self.chosen_because.choices = [
            SelectChoice(one.value, one.words)
            for one in ChosenBecause
            if unrecorded or one is not ChosenBecause.NOT_RECORDED
        ]
        self.people = {person.id: person for person in people}
        self.lead.choices = [SelectChoice(str(person.id), named(person)) for person in people]
        self.visiting.offer(people)
        return self

    def plan(self) -> dict[str, Any]:
        """What was typed, as the planning operations take it."""
        return {
            "service_type": ServiceType(self.service_type.data),
            "audit_type": AuditType(self.audit_type.data),
            "chosen_because": ChosenBecause(self.chosen_because.data),
            "chosen_note": self.chosen_note.data or "",
            "announced": self.announced.data == YES,
            "planned_from": self.planned_from.data,
            "planned_to": self.planned_to.data,
            "lead": self.people[self.lead.data],
            "visiting": [self.people[one] for one in self.visiting.data or []],
        }


class VisitForm(OnceForm):
    """The record of a visit. A box for each role and each kind of record is added below."""

    version = HiddenField()
    visited_on = DateField("Date of the visit", required="Enter the date of the visit")
    visitors = PeopleField("Who visited?", validators=[Required("Choose who visited")])
    notes = LongTextField("Notes on the visit (optional)")

    @classmethod
    def blank(cls, audit: Audit, *, officers: list[Person]) -> Self:
        """A new visit, by those who take part."""
        return cls(visitors=[one.person_id for one in audit.participants])._offering(audit, officers)

    @classmethod
    def of(cls, audit: Audit, visit: Visit, *, officers: list[Person]) -> Self:
        """A visit already recorded, to be changed."""
        counts: dict[str, int | None] = {
            f"spoken_{one.role.value}": one.number for one in visit.conversations
        }
        counts |= {f"seen_{one.kind.value}": one.seen for one in visit.samples}
        counts |= {f"out_of_{one.kind.value}": one.out_of for one in visit.samples}
        form = cls(
            version=str(visit.version),
            visited_on=visit.visited_on,
            visitors=[one.person_id for one in visit.visitors],
            notes=visit.notes,
            **counts,
        )
        return form._offering(audit, [*officers, *(one.person for one in visit.visitors)])

    def _offering(self, audit: Audit, officers: list[Person]) -> Self:
        people = {one.person_id: one.person for one in audit.participants}
        self.people = {**people, **{person.id: person for person in officers}}
        self.visitors.offer(
            sorted(self.people.values(), key=lambda person: (person.id not in people, person.name))
        )
        return self

    def number(self, name: str) -> int | None:
        """What one of the boxes says; none when it was left empty."""
        found: int | None = self[name].data
        return found

    def visit(self) -> dict[str, Any]:
        """What was typed, as the visiting operations take it."""
        seen = {kind: self.number(f"seen_{kind.value}") for kind in RecordKind}
        out_of = {kind: self.number(f"out_of_{kind.value}") for kind in RecordKind}
        return {
            "visited_on": self.visited_on.data,
            "visitors": [self.people[one] for one in self.visitors.data],
            "conversations": {role: self.number(f"spoken_{role.value}") or 0 for role in SpokenTo},
            "samples": {kind: (seen[kind] or 0, out_of[kind]) for kind in RecordKind},
            "notes": self.notes.data or "",
        }


for _role in SpokenTo:
    setattr(VisitForm, f"spoken_{_role.value}", CountField(_role.words))
for _kind in RecordKind:
    setattr(VisitForm, f"seen_{_kind.value}", CountField(f"{_kind.words} read"))
    setattr(VisitForm, f"out_of_{_kind.value}", CountField(f"{_kind.words} in all, if known"))


class MoveForm(HouseForm):
    """A move of the lifecycle, with its reason where the table asks for one."""

    version = HiddenField()
    reason = LongTextField("Reason", most=5000)

    @classmethod
    def of(cls, audit: Audit, move: Move) -> Self:
        """The form of one move of this audit."""
        form = cls(version=str(audit.version))
        if not move.needs_reason:
            del form.reason
        return form

    @property
    def reason_typed(self) -> str:
        """The reason; empty for a move that needs none."""
        return str(self["reason"].data or "") if "reason" in self else ""


class RemoveForm(HouseForm):
    """The question whether to remove a record."""

    version = HiddenField()


def version_of(form: HouseForm) -> int:
    """The version of the record that the form's page was made from; nought, which is never one, when it was lost."""
    typed = str(form["version"].data or "")
    return int(typed) if typed.isascii() and typed.isdigit() else 0


def named(person: Person) -> str:
    """A person with their job, as choices name them."""
    return f"{person.name}, {person.job_title}" if person.job_title else person.name
