"""The named values of a style sheet, put where they are used."""

from __future__ import annotations

import re

_ROOT = re.compile(r":root\s*\{(?P<declared>[^{}]*)\}")
_NAMED = re.compile(r"(?P<name>--[\w-]+)\s*:\s*(?P<value>[^;{}]+)")
_USED = re.compile(r"var\(\s*(?P<name>--[\w-]+)\s*\)")


def with_values(css: str) -> str:
    """The style sheet with the values that `:root` names in the place of their names.

    WeasyPrint would look each of them up for every element, which takes a twentieth of a report's time. A name that is
    declared more than once, or anywhere else, stays a name, because then its value depends on where it is used.
    """
    declared = [each["name"] for each in _NAMED.finditer(css)]
    values = {
        each["name"]: each["value"].strip()
        for root in _ROOT.finditer(css)
        for each in _NAMED.finditer(root["declared"])
        if declared.count(each["name"]) == 1
    }
    return _USED.sub(lambda used: values.get(used["name"], used[0]), css)
