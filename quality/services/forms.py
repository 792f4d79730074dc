"""The forms of the register."""

from __future__ import annotations

from quality.core.forms import DateField, HouseForm, LongTextField


class ContractsForm(HouseForm):
    """Which services are contracted, by their CQC ids, and from and to which day."""

    ids = LongTextField("CQC location IDs", required="Enter at least one CQC location ID, like 1-123456789")


class ContractDaysForm(HouseForm):
    """From and to which day a service is contracted."""

    starts_on = DateField("First day (optional)")
    ends_on = DateField("Last day (optional)")
