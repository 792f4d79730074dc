"""The diagram in docs/lifecycle.md, drawn from the lifecycle's table between two markers."""

from __future__ import annotations

from config import ROOT
from quality.audits.lifecycle import MOVES, as_mermaid

PAPER = ROOT / "docs" / "lifecycle.md"
BEGIN = "<!-- Drawn by `flask audits lifecycle --write`. Change quality/audits/lifecycle.py instead. -->"
END = "<!-- End of what is drawn. -->"


def redrawn(paper: str) -> str:
    """The paper with the part between the markers drawn anew. ValueError when a marker is missing."""
    before, _, rest = paper.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{PAPER.name} has lost the markers between which the diagram is drawn.")
    return f"{before}{BEGIN}\n\n```mermaid\n{as_mermaid()}\n```\n\n{_as_table()}\n\n{END}{after}"


def _as_table() -> str:
    lines = ["| Move | From | To | Who | What it does |", "| --- | --- | --- | --- | --- |"]
    for move in MOVES:
        states = ", ".join(state.words for state in move.from_states)
        who = move.permission.value.replace("_", " ")
        who += ", nobody who took part" if move.independent else ""
        who += ", only who took part" if move.participants_only else ""
        lines.append(f"| {move.button} | {states} | {move.to_state.words} | {who} | {move.help} |")
    return "\n".join(lines)
