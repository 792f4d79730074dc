"""A council's team begins to work here."""

from __future__ import annotations

import pytest

from quality.core.errors import Invalid
from quality.history.queries import timeline
from quality.services.operations import add_council
from tests.builders.cqc_files import LARKFIELD
from tests.builders.registers import load_rows
from tests.databases import Database


def test_a_council_is_added_with_its_event_in_its_own_chain(session: Database) -> None:
    council = add_council("  Northmere ", "nmr", "East of England")
    assert (council.name, council.council_code, council.region) == ("Northmere", "NMR", "East of England")
    (entry,) = timeline("local_authority", council.id)
    assert entry.sentence.endswith("set up Northmere.")


def test_an_authority_from_a_file_becomes_the_council(session: Database) -> None:
    load_rows([LARKFIELD])
    council = add_council("Northmere", "NMR", "Elsewhere")
    assert (council.council_code, council.region) == ("NMR", "East of England")


@pytest.mark.parametrize("code", ["", "N", "NORTHMERE", "NM1", "N-R"])
def test_a_code_that_is_not_two_to_six_letters_is_refused(session: Database, code: str) -> None:
    with pytest.raises(Invalid, match="two to six letters") as error:
        add_council("Northmere", code)
    assert error.value.field == "code"


def test_a_code_belongs_to_one_council(session: Database) -> None:
    add_council("Northmere", "NMR")
    with pytest.raises(Invalid, match="The code NMR belongs to Northmere"):
        add_council("Southmere", "NMR")


def test_a_council_is_added_once(session: Database) -> None:
    add_council("Northmere", "NMR")
    with pytest.raises(Invalid, match="works here already, with the code NMR"):
        add_council("Northmere", "NOR")


def test_a_council_needs_a_name(session: Database) -> None:
    with pytest.raises(Invalid) as error:
        add_council("  ", "NMR")
    assert error.value.field == "name"
