"""The forms of the register."""

from __future__ import annotations

from quality.core.forms import HouseForm, LongTextField


class ContractsForm(HouseForm):
    """Which services are contracted, by their CQC ids."""

    ids = LongTextField("CQC location IDs", required="Enter at least one CQC location ID, like 1-123456789")
