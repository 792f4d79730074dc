"""What was typed to one question, and what becomes of it when somebody else typed something there too.

Pure: no database, no request. A form shows a fingerprint of what it showed (`seen`); what comes back is compared with
that and with what is stored by then.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Self

from quality.findings.models import Answer, Method
from quality.scoring import AnswerValue


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that is recorded to one question, complete or not. Methods stand in the order of the enum."""

    value: AnswerValue | None = None
    evidence: str = ""
    methods: tuple[Method, ...] = ()
    why_not_applicable: str = ""

    @classmethod
    def of(cls, answer: Answer | None) -> Self:
        """What is stored; nothing at all where there is no answer yet."""
        if answer is None:
            return cls()
        return cls(answer.value, answer.evidence, in_order(answer.methods), answer.why_not_applicable)

    @classmethod
    def from_words(cls, words: Mapping[str, str]) -> Self:
        """Made again from `as_words`."""
        return cls(
            AnswerValue(words["value"]) if words.get("value") else None,
            words.get("evidence", ""),
            in_order(words.get("methods", "").split()),
            words.get("why_not_applicable", ""),
        )

    def as_words(self) -> dict[str, str]:
        """As plain text by name, to be kept in a held text or in the history."""
        return {
            "value": self.value or "",
            "evidence": self.evidence,
            "methods": " ".join(self.methods),
            "why_not_applicable": self.why_not_applicable,
        }

    @property
    def fingerprint(self) -> str:
        """A digest that is the same exactly when everything recorded is the same."""
        canonical = json.dumps(self.as_words(), sort_keys=True, ensure_ascii=False)
        return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def is_empty(self) -> bool:
        """True when nothing is recorded."""
        return self == Content()


@dataclass(frozen=True, slots=True)
class TypedAnswer(Content):
    """What a form brought for one question; `seen` is the fingerprint of what that form had shown."""

    seen: str = ""

    @property
    def content(self) -> Content:
        """What was typed, without what was seen."""
        return Content(self.value, self.evidence, self.methods, self.why_not_applicable)


class Meeting(StrEnum):
    """How what came back meets what is stored."""

    SAME = "same"
    WRITE = "write"
    NOT_TOUCHED = "not_touched"
    CONFLICT = "conflict"


def meet(*, typed: Content, stored: Content | None, seen: str) -> Meeting:
    """Decide by three fingerprints. Only a change that would overwrite another change is a conflict."""
    if typed == (stored or Content()):
        return Meeting.SAME
    if stored is None or stored.fingerprint == seen:
        return Meeting.WRITE
    if typed.fingerprint == seen:
        return Meeting.NOT_TOUCHED
    return Meeting.WRITE if stored.is_empty else Meeting.CONFLICT


def both(*, stored: Content, typed: Content, name: str) -> Content:
    """Two texts as one: what is stored, then a line saying who else wrote, then what they typed.

    A question has one answer, so the stored one stays; a different one that was typed is said in that line.
    """
    other = typed.value if stored.value and typed.value != stored.value else None
    return replace(
        stored,
        value=stored.value or typed.value,
        evidence=_joined(stored.evidence, typed.evidence, name, f"answered “{other.words}”" if other else ""),
        methods=in_order([*stored.methods, *typed.methods]),
        why_not_applicable=_joined(stored.why_not_applicable, typed.why_not_applicable, name),
    )


def in_order(methods: Iterable[str]) -> tuple[Method, ...]:
    """Some methods, each once and in the order of the enum; unknown words are left out."""
    known = set(methods)
    return tuple(each for each in Method if each in known)


def _joined(stored: str, typed: str, name: str, answered: str = "") -> str:
    own = "" if typed == stored else typed
    if not answered and (not own or not stored):
        return stored or own
    if not own:
        return "\n\n".join(part for part in (stored, f"{name} {answered}.") if part)
    line = f"{name} {answered} and wrote:" if answered else f"{name} also wrote:"
    return "\n\n".join(part for part in (stored, f"{line}\n{own}") if part)
