"""Why an audit was chosen; from and to which day a contract is.

Revision: 0013
Follows: 0012
"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_REASONS = (
    *("not_recorded", "programme", "follow_up", "concern", "cqc", "change", "sample", "asked", "other"),
)
_KNOWN = ", ".join(f"'{reason}'" for reason in _REASONS)
# SQLite can only add a rule to a table together with a column; so each column brings the rules that it completes.
# Audits planned before, and contracts noted before, keep what they are: nobody recorded more of them.
_COLUMNS = (
    (
        "audit",
        "chosen_because VARCHAR(12) DEFAULT 'not_recorded' NOT NULL "
        f"CONSTRAINT ck_audit_chosen_because_known CHECK (chosen_because IN ({_KNOWN}))",
    ),
    (
        "audit",
        "chosen_note TEXT DEFAULT '' NOT NULL "
        "CONSTRAINT ck_audit_other_reason_said CHECK (chosen_because <> 'other' OR length(trim(chosen_note)) > 0) "
        "CONSTRAINT ck_audit_nothing_said_of_no_reason "
        "CHECK (chosen_because <> 'not_recorded' OR chosen_note = '')",
    ),
    ("contract", "starts_on DATE"),
    (
        "contract",
        "ends_on DATE CONSTRAINT ck_contract_ends_after_it_starts CHECK (ends_on >= starts_on)",
    ),
)


def upgrade() -> None:
    """Add the columns."""
    for table, column in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def downgrade() -> None:
    """Take them away, with what was recorded in them."""
    for table, column in reversed(_COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")
