"""Ways to damage what lies in what, one fault each, and the complaint each must bring."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf

from tests.printing.documents import tags_of


def _body_alone(pdf: pikepdf.Pdf) -> None:
    tags_of(pdf, "/TBody")[0].S = pikepdf.Name.TFoot


def _row_in_a_list(pdf: pikepdf.Pdf) -> None:
    tags_of(pdf, "/LI")[0].S = pikepdf.Name.TR


def _caption_between(pdf: pikepdf.Pdf) -> None:
    table = tags_of(pdf, "/Table")[0]
    first, second, *others = list(table.K)
    table.K = pikepdf.Array([second, first, *others])


def _another_parent(pdf: pikepdf.Pdf) -> None:
    tags_of(pdf, "/LI")[0].P = tags_of(pdf, "/Table")[0]


def _no_parent(pdf: pikepdf.Pdf) -> None:
    del tags_of(pdf, "/Table")[0].P


def _over_another(pdf: pikepdf.Pdf) -> None:
    rows = tags_of(pdf, "/TR")
    rows[-2].K[1].A.RowSpan = 2
    rows[-1].K[0].A.ColSpan = 2


def _below_the_table(pdf: pikepdf.Pdf) -> None:
    tags_of(pdf, "/TR")[-1].K[1].A.RowSpan = 2


NESTED_WRONGLY: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "body alone": (_body_alone, "nesting: a Table holds Caption THead TFoot"),
    "row in a list": (_row_in_a_list, "nesting: a TR lies in a L"),
    "caption between": (_caption_between, "nesting: a Table holds THead Caption TBody"),
    "another parent": (_another_parent, "nesting: a LI does not say what it lies in"),
    "no parent": (_no_parent, "nesting: a Table does not say what it lies in"),
    "over another": (_over_another, "grid: a cell of a table lies over another"),
    "below the table": (_below_the_table, "grid: a cell reaches below its table"),
}
