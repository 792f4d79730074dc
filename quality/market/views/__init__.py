"""The pages of the market."""

from quality.market.views import area, council, movements, neighbourhoods, papers, trend
from quality.market.views.common import blueprint

__all__ = ["area", "blueprint", "council", "movements", "neighbourhoods", "papers", "trend"]
