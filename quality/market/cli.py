"""The group of commands for the market."""

from __future__ import annotations

from flask.cli import AppGroup

from quality.market.cli_areas import areas, deprivation, lookup
from quality.market.cli_lists import list_areas, remove_areas, restore_areas
from quality.market.cli_outlines import outline
from quality.market.cli_outside import outside
from quality.market.cli_publications import publications

market = AppGroup(
    "market", help="The market: shares of services rated Good or Outstanding, and what goes with them."
)

for command in (list_areas, remove_areas, restore_areas):
    areas.add_command(command)
for group in (areas, deprivation, lookup, outline, outside, publications):
    market.add_command(group)
