"""People, their roles, and their sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quality.core.database import Base, words_of
from quality.people.permissions import Permission, Role, allowed_to


class Person(UserMixin, Base):
    """Somebody who signs in: a member of a council's staff, or a contact at a provider.

    `local_authority_id` is the council that invited them; `provider_id` is set for provider contacts only.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    local_authority_id: Mapped[int] = mapped_column(ForeignKey("local_authority.id"), index=True)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    job_title: Mapped[str] = mapped_column(String(120), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    invited_at: Mapped[datetime]
    invite_code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invite_ends_at: Mapped[datetime | None]
    joined_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    role_rows: Mapped[list[PersonRole]] = relationship(
        back_populates="person", cascade="all, delete-orphan", lazy="selectin", order_by="PersonRole.role"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy's own declaration.
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        CheckConstraint("(invite_code_hash IS NULL) = (invite_ends_at IS NULL)", name="invite_with_its_end"),
        CheckConstraint("(password_hash IS NULL) = (joined_at IS NULL)", name="joined_with_a_password"),
    )

    # Set by the sign-in room when the person was loaded for a request; Flask-Login keeps it in the cookie.
    sign_in_token: str = ""

    def get_id(self) -> str:
        """What the cookie holds: the token of this sign-in, so that ending the sign-in ends the cookie's use."""
        return self.sign_in_token

    @property
    def is_active(self) -> bool:
        """False once disabled, and before the invitation was taken up."""
        return self.disabled_at is None and self.joined_at is not None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held."""
        return frozenset(row.role for row in self.role_rows)

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything the roles let this person do."""
        return allowed_to(self.roles)

    def may(self, permission: str) -> bool:
        """True when one of the roles holds this permission."""
        return permission in self.permissions

    @property
    def is_staff(self) -> bool:
        """True for the council's own people."""
        return self.provider_id is None


class PersonRole(Base):
    """One role held by one person."""

    __tablename__ = "person_role"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(words_of(Role, "role_known"), primary_key=True)
    person: Mapped[Person] = relationship(back_populates="role_rows")


class SignIn(Base):
    """One sign-in: the cookie holds the token, the table only its SHA-256."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class SignInAttempt(Base):
    """A refused sign-in or invitation code; counted to slow down guessing, never a reason to lock for long."""

    __tablename__ = "sign_in_attempt"
    unrecorded: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_sign_in_attempt_key_at", "key", "at"),)
