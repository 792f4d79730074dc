"""The queue as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from quality.audits.lifecycle import State
from quality.people.models import Person
from tests.builders.audits import a_manager, an_audit
from tests.builders.people import a_council
from tests.databases import Database
from tests.pages import CheckedClient


def test_the_queue_of_an_address_is_had_as_a_file(
    session: Database, sign_in: Callable[[Person], CheckedClient]
) -> None:
    council = a_council(session)
    planned = [an_audit(session, State.PLANNED, council=council).reference for _ in range(27)]
    waiting = an_audit(session, State.IN_REVIEW, council=council)
    browser = sign_in(a_manager(session, council))

    def rows(address: str) -> list[dict[str, str]]:
        answer = browser.get(address)
        assert answer.mimetype == "text/csv"
        return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))

    (row,) = rows("/queue.csv")
    assert row["Audit"] == waiting.reference
    assert (row["State"], row["State (code)"]) == (State.IN_REVIEW.words, "in_review")
    assert row["Due"] == str(waiting.due_on)
    assert row["CQC overall rating (code)"] == "none"
    chosen = [row[name] for name in ("Why it was chosen", "Why it was chosen (code)", "More about why")]
    assert chosen == ["Routine programme", "programme", ""]
    assert sorted(row["Audit"] for row in rows("/queue.csv?state=planned")) == sorted(planned)
    browser.get("/queue?state=planned")
    link = browser.page.find("a", string="Download these audits (CSV)")
    assert link is not None
    assert link["href"] == "/queue.csv?state=planned"


def test_another_council_s_audits_are_not_in_the_file(
    session: Database, sign_in: Callable[[Person], CheckedClient]
) -> None:
    an_audit(session, State.IN_REVIEW)
    browser = sign_in(a_manager(session, a_council(session, "Southmere", "SMR")))
    assert len(browser.get("/queue.csv").text.splitlines()) == 1
