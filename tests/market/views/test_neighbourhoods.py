"""The page of poorer and richer, urban and rural neighbourhoods, and its file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from quality.market.areas.deprivation import load_deprivation
from quality.market.areas.postcodes import load_postcodes
from tests.builders.registers import load_rows
from tests.market.areas.files import directory, ranks
from tests.market.figures.test_rules import home
from tests.market.views.conftest import LAST
from tests.pages import CheckedClient

DAY = "?as_at=2026-06-30"


def test_the_file_has_the_groups_of_the_page_with_codes_and_how_they_were_placed(
    browser: CheckedClient, tmp_path: Path
) -> None:
    poor, rich = home(1, Location_Post_Code="CM20 9ZZ"), home(2, Location_Post_Code="SS14 9ZZ")
    unknown = home(3, Location_Post_Code="ZZ1 1AA")
    load_rows([poor, {**rich, "Latest Rating": "Inadequate"}, unknown], as_at=LAST)
    places = [
        {"pcds": "CM20 9ZZ", "lad25cd": "E07000073", "lsoa21cd": "E01021818", "ruc21ind": "UN1"},
        {"pcds": "SS14 9ZZ", "lad25cd": "E07000066", "lsoa21cd": "E01021300", "ruc21ind": "RSN1"},
    ]
    load_postcodes(directory(tmp_path / "ONSPD.csv", *places))
    without_ranks = browser.get(f"/market/neighbourhoods/Northmere/shares.csv{DAY}").text
    assert "urban or rural" in without_ranks
    assert "deprivation" not in without_ranks
    load_deprivation(ranks(tmp_path / "ranks.csv", ("E01021818", 1), ("E01021300", 33_000)), edition=2025)
    answer = browser.get(f"/market/neighbourhoods/Northmere/shares.csv{DAY}")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    told = {row["Group code"]: (row["Good or Outstanding"], row["Counted"]) for row in rows}
    assert told == {
        "1": ("1", "1"),
        "2": ("0", "0"),
        "3": ("0", "0"),
        "4": ("0", "0"),
        "5": ("0", "1"),
        "urban": ("1", "1"),
        "rural": ("0", "1"),
    }
    assert {(row["As at"], row["Not placed"], row["Placed by"], row["Rule"]) for row in rows} == {
        ("2026-06-30", "1", "ONSPD", "rated/1")
    }
    assert all("Office for National Statistics" in row["Source"] and row["Licence"] for row in rows)
    browser.get(f"/market/neighbourhoods/Northmere{DAY}")
    assert browser.page.find("a", href=lambda to: bool(to) and "shares.csv" in to) is not None
