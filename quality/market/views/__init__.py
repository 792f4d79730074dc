"""The pages of the market."""

from quality.market.views import (
    area,
    charts,
    council,
    lists,
    lists_file,
    movements,
    neighbourhoods,
    papers,
    publications,
    published,
    trend,
)
from quality.market.views.common import blueprint

__all__ = [
    "area",
    "blueprint",
    "charts",
    "council",
    "lists",
    "lists_file",
    "movements",
    "neighbourhoods",
    "papers",
    "publications",
    "published",
    "trend",
]
