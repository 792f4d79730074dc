"""The evidence pack for CQC's assessment of the council: figures as plain data, each with the list behind it."""

from __future__ import annotations

from datetime import date

from quality.market.council.pack.coverage import coverage_figures
from quality.market.council.pack.data import PackData, pack_data, period_begins
from quality.market.council.pack.figures import EvidencePack, LeftOut, PackFigure, PackPart, PackRow
from quality.market.council.pack.outcomes import outcome_figures
from quality.market.council.pack.supported import supported_figure
from quality.market.council.pack.work import work_figures
from quality.market.council.selection import selection_of
from quality.services.queries import authority_name

__all__ = ["EvidencePack", "LeftOut", "PackFigure", "PackPart", "PackRow", "evidence_pack", "pack_from"]

_NOT_HELD = (
    LeftOut("Action plans closed and validated", "Improvement plans are not held by this product yet."),
    LeftOut("Provider feedback", "What providers say of our audits is not held by this product yet."),
)
_NO_PLACES = (
    (
        "deprivation",
        "Coverage by deprivation",
        "No lookup of postcodes, or no indices of deprivation, are loaded here.",
    ),
    ("rurality", "Coverage in towns and in the country", "No lookup of postcodes is loaded here."),
    ("district", "Coverage by district", "No lookup of postcodes is loaded here."),
)


def evidence_pack(council: int, as_at: date) -> EvidencePack:
    """The evidence pack of a council as at a day, as plain data."""
    return pack_from(pack_data(council, as_at))


def pack_from(data: PackData) -> EvidencePack:
    """The pack from what was read."""
    missing = [LeftOut(title, why) for name, title, why in _NO_PLACES if getattr(data.places, name) is None]
    return EvidencePack(
        council=authority_name(data.council),
        as_at=data.as_at,
        period_begins=period_begins(data.as_at),
        told_on=data.told_on,
        selection=selection_of(data.issued_since(1)).words,
        figures=(
            *coverage_figures(data),
            *work_figures(data),
            supported_figure(data),
            *outcome_figures(data),
        ),
        left_out=(*_NOT_HELD, *missing),
    )
