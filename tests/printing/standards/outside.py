"""What programs of other people say of a document."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class FalseAlarm:
    """A complaint of outloud that we know of and do not share: its rule, what it says, and why it is wrong here."""

    rule: str
    says: str
    why: str


FALSE_ALARMS = (
    FalseAlarm(
        "TBL-010",
        r"header cells look shredded: \d+ header cells against \d+ data cells",
        "It counts cells: a table of two columns whose first row and first column are headings has more headings than "
        "other cells, and that is how such a table should be.",
    ),
    FalseAlarm(
        "ORD-001",
        r".*paint tagged content out of tag-tree order.*",
        "What stands beside a text on the page is painted after it. Readers follow the tree, and our own test compares "
        "the tree with the page it was made from.",
    ),
    FalseAlarm(
        "PAG-001",
        r".*running header or footer line\(s\) are tagged as content.*",
        "Findings that happen to begin at the same height of three pages, and heads of tables that go on, look like "
        "running heads. Ours are furniture, which our own test of what is not read shows.",
    ),
    FalseAlarm(
        "LNK-010",
        r".*printed as text with no link annotation over them",
        "The address under a link is for the reader of paper, and the link itself stands above it; an address in a "
        "text that a person or a licence wrote is left as it was written.",
    ),
    FalseAlarm(
        "TAG-002",
        r"1 line\(s\) of prose are marked /Artifact and will be skipped by every reader",
        "It knows a running head by its being on three pages, so that of a paper of two looks like prose nobody reads. "
        "Our own reading allows words outside the tree in running heads alone.",
    ),
    FalseAlarm(
        "FRM-003",
        r"1 form field widget\(s\) are not inside a /Form structure element",
        "The council's seal is a field beside the page, and the standard asks for a place in the tree only of what is "
        "on it (ISO 14289-1, section 7.18.1).",
    ),
)


def outloud_says(pdf: Path) -> list[str]:
    """Every complaint of outloud, error or warning, that is no known false alarm."""
    run = "from outloud.cli import main; main()"
    (document,) = _json(["-c", run, str(pdf), "--fail-on", "never", "--json", "-"])["results"]
    assert not document.get("error"), document["error"]
    found = [one for one in document["findings"] if one["severity"] != "info"]
    return [f"{one['rule']} {one['severity']}: {one['message']}" for one in found if not _is_false(one)]


def _is_false(found: dict[str, str]) -> bool:
    return any(found["rule"] == one.rule and re.fullmatch(one.says, found["message"]) for one in FALSE_ALARMS)


CRASHES = {
    "UA-14-001": "It stops at the first element with more than one child; our own reading checks headings."
}
"""Rules of pdfua 0.1.3 that cannot be asked with the pikepdf of today, and who asks instead."""


def pdfua_says(pdf: Path) -> list[str]:
    """Every complaint of pdfua, and every rule that it did not ask and that we do not know of."""
    told = _json(["-m", "pdfua", "check", str(pdf), "--format", "json"])
    unasked = [one["rule_id"] for one in told["skipped"] if one["rule_id"] not in CRASHES]
    return [f"{one['rule_id']}: {one['message']}" for one in told["findings"]] + unasked


def qpdf_says(pdf: Path) -> str:
    """What qpdf finds wrong with the file; nothing when it is sound."""
    done = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _json(command: list[str]) -> dict[str, Any]:
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise AssertionError(f"the checker said nothing that can be read: {done.stderr[-500:]}") from error
    return told
