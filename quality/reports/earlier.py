"""Reports of earlier schema versions, read as the present one: what they did not say yet is left empty."""

from __future__ import annotations

from typing import Any

_NOT_SAID_BEFORE_3: dict[str, Any] = {
    "photographs": [],
    "responses": [],
    "plan": [],
    "corrects": None,
    "glossary": [],
    "complaints": [],
}
_NOT_COUNTED_BEFORE_3 = {"photographs": 0, "responses": 0, "actions": 0, "ratings_over_time": 0}
_NOTHING_OVER_TIME = {"words": "", "ratings": [], "breaks": [], "alike": []}


def with_what_came_later(data: Any) -> Any:
    """The data of a snapshot of an earlier schema version as the present one has it.

    Anything else is given back as it is, to be judged by whoever rebuilds it.
    """
    return _from_3(_from_2(_from_1(data)))


def _from_1(data: Any) -> Any:
    """Version 2 added the kind and day of an edition, and newer ratings."""
    match data:
        case {"schema_version": 1, "cqc": {"editions": [*editions], **cqc}}:
            told = [{"kind": "", "as_at": None, **one} if isinstance(one, dict) else one for one in editions]
            return {**data, "schema_version": 2, "cqc": {"newer": [], **cqc, "editions": told}}
    return data


def _from_2(data: Any) -> Any:
    """Version 3 added photographs, evidence, ratings through time, answers of the provider, and corrections."""
    match data:
        case {"schema_version": 2, "cqc": dict(cqc), "manifest": dict(manifest)}:
            return {
                **_NOT_SAID_BEFORE_3,
                **data,
                "schema_version": 3,
                "cqc": {"over_time": _NOTHING_OVER_TIME, **cqc},
                "manifest": {**_NOT_COUNTED_BEFORE_3, **manifest},
                "domains": _each(data.get("domains"), _domain),
                "findings": _each(data.get("findings"), lambda finding: {"evidence": [], **finding}),
            }
    return data


def _from_3(data: Any) -> Any:
    """Version 4 added where a copy of the report can be checked."""
    match data:
        case {"schema_version": 3, "council": dict(council)}:
            return {**data, "schema_version": 4, "council": {"check_at": "", **council}}
    return data


def _domain(domain: dict[str, Any]) -> dict[str, Any]:
    return {**domain, "standards": _each(domain.get("standards"), _standard)}


def _standard(standard: dict[str, Any]) -> dict[str, Any]:
    return {**standard, "answers": _each(standard.get("answers"), _answer)}


def _answer(answer: dict[str, Any]) -> dict[str, Any]:
    return {"methods": [], "weight": None, "critical": False, **answer}


def _each(parts: Any, change: Any) -> Any:
    """A list of objects, each changed; whatever is none of these is left for the rebuilding to complain of."""
    if not isinstance(parts, list):
        return parts
    return [change(part) if isinstance(part, dict) else part for part in parts]
