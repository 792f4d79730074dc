"""Writing invented services as the files CQC would have published, and loading them with the real reader."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from quality.core.clock import today
from quality.editions.loading import load_file

__all__ = ["Row", "load", "months_ago", "ratings_row", "register_row"]

# What is known of an invented service, or one row of a file: texts by name.
Row = dict[str, str]
_CATEGORIES = {"Y": "Residential social care", "N": "Community based adult social care services"}


def load(rows: Sequence[Row], name: str, *, as_at: date, part: bool = False) -> None:
    """Write these rows as a file and load it; one that is a part speaks only of what it lists."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}_{as_at.isoformat()}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        load_file(path, as_at=as_at, part=part, confirm=lambda movement: True)


def months_ago(months: float) -> date:
    """About so many months before today."""
    return today() - timedelta(days=round(months * 30.44))


def ratings_row(facts: Row, group: str, rating: str, months_old: float, domain: str = "Overall") -> Row:
    """One row of *Latest ratings*: a rating published so many months before today."""
    return {
        "Location ID": facts["id"],
        "Location ODS Code": "",
        "Location Name": facts["name"],
        "Care Home?": facts["home"],
        "Location Type": "Social Care Org",
        "Location Primary Inspection Category": _CATEGORIES[facts["home"]],
        "Location Street Address": facts.get("street", ""),
        "Location Address Line 2": "",
        "Location City": facts["town"],
        "Location Post Code": facts["postcode"],
        "Location Local Authority": facts["council"],
        "Location Region": facts["region"],
        "Location NHS Region": "",
        "Location ONSPD CCG Code": "",
        "Location ONSPD CCG": "",
        "Location Commissioning CCG Code": "",
        "Location Commissioning CCG Name": "",
        "Service / Population Group": group,
        "Domain": domain,
        "Latest Rating": rating,
        "Publication Date": f"{months_ago(months_old):%d/%m/%Y}",
        "Report Type": "Location",
        "Inherited Rating (Y/N)": "N",
        "URL": f"http://www.cqc.org.uk/location/{facts['id']}",
        "Provider ID": facts["provider_id"],
        "Provider Name": facts["provider"],
        "Brand ID": "-",
        "Brand Name": "-",
    }


def register_row(facts: Row) -> Row:
    """One row of the register, with where the service lies, its beds and its types."""
    is_home = facts["home"] == "Y"
    return {
        "Location ID": facts["id"],
        "Location HSCA start date": "01/10/2010",
        "Care home?": facts["home"],
        "Location Name": facts["name"],
        "Location Telephone Number": "",
        "Location Web Address": "",
        "Care homes beds": facts["beds"],
        "Location Type/Sector": "Social Care Org",
        "Location Primary Inspection Category": _CATEGORIES[facts["home"]],
        "Location Region": facts["region"],
        "Location Local Authority": facts["council"],
        "Location Street Address": "",
        "Location Address Line 2": "",
        "Location City": facts["town"],
        "Location County": "",
        "Location Postal Code": facts["postcode"],
        "Location Latitude": facts["latitude"],
        "Location Longitude": facts["longitude"],
        "Dormant (Y/N)": "N",
        "Brand ID": "-",
        "Brand Name": "-",
        "Provider ID": facts["provider_id"],
        "Provider Name": facts["provider"],
        "Provider Companies House Number": "",
        "Service type - Care home service with nursing": facts["nursing"],
        "Service type - Care home service without nursing": "Y" if is_home and not facts["nursing"] else "",
        "Service type - Domiciliary care service": "" if is_home else "Y",
        "Regulated activity - Personal care": "" if is_home else "Y",
        "Service user band - Older People": "Y",
    }
