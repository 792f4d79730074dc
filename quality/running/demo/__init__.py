"""An invented council with people, services and audits in every state. Nothing in it is about a real place or person.

Everything is made by the operations that people use, so the demo council can be in no state that a real one could not.
"""

from __future__ import annotations

from collections.abc import Callable

from quality.running.demo.audits import make_audits
from quality.running.demo.market import load_market, publish_market
from quality.running.demo.people import PASSWORD, accounts, is_empty, make_council, make_people
from quality.running.demo.services import (
    load_newer_ratings,
    load_services,
    note_contracted,
    publish_framework,
)

__all__ = ["PASSWORD", "STEPS", "accounts", "is_empty"]

# In the order in which a real council would begin. All of them are one transaction, so a demo is whole or not there.
STEPS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("the council", make_council),
    ("its framework", publish_framework),
    ("its services and their ratings", load_services),
    ("the market around it", load_market),
    ("its people", make_people),
    ("what it contracts", note_contracted),
    ("its audits and reports", make_audits),
    ("what CQC published since", load_newer_ratings),
    ("what it publishes of the market", publish_market),
)
