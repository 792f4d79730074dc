"""The pages of the market."""

from quality.market.views import area, movements, neighbourhoods, trend
from quality.market.views.common import blueprint

__all__ = ["area", "blueprint", "movements", "neighbourhoods", "trend"]
