"""The published description of a report's JSON, made from the classes themselves, so that it cannot fall behind them.

In JSON Schema, draft 2020-12 (https://json-schema.org/draft/2020-12).
"""

from __future__ import annotations

import dataclasses
import inspect
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from quality.reports.snapshot import SCHEMA_VERSION, Snapshot

_SIMPLE: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def report_schema() -> dict[str, Any]:
    """The schema of the present version: every field is required, none may be added."""
    parts: dict[str, Any] = {}
    whole = _of(Snapshot, parts)
    parts["Snapshot"]["properties"]["schema_version"] = {"const": SCHEMA_VERSION}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A quality audit report, schema version {SCHEMA_VERSION}",
        **whole,
        "$defs": dict(sorted(parts.items())),
    }


def _of(kind: Any, parts: dict[str, Any]) -> dict[str, Any]:
    if get_origin(kind) in (Union, UnionType):
        return {
            "anyOf": [_of(one, parts) for one in get_args(kind) if one is not type(None)] + [{"type": "null"}]
        }
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0], parts)}
    if dataclasses.is_dataclass(kind):
        return _part(kind, parts)
    if issubclass(kind, StrEnum):
        return {"enum": [one.value for one in kind]}
    return dict(_SIMPLE[kind])


def _part(kind: Any, parts: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in parts:
        parts[
            name
        ] = {}  # Its place is taken before its fields are looked at, in case one is of the same class.
        hints = get_type_hints(kind)
        parts[name] = {
            "type": "object",
            "description": " ".join((inspect.getdoc(kind) or "").split()),
            "properties": {field: _of(hint, parts) for field, hint in hints.items()},
            "required": list(hints),
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}
