"""The audit, who took part in it, its visits, and the CQC ratings pinned to it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.audits.lifecycle import State
from quality.core.database import Base, words_of
from quality.frameworks.definition import ServiceType
from quality.frameworks.models import FrameworkVersion
from quality.people.models import Person
from quality.ratings.models import Rating
from quality.services.models import LocalAuthority, Service


class AuditType(StrEnum):
    """What type of audit it is."""

    ROUTINE = "routine"
    RESPONSIVE = "responsive"
    FOLLOW_UP = "follow_up"

    @property
    def words(self) -> str:
        """As people say it."""
        return {"routine": "Routine", "responsive": "In response to a concern", "follow_up": "Follow-up"}[
            self.value
        ]


class ChosenBecause(StrEnum):
    """Why this service was chosen to be audited: it says beside every figure what the audits are a sample of."""

    NOT_RECORDED = "not_recorded"
    PROGRAMME = "programme"
    FOLLOW_UP = "follow_up"
    CONCERN = "concern"
    CQC = "cqc"
    CHANGE = "change"
    SAMPLE = "sample"
    ASKED = "asked"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As people say it."""
        return {
            "not_recorded": "Not recorded",
            "programme": "Routine programme",
            "follow_up": "Follow-up of an earlier audit",
            "concern": "Concern or safeguarding",
            "cqc": "CQC rating or notice",
            "change": "New service or change of owner",
            "sample": "Random sample",
            "asked": "The provider asked",
            "other": "Other",
        }[self.value]


