"""Small histories of what CQC told of six invented services: registers, ratings, closures, in any order of loading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.builders.cqc_files import Cell
from tests.builders.cqc_files_headings import DUAL, PRIMARY
from tests.builders.registers import LARKFIELD, load_deactivated, load_register, load_rows

Line = dict[str, Cell]
# For each edition its kind, its day, and what it says of some of the services.
History = Sequence[tuple[str, date, dict[int, dict[str, Any]]]]
IDS = [f"1-9{number:08}" for number in range(1, 7)]
DAYS = [date(2026, month, 1) for month in (1, 3, 5, 7)]
WORDS = ["Outstanding", "Good", "Requires improvement", "Inadequate", "Not Rated", "Inspected but not rated"]
# Older and younger than three years on some of the days that are asked for, and to the day.
PUBLISHED = ["", "01/03/2023", "02/03/2023", "28/02/2023", "14/03/2020", "20/12/2025"]
TYPES = ("Care home service with nursing", "Care home service without nursing", "Domiciliary care service")
CATEGORIES = [
    "Residential social care",
    "Community based adult social care services",
    "Slimming Clinics",
]


def _facts(number: int, told: dict[str, Any]) -> Line:
    return {
        "Location ID": IDS[number],
        "Location Name": f"Invented House {number}",
        "Location Local Authority": told["authority"],
        "Provider ID": f"1-80000000{number % 2}",
        "Provider Name": f"Invented Care {number % 2} Limited",
        "Location Primary Inspection Category": told["category"],
    }


def _registered(number: int, told: dict[str, Any]) -> Line:
    line: Line = {**LARKFIELD, **_facts(number, told)}
    line["Care home?"] = told["home"]
    line["Dormant (Y/N)"] = told["dormant"]
    line["Care homes beds"] = told["beds"]
    line["Service type - Care home service without nursing"] = ""
    for name in told["types"]:
        line[f"Service type - {name}"] = "Y"
    line["Service user band - Dementia"] = told["dementia"]
    if told["primary"] is not None:
        line |= {DUAL: "Dual Registration", PRIMARY: IDS[told["primary"]]}
    return line


def _rated(number: int, told: dict[str, Any]) -> list[Line]:
    facts = {**_facts(number, told), "Care Home?": told["home"]}
    whole = {"Latest Rating": told["word"], "Publication Date": told["published"]}
    rows = [{**facts, **whole, "Inherited Rating (Y/N)": told["inherited"]}]
    for group, (word, published) in told["groups"].items():
        rows.append(
            {
                **facts,
                "Service / Population Group": group,
                "Latest Rating": word,
                "Publication Date": published,
            }
        )
    return rows


WHAT = st.fixed_dictionaries(
    {
        "authority": st.sampled_from(["Northmere", "Northmere", "Southmere"]),
        "category": st.sampled_from([*CATEGORIES[:2], *CATEGORIES]),
        "home": st.sampled_from(["Y", "N"]),
        "dormant": st.sampled_from(["N", "N", "Y"]),
        "beds": st.sampled_from(["", "12", "40"]),
        "types": st.lists(st.sampled_from(TYPES), unique=True, max_size=2),
        "dementia": st.sampled_from(["", "Y"]),
        "primary": st.none() | st.none() | st.integers(0, 5),
        "word": st.sampled_from([*WORDS[:4], *WORDS]),
        "published": st.sampled_from(PUBLISHED),
        "inherited": st.sampled_from(["N", "Y"]),
        "groups": st.dictionaries(
            st.sampled_from(["Homecare", "Supported living"]),
            st.tuples(st.sampled_from(WORDS[:5]), st.sampled_from(PUBLISHED)),
            max_size=2,
        ),
    }
)
EDITION = st.tuples(
    st.sampled_from(["register", "ratings", "ratings", "ended"]),
    st.sampled_from(DAYS),
    st.dictionaries(st.integers(0, 5), WHAT, min_size=2),
)
HISTORIES = st.lists(EDITION, min_size=2, max_size=5)


def load(history: History) -> None:
    """Load these editions, one after another. Two of one day stand side by side as they do in life."""
    for place, (kind, day, services) in enumerate(history):
        # No two files are the same bytes, which would be one edition.
        own: Line = {"Location City": f"Town {place}"}
        if kind == "register":
            load_register(day, *({**_registered(*one), **own} for one in services.items()))
        elif kind == "ratings":
            rows = [{**row, **own} for one in services.items() for row in _rated(*one)]
            load_rows(rows, as_at=day)
        else:
            some = dict(list(services.items())[:1])
            homes = [{**_registered(*one), **own} for one in some.items()]
            load_deactivated(day, *homes, ended=f"{day:%d/%m/%Y}")
