"""The letters there are, and in which state of an audit each one is right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quality.audits.lifecycle import State
from quality.core.errors import Refused

__all__ = ["LetterKind", "Standing", "check_is_right", "why_not"]


class LetterKind(StrEnum):
    """A kind of letter, by the word its address uses; its name, and what it is for."""

    words: str
    purpose: str

    def __new__(cls, value: str, words: str = "", purpose: str = "") -> LetterKind:
        """Keep name and purpose beside the word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words, member.purpose = words, purpose
        return member

    NOTIFICATION = (
        "notification",
        "Notification of an audit",
        "Tells the service when we come, who comes, and what to expect.",
    )
    DOCUMENT_REQUEST = (
        "document-request",
        "Request for documents",
        "Lists what we ask a service of this kind to have ready or to send.",
    )
    DRAFT_COVER = (
        "draft-cover",
        "Letter with the draft report",
        "Sends the draft, so that the provider can check its facts: by when, and how.",
    )
    OUTCOME = (
        "outcome",
        "Letter with the issued report",
        "Tells the judgement, what must improve by when, what happens next, and how to disagree.",
    )
    PLAN_REMINDER = (
        "plan-reminder",
        "Reminder of what is due",
        "Lists the dates of the findings, and asks how far the provider is.",
    )

    @property
    def asks_by(self) -> bool:
        """True for a letter that asks for an answer by a day."""
        return self in {LetterKind.DOCUMENT_REQUEST, LetterKind.DRAFT_COVER, LetterKind.PLAN_REMINDER}


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What decides which letters are right: where the audit is, and what its newest report holds.

    `has_begun` says that the first planned day has passed, `is_over` the last, `is_issued` that the newest version of
    the report is issued; `dated` is how many of its findings have a day.
    """

    state: State
    announced: bool
    has_begun: bool
    is_over: bool
    is_issued: bool
    dated: int


def why_not(kind: LetterKind, standing: Standing) -> str:
    """The sentence that says why this letter would be wrong now; empty where it is right."""
    return _RULES[kind](standing)


def check_is_right(kind: LetterKind, standing: Standing) -> None:
    """Raise Refused where this letter would be wrong now."""
    sentence = why_not(kind, standing)
    if sentence:
        raise Refused(sentence)


_BEGUN = "The planned days have begun. Change the plan first, so that the letter names days to come."
_OVER = "The planned days have passed. Change the plan first, so that the letter names days to come."


def _notification(standing: Standing) -> str:
    if not standing.announced:
        return "This audit is unannounced, so the service is not told beforehand."
    if standing.state is not State.PLANNED:
        return f"{_now(standing)}, so there is no visit to announce any more."
    return _BEGUN if standing.has_begun else ""


def _document_request(standing: Standing) -> str:
    if standing.state is State.PLANNED and not standing.announced:
        return "This audit is unannounced: a request for documents before the visit would announce it."
    if standing.state not in {State.PLANNED, State.VISITING, State.WRITING_UP}:
        return f"{_now(standing)}, so nothing more is read for it."
    return _OVER if standing.is_over and standing.state is State.PLANNED else ""


def _draft_cover(standing: Standing) -> str:
    if standing.state is not State.IN_REVIEW:
        return f"{_now(standing)}. A draft goes out while the audit is in review, when nobody can change it."
    return ""


def _outcome(standing: Standing) -> str:
    if standing.state is not State.PUBLISHED:
        return f"{_now(standing)}, so there is no outcome to tell."
    if not standing.is_issued:
        return "The report is still being drawn up. The letter can be written once it is issued."
    return ""


def _plan_reminder(standing: Standing) -> str:
    if standing.state is not State.PUBLISHED:
        return f"{_now(standing)}, so no finding is due as it stands."
    if not standing.is_issued:
        return "The report is still being drawn up, so nothing is due yet."
    if not standing.dated:
        return "No finding of the report has a date, so nothing is due."
    return ""


def _now(standing: Standing) -> str:
    return f"This audit is {standing.state.words.lower()}"


_RULES = {
    LetterKind.NOTIFICATION: _notification,
    LetterKind.DOCUMENT_REQUEST: _document_request,
    LetterKind.DRAFT_COVER: _draft_cover,
    LetterKind.OUTCOME: _outcome,
    LetterKind.PLAN_REMINDER: _plan_reminder,
}
