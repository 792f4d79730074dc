"""The product's table of contents: what each feature adds to the app, in the order of the house."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from quality.audits import feature as audits
from quality.editions import feature as editions
from quality.findings import feature as findings
from quality.frameworks import feature as frameworks
from quality.history import feature as history
from quality.letters import feature as letters
from quality.market import feature as market
from quality.messages import feature as messages
from quality.people import feature as people
from quality.photographs import feature as photographs
from quality.ratings import feature as ratings
from quality.reports import feature as reports
from quality.running import feature as running
from quality.services import feature as services

FEATURES: tuple[Callable[[Flask], None], ...] = (
    people.install,
    history.install,
    messages.install,
    services.install,
    frameworks.install,
    ratings.install,
    editions.install,
    audits.install,
    photographs.install,
    findings.install,
    reports.install,
    letters.install,
    market.install,
    running.install,
)
