"""The pages of this feature: one blueprint for all but a person's own account."""

from __future__ import annotations

from quality.people.views import adding, administration, home, joining, sign_in  # noqa: F401 -- Each adds its pages.
from quality.people.views.account import account
from quality.people.views.blueprint import blueprint

__all__ = ["account", "blueprint"]
