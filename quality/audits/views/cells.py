"""The cells of a list of audits: many rows, but few different things said of them, so each is rendered once."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from flask import get_template_attribute
from markupsafe import Markup

from quality.audits.lifecycle import State
from quality.audits.wording import due_in_words, is_overdue
from quality.cqc.words import RatingWord


@cache
def state(one: State) -> Markup:
    """The tag of a state."""
    tag: Markup = get_template_attribute("components/tags.html", "state_tag")(one)
    return tag


@cache
def rating(word: RatingWord | None, by_service: bool) -> Markup:
    """A rating of CQC's as it looks everywhere; where the service groups are rated instead, that they are."""
    if by_service:
        return Markup("By service")
    tag: Markup = get_template_attribute("components/tags.html", "rating_tag")(word)
    return tag


@lru_cache(maxsize=4096)
def due(due_on: date | None, today: date) -> Markup:
    """A deadline in words, with its day."""
    deadline = get_template_attribute("audits/_rows.html", "deadline")
    cell: Markup = deadline(due_in_words(due_on, today), due_on, is_overdue(due_on, today))
    return cell
