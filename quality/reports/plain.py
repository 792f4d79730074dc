"""Frozen dataclasses to JSON's own types and back, by their annotations."""

from __future__ import annotations

import dataclasses
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class NotPlain(ValueError):
    """The data does not fit the class; the message says at which place."""


def to_plain(value: Any) -> Any:
    """Dicts, lists, text, whole numbers, true, false and null. Dates and moments become ISO 8601 text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [to_plain(part) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def from_plain(kind: type[T], data: Any) -> T:
    """Rebuild a dataclass from `to_plain`. Raises NotPlain when a field is missing, unknown or of another type."""
    rebuilt: T = _rebuild(kind, data, kind.__name__)
    return rebuilt


def _rebuild(kind: Any, data: Any, place: str) -> Any:
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (part for part in get_args(kind) if part is not type(None))
        return None if data is None else _rebuild(inner, data, place)
    if get_origin(kind) is tuple:
        parts = _expect(list, data, place)
        return tuple(_rebuild(get_args(kind)[0], part, f"{place}[{at}]") for at, part in enumerate(parts))
    if dataclasses.is_dataclass(kind):
        return _rebuild_dataclass(kind, _expect(dict, data, place), place)
    if issubclass(kind, StrEnum | date):
        return _rebuild_text(kind, _expect(str, data, place), place)
    return _expect(kind, data, place)


def _rebuild_dataclass(kind: Any, data: dict[str, Any], place: str) -> Any:
    hints = get_type_hints(kind)
    if hints.keys() != data.keys():
        odd = ", ".join(sorted(hints.keys() ^ data.keys()))
        raise NotPlain(f"{place} has fields missing or unknown: {odd}")
    return kind(**{name: _rebuild(hint, data[name], f"{place}.{name}") for name, hint in hints.items()})


def _rebuild_text(kind: type[StrEnum] | type[date], text: str, place: str) -> StrEnum | date:
    try:
        return kind(text) if issubclass(kind, StrEnum) else kind.fromisoformat(text)
    except ValueError as error:
        raise NotPlain(f"{place} cannot be {text[:60]!r}") from error


def _expect(kind: type[Any], data: Any, place: str) -> Any:
    if type(data) is not kind:
        raise NotPlain(f"{place} must be {kind.__name__}, not {type(data).__name__}")
    return data
