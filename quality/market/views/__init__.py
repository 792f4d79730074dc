"""The pages of the market."""

from quality.market.views.common import blueprint

__all__ = ["blueprint"]
