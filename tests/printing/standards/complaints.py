"""All our own rules, asked of one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.printing.standards import fonts, keeping, marks, nesting, objects, structure, syntax
from tests.printing.standards.tree import Document

RULES: dict[str, Callable[[Document], Iterator[str]]] = {
    "itself": marks.itself,
    "painted": marks.painted,
    "named": marks.named,
    "kinds": structure.kinds,
    "headings": structure.headings,
    "tables": structure.tables,
    "nesting": nesting.nesting,
    "grid": nesting.grid,
    "identifiers": structure.identifiers,
    "figures": structure.figures,
    "lists": structure.lists,
    "links": structure.links,
    "identity": keeping.identity,
    "colours": keeping.colours,
    "files inside": keeping.files_inside,
    "whole": keeping.whole,
    "lines": syntax.lines,
    "resources": syntax.resources,
    "painting": syntax.painting,
    "seal": syntax.seal,
    "fonts": fonts.fonts,
    "glyphs": fonts.glyphs,
    "pictures": objects.pictures,
    "streams": objects.streams,
    "states": objects.states,
    "actions": objects.actions,
    "limits": objects.limits,
}


def complaints(pdf: bytes) -> list[str]:
    """What is wrong with a document, each with the rule that says so; nothing when all is well."""
    document = Document(pdf)
    return [f"{name}: {said}" for name, rule in RULES.items() for said in rule(document)]
