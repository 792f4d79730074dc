"""A named value stands where it is used, when it is the same everywhere."""

from __future__ import annotations

import pytest

from quality.printing.errors import PrintingError
from quality.printing.variables import with_values
from tests.printing.documents import a_pdf


def test_a_value_takes_the_place_of_its_name() -> None:
    css = ":root { --ink: #14181c; --rule: 1pt solid red } p { color: var(--ink); border: var( --rule ) }"
    assert with_values(css).endswith("p { color: #14181c; border: 1pt solid red }")


def test_names_of_several_root_rules_are_known() -> None:
    css = ":root { --accent: #1d5b7a }\n:root { --ink: #14181c }\np { color: var(--accent); background: var(--ink) }"
    assert with_values(css).endswith("p { color: #1d5b7a; background: #14181c }")


@pytest.mark.parametrize(
    "css",
    [
        ":root { --ink: red } .quiet { --ink: grey } p { color: var(--ink) }",
        ".quiet { --ink: grey } p { color: var(--ink) }",
        "p { color: var(--ink) }",
        ":root { --ink: red } p { color: var(--inky) }",
    ],
    ids=["declared twice", "declared elsewhere", "not declared", "another name"],
)
def test_a_name_without_one_value_for_all_stays(css: str) -> None:
    assert with_values(css) == css


def test_a_document_looks_the_same_with_values_as_with_names() -> None:
    named = a_pdf(css=":root { --ink: #7a1d1d } h1 { color: var(--ink) }")
    assert named == a_pdf(css="h1 { color: #7a1d1d }")
    assert named != a_pdf()


def test_a_name_nobody_declared_stops_the_document() -> None:
    with pytest.raises(PrintingError):
        a_pdf(css="h1 { color: var(--nobody) }")


def test_a_faulty_value_is_complained_of_where_it_is_used() -> None:
    with pytest.raises(PrintingError):
        a_pdf(css=":root { --ink: 12 } h1 { color: var(--ink) }")