class Audit(Base):
    """The council's case about one service."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    local_authority_id: Mapped[int] = mapped_column(ForeignKey("local_authority.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    service_type: Mapped[ServiceType] = mapped_column(words_of(ServiceType, "service_type_known"))
    framework_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))
    audit_type: Mapped[AuditType] = mapped_column(words_of(AuditType, "audit_type_known"))
    # Audits planned before this was asked have no reason recorded; every plan since has one.
    chosen_because: Mapped[ChosenBecause] = mapped_column(
        words_of(ChosenBecause, "chosen_because_known"), server_default=ChosenBecause.NOT_RECORDED.value
    )
    chosen_note: Mapped[str] = mapped_column(Text, default="", server_default="")
    announced: Mapped[bool]
    planned_from: Mapped[date]
    planned_to: Mapped[date]
    lead_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[State] = mapped_column(words_of(State, "state_known"), default=State.PLANNED)
    # The day by which the one whose turn it is should be done; empty once nobody's turn is left.
    due_on: Mapped[date | None]
    planned_at: Mapped[datetime]
    ratings_as_at: Mapped[date | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None]
    # Why it was returned or abandoned; empty again when it moves on.
    reason: Mapped[str] = mapped_column(Text, default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    # What the next version of an issued report puts right, and who decided that; empty until the first correction.
    correcting: Mapped[str] = mapped_column(Text, default="", server_default="")
    correcting_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    service: Mapped[Service] = relationship()
    local_authority: Mapped[LocalAuthority] = relationship()
    framework_version: Mapped[FrameworkVersion] = relationship()
    lead: Mapped[Person] = relationship(foreign_keys=lead_id)
    sent_by: Mapped[Person | None] = relationship(foreign_keys=sent_by_id)
    approved_by: Mapped[Person | None] = relationship(foreign_keys=approved_by_id)
    correcting_by: Mapped[Person | None] = relationship(foreign_keys=correcting_by_id)
    participants: Mapped[list[Participant]] = relationship(order_by="Participant.person_id")
    visits: Mapped[list[Visit]] = relationship(order_by="Visit.visited_on, Visit.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy's own declaration.
    __table_args__ = (
        CheckConstraint("planned_to >= planned_from", name="planned_in_order"),
        CheckConstraint(
            "chosen_because <> 'other' OR length(trim(chosen_note)) > 0", name="other_reason_said"
        ),
        CheckConstraint(
            "chosen_because <> 'not_recorded' OR chosen_note = ''", name="nothing_said_of_no_reason"
        ),
        CheckConstraint(
            "(state = 'published') = (approved_by_id IS NOT NULL)", name="published_when_approved"
        ),
        CheckConstraint("(approved_by_id IS NULL) = (approved_at IS NULL)", name="approved_by_and_at"),
        CheckConstraint("(correcting = '') = (correcting_by_id IS NULL)", name="correction_has_its_author"),
        CheckConstraint("(sent_by_id IS NULL) = (sent_at IS NULL)", name="sent_by_and_at"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> lead_id", name="lead_never_approves"),
        CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> sent_by_id", name="sender_never_approves"
        ),
        CheckConstraint(
            "state NOT IN ('in_review', 'published') OR sent_by_id IS NOT NULL", name="sent_before_review"
        ),
        Index(
            "uq_audit_one_open_per_service",
            "local_authority_id",
            "service_id",
            unique=True,
            sqlite_where=state.in_([state for state in State if state.is_open]),
            postgresql_where=state.in_([state for state in State if state.is_open]),
        ),
        Index("ix_audit_queue", "local_authority_id", "state", "due_on", "id"),
    )


class Participant(Base):
    """Somebody who took part in an audit: led it, visited, answered or wrote a finding. They can never approve it.

    The database holds this too: triggers refuse an approver who is a participant, whichever came first.
    """

    __tablename__ = "audit_participant"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    since: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Visit(Base):
    """A day, or part of one, on site."""

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    visited_on: Mapped[date]
    notes: Mapped[str] = mapped_column(Text, default="")
    # Made by the form when it is first shown: the same form sent twice makes one visit.
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    visitors: Mapped[list[Visitor]] = relationship(cascade="all, delete-orphan", order_by="Visitor.person_id")
    conversations: Mapped[list[Conversation]] = relationship(
        cascade="all, delete-orphan", order_by="Conversation.role"
    )
    samples: Mapped[list[Sample]] = relationship(cascade="all, delete-orphan", order_by="Sample.kind")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy's own declaration.


class Visitor(Base):
    """One of the people who visited."""

    __tablename__ = "visitor"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class SpokenTo(StrEnum):
    """Whom the visitors spoke to, by role and never by name."""

    PEOPLE = "people"
    RELATIVES = "relatives"
    MANAGER = "manager"
    CARE_STAFF = "care_staff"
    NURSES = "nurses"
    OTHER_STAFF = "other_staff"
    PROFESSIONALS = "professionals"

    @property
    def words(self) -> str:
        """As people say it."""
        return {
            "people": "People who use the service",
            "relatives": "Relatives and friends",
            "manager": "Registered manager or deputy",
            "care_staff": "Care staff",
            "nurses": "Nurses",
            "other_staff": "Other staff",
            "professionals": "Visiting professionals",
        }[self.value]


class Conversation(Base):
    """How many people of one role were spoken to at a visit."""

    __tablename__ = "conversation"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    role: Mapped[SpokenTo] = mapped_column(words_of(SpokenTo, "role_known"), primary_key=True)
    number: Mapped[int]

    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 999", name="number_of_people"),)


class RecordKind(StrEnum):
    """What kinds of record are sampled at a visit."""

    CARE_PLANS = "care_plans"
    MEDICINE_RECORDS = "medicine_records"
    STAFF_FILES = "staff_files"
    TRAINING_RECORDS = "training_records"
    ROTAS = "rotas"
    INCIDENTS = "incidents"
    COMPLAINTS = "complaints"
    CHECKS = "checks"

    @property
    def words(self) -> str:
        """As people say it."""
        return {
            "care_plans": "Care plans",
            "medicine_records": "Medicine records",
            "staff_files": "Staff files",
            "training_records": "Training records",
            "rotas": "Rotas or call logs",
            "incidents": "Incident and accident records",
            "complaints": "Complaints",
            "checks": "Safety and quality checks",
        }[self.value]


class Sample(Base):
    """How many records of one kind were read at a visit, of how many there are, where that is known."""

    __tablename__ = "sample"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    kind: Mapped[RecordKind] = mapped_column(words_of(RecordKind, "kind_known"), primary_key=True)
    seen: Mapped[int]
    out_of: Mapped[int | None]

    __table_args__ = (
        CheckConstraint("seen BETWEEN 1 AND 9999", name="number_seen"),
        CheckConstraint("out_of IS NULL OR out_of >= seen", name="seen_within_all"),
    )


class PinnedRating(Base):
    """A CQC rating that stood when the visit began. Rating rows never change, so the link is the whole pin."""

    __tablename__ = "pinned_rating"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), primary_key=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), primary_key=True)

    rating: Mapped[Rating] = relationship(lazy="joined", innerjoin=True)


class ReferenceCounter(Base):
    """The last number given to an audit or a report of a council in a year; its row is locked to give the next."""

    __tablename__ = "reference_counter"
    unrecorded = True

    local_authority_id: Mapped[int] = mapped_column(ForeignKey("local_authority.id"), primary_key=True)
    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int]
