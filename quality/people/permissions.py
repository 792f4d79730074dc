"""What a person may do, and the roles as sets of it."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing the service lets a person do. Views state one; roles are sets of them."""

    USE_SERVICE = "use_service"
    READ_SERVICES = "read_services"
    NOTE_CONTRACTS = "note_contracts"
    READ_AUDITS = "read_audits"
    RECORD_AUDITS = "record_audits"
    REVIEW_AUDITS = "review_audits"
    READ_REPORTS = "read_reports"
    MANAGE_PEOPLE = "manage_people"
    LOAD_EDITIONS = "load_editions"
    READ_MARKET = "read_market"
    PUBLISH_MARKET = "publish_market"


class Role(StrEnum):
    """A role: its stored word, what it is called, what it is for, and its permissions."""

    title: str  # type: ignore[assignment]  # A role has a title; text has a method of that name that no role needs.
    purpose: str
    permissions: frozenset[Permission]

    def __new__(
        cls, value: str, title: str = "", purpose: str = "", permissions: frozenset[Permission] = frozenset()
    ) -> Role:
        """Keep title, purpose and permissions beside the stored word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.title, member.purpose, member.permissions = title, purpose, permissions
        return member

    QUALITY_OFFICER = (
        "quality_officer",
        "Quality officer",
        "Plans audits, visits services, records answers and findings.",
        frozenset(
            {
                Permission.USE_SERVICE,
                Permission.READ_SERVICES,
                Permission.READ_AUDITS,
                Permission.RECORD_AUDITS,
                Permission.READ_REPORTS,
                Permission.READ_MARKET,
            }
        ),
    )
    MANAGER = (
        "manager",
        "Manager",
        "Reviews audits from the queue and approves or returns them; notes contracts; publishes the market’s figures; "
        "may also take part in visits.",
        frozenset(
            {
                Permission.USE_SERVICE,
                Permission.READ_SERVICES,
                Permission.NOTE_CONTRACTS,
                Permission.READ_AUDITS,
                Permission.RECORD_AUDITS,
                Permission.REVIEW_AUDITS,
                Permission.READ_REPORTS,
                Permission.READ_MARKET,
                Permission.PUBLISH_MARKET,
            }
        ),
    )
    ADMINISTRATOR = (
        "administrator",
        "Administrator",
        "Adds people, gives roles, disables people who leave, and fetches CQC's data.",
        frozenset(
            {
                Permission.USE_SERVICE,
                Permission.READ_SERVICES,
                Permission.MANAGE_PEOPLE,
                Permission.LOAD_EDITIONS,
                Permission.READ_MARKET,
            }
        ),
    )
    PROVIDER_CONTACT = (
        "provider_contact",
        "Provider contact",
        "Reads the reports issued to their own provider.",
        frozenset({Permission.USE_SERVICE, Permission.READ_REPORTS}),
    )

    @property
    def is_staff(self) -> bool:
        """True for the council's own people."""
        return self is not Role.PROVIDER_CONTACT


def allowed_to(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that somebody with these roles may do."""
    return frozenset(permission for role in roles for permission in role.permissions)
