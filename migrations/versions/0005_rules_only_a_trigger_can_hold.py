"""Rules only a trigger can hold.

Revision: 0005
Follows: 0004
"""

from __future__ import annotations

from migrations.triggers import Trigger, allow_again, refuse

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Nobody approves an audit they took part in, whichever of the two facts comes first.
_TOOK_PART = "EXISTS (SELECT 1 FROM audit_participant p WHERE p.audit_id = NEW.id AND p.person_id = NEW.approved_by_id)"
_APPROVED_IT = "EXISTS (SELECT 1 FROM audit a WHERE a.id = NEW.audit_id AND a.approved_by_id = NEW.person_id)"
_VISIT_BEGAN = "EXISTS (SELECT 1 FROM audit a WHERE a.id = OLD.audit_id AND a.state <> 'planned')"
_FROZEN_FRAMEWORK = "A published framework cannot be changed."
_ENVELOPE = (
    "id",
    "council",
    "number",
    "kind",
    "record_type",
    "record_id",
    "by_id",
    "at",
    "envelope",
    "previous_hash",
    "hash",
)


def _differs(*columns: str) -> str:
    return "(" + " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns) + ")"


TRIGGERS: tuple[Trigger, ...] = (
    ("approver_took_no_part", "audit", "UPDATE", _TOOK_PART, "Nobody approves an audit they took part in."),
    (
        "participant_did_not_approve",
        "audit_participant",
        "INSERT",
        _APPROVED_IT,
        "The approver takes no part.",
    ),
    ("participant_unchanged", "audit_participant", "UPDATE", "true", "Who took part cannot be changed."),
    (
        "participant_stays",
        "audit_participant",
        "DELETE",
        _VISIT_BEGAN,
        "Who took part stays once the visit began.",
    ),
    ("framework_version_frozen", "framework_version", "UPDATE", "true", _FROZEN_FRAMEWORK),
    ("framework_version_kept", "framework_version", "DELETE", "true", _FROZEN_FRAMEWORK),
    ("standard_frozen", "standard", "UPDATE", "true", _FROZEN_FRAMEWORK),
    ("standard_kept", "standard", "DELETE", "true", _FROZEN_FRAMEWORK),
    ("question_frozen", "question", "UPDATE", "true", _FROZEN_FRAMEWORK),
    ("question_kept", "question", "DELETE", "true", _FROZEN_FRAMEWORK),
    ("history_sealed", "history_event", "UPDATE", _differs(*_ENVELOPE), "History is append-only."),
    ("history_kept", "history_event", "DELETE", "true", "History is append-only."),
    (
        "report_snapshot_frozen",
        "report",
        "UPDATE",
        f"({_differs('number', 'issue', 'audit_id', 'snapshot', 'snapshot_sha256')} OR OLD.issued_at IS NOT NULL)",
        "An issued report cannot be changed; a correction is a new issue.",
    ),
    ("report_kept", "report", "DELETE", "true", "A report is never deleted."),
)


def upgrade() -> None:
    """Apply."""
    for trigger in TRIGGERS:
        refuse(trigger)


def downgrade() -> None:
    """Undo."""
    for trigger in reversed(TRIGGERS):
        allow_again(trigger)
