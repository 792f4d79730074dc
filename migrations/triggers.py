"""Rules that only a trigger can hold, in the words of both databases.

Each is `(name, table, event, condition, sentence)`: the write is refused with the sentence when the condition is true.
"""

from __future__ import annotations

from alembic import op

Trigger = tuple[str, str, str, str, str]


def refuse(trigger: Trigger) -> None:
    """Create one refusing trigger on the database being migrated."""
    name, table, event, condition, sentence = trigger
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    returned = "OLD" if event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {returned}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def allow_again(trigger: Trigger) -> None:
    """Drop one refusing trigger."""
    name, table, *_ = trigger
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {name}")
        return
    op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute(f"DROP FUNCTION {name}()")
