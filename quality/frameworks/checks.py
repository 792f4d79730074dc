"""Checks that look at more than one value at a time."""

from collections.abc import Sequence

from quality.frameworks.tables import Table
from quality.frameworks.vocabulary import CQC_QUALITY_STATEMENTS, KeyQuestion

__all__ = ["check_codes", "check_statement"]


def check_codes(table: Table, noun: str, codes: Sequence[str], parent: str) -> None:
    """Codes count from 1 without a gap and begin with their parent's: 1.2.1, 1.2.2 and so on."""
    if not codes:
        raise table.wrong(f"there should be one or more {noun}s")
    for position, code in enumerate(codes, 1):
        expected = f"{parent}.{position}" if parent else str(position)
        if code != expected:
            raise table.wrong(f"the code of {noun} {code} should be {expected}")


def check_statement(table: Table, key_question: KeyQuestion, statement: str) -> None:
    """A quality statement must be one of CQC's, and belong to the key question it is put with."""
    if statement in CQC_QUALITY_STATEMENTS[key_question]:
        return
    for other, statements in CQC_QUALITY_STATEMENTS.items():
        if statement in statements:
            raise table.wrong(
                f"CQC's quality statement “{statement}” belongs to {other}, not to {key_question}"
            )
    raise table.wrong(f"“{statement}” is not one of CQC's 34 quality statements")
