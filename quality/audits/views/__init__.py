"""The pages of audits."""

from quality.audits.views import cases, lists, moves, plans, visits
from quality.audits.views.common import blueprint

__all__ = ["blueprint", "cases", "lists", "moves", "plans", "visits"]
