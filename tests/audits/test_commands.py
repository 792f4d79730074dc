"""`flask audits`."""

from __future__ import annotations

import json

from flask import Flask

from quality.audits.lifecycle import State, as_mermaid
from tests.builders.audits import an_audit
from tests.databases import Database


def test_the_list_is_one_json_object(app: Flask, session: Database) -> None:
    audit = an_audit(session, State.IN_REVIEW)
    session.commit()
    answer = app.test_cli_runner().invoke(args=["audits", "list", "--json"])
    assert answer.exit_code == 0
    (listed,) = json.loads(answer.stdout)["audits"]
    assert listed["reference"] == audit.reference
    assert listed["state"] == "in_review"
    assert listed["location_id"] == audit.service.cqc_id
    assert (listed["chosen_because"], listed["chosen_note"]) == ("programme", "")
    assert listed["due_on"] == audit.due_on.isoformat() if audit.due_on else None


def test_the_list_is_readable_too(app: Flask, session: Database) -> None:
    audit = an_audit(session, State.PUBLISHED)
    session.commit()
    answer = app.test_cli_runner().invoke(args=["audits", "list"])
    assert f"{audit.reference}\tpublished\t" in answer.stdout


def test_the_lifecycle_is_printed(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["audits", "lifecycle"]).stdout.strip() == as_mermaid()
