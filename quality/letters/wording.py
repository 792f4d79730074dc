"""The words of the letters that go out before a report is issued. All our own, and none that we do not know."""

from __future__ import annotations

from datetime import date

from quality.audits.models import RecordKind
from quality.core.pages import day
from quality.letters.case import Case
from quality.letters.documents import documents_for
from quality.letters.letter import Part, Signatory
from quality.printing.wording import days_in_words, listed

__all__ = ["document_request", "draft_cover", "notification", "reach", "who"]


def notification(case: Case) -> tuple[Part, ...]:
    """When, who, and what to expect."""
    others = listed(who(one) for one in case.others)
    team = (
        f"The visit is led by {who(case.lead)}.",
        *((f"Also taking part for the council: {others}. They may not all come on each day.",) if others else ()),
        "Each of us carries the council’s identity card. Please ask to see it, and ring the council if you are unsure.",
    )  # fmt: skip
    return (
        Part(
            paragraphs=(
                f"{case.council.name} will audit the quality of care at {case.service_name}. "
                f"The visit is planned {_planned(case)}.",
                "If there is a strong reason why this does not suit the people you support, such as an outbreak of "
                f"illness, please tell us as soon as you can: {reach(case)}.",
            )
        ),
        Part(heading="Who comes", paragraphs=team),
        Part(
            heading="What we look at",
            paragraphs=("We use the same framework for every service of your kind. Its parts are:",),
            items=case.looks_at,
        ),
        Part(heading="What to expect", items=_EXPECT),
        Part(
            heading="What we ask of you",
            items=(
                "Tell the people you support, their families and your staff that we come, and that nobody has to "
                "talk with us.",
                "Have a quiet place ready where people can talk with us, and we can read.",
                "Let us know beforehand how people communicate, and of anything that would distress somebody.",
            ),
        ),
    )


_EXPECT = (
    "We talk with people who use the service, with families, with staff and with the manager, where they wish.",
    "We look around and see how support is given. We ask before we enter anybody’s own room or home.",
    "We read records. We note them by initials or number and take none away.",
    "At the end of the visit we tell the manager what stood out. A judgement is made later, from all we recorded.",
    "If we see that somebody is at risk, we say so at once and make a safeguarding referral where that is needed.",
    "Another manager of the council, who took no part, reads the audit before a report is issued.",
)


def document_request(case: Case, by: date) -> tuple[Part, ...]:
    """What to have ready."""
    if case.visited_on:
        opening = f"Thank you for your help on {days_in_words(case.visited_on)}. Please send us, or have ready for us"
    elif case.planned_to < by:
        opening = f"For our audit of {case.service_name}, please send us"
    else:
        opening = f"For our audit of {case.service_name}, planned {_planned(case)}, please have ready"
    usual = listed(kind.words.lower() for kind in RecordKind)
    return (
        Part(
            paragraphs=(
                f"{opening} by {day(by)} what is listed here. If you keep something in another form, that form is "
                "right: nothing has to be written for us. If you do not have something, say so.",
            )
        ),
        *(Part(heading=heading, items=items) for heading, items in documents_for(case.service_type)),
        Part(
            heading="How we handle it",
            paragraphs=(
                f"On a visit we usually read some of each of these: {usual}. We choose which.",
                "Please do not send records about people who use the service, or about staff, by ordinary e-mail. "
                f"Keep them at the service for us to read, or ask us how to send them safely: {reach(case)}.",
            ),
        ),
    )


def draft_cover(case: Case, by: date) -> tuple[Part, ...]:
    """The draft, for its facts to be checked."""
    seen = f" after our visit on {days_in_words(case.visited_on)}" if case.visited_on else ""
    return (
        Part(
            paragraphs=(
                f"With this letter comes the draft of our report about {case.service_name}, written{seen}. It is "
                "marked as a draft on every page. Nobody has approved it yet, and its judgement may still change.",
                f"Please check its facts, and answer by {day(by)}. If you need longer, ask us before that day.",
            )
        ),
        Part(
            heading="How to answer",
            paragraphs=(f"Write to us: {reach(case)}. For each point, please say:",),
            items=(
                "which part of the draft you mean: the number of the finding, or the question",
                "what is not right, or what is missing",
                "what would be right",
                "what shows it, and enclose that where you can",
            ),
        ),
        Part(
            heading="What you can ask us to change",
            paragraphs=(
                "Facts that are wrong: names, numbers, dates, what was there on the day. Evidence that we did not see "
                "or did not understand. You can also say that you disagree with a judgement, and why. What was "
                "improved after the visit does not change what we saw, but please tell us.",
            ),
        ),
        Part(
            heading="What happens then",
            items=(
                "We look at each point and tell you what we changed, or why we did not.",
                "A manager who took no part in the audit decides whether the report is issued.",
                "If we hear nothing by that day, we may finish the report with the draft as it stands.",
            ),
        ),
        Part(
            heading="Please keep it to yourselves",
            paragraphs=(
                "Show the draft only to those who are needed to check it. It is not to be published or passed on.",
            ),
        ),
    )  # fmt: skip


def reach(case: Case) -> str:
    """How one reaches us: as the council says it, else through who signs."""
    return case.council.contact or f"{case.lead.name}, {case.lead.email}"


def who(person: Signatory) -> str:
    """A person with what they are."""
    return f"{person.name} ({person.job_title})" if person.job_title else person.name


def _planned(case: Case) -> str:
    if case.planned_from == case.planned_to:
        return f"for {_with_weekday(case.planned_from)}"
    return f"between {_with_weekday(case.planned_from)} and {_with_weekday(case.planned_to)}"


def _with_weekday(on: date) -> str:
    return f"{on:%A} {day(on)}"
