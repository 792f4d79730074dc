"""What the invented officers wrote: evidence for each answer, and findings. All of it is made up."""

from __future__ import annotations

from datetime import timedelta

from quality.findings.models import FindingKind, Method
from quality.running.demo.drawings import GARDEN_DOOR, MENU_BOARD, SLUICE_ROOM, Shape
from quality.scoring import AnswerValue

MET, MOSTLY, PARTLY, NOT_MET = AnswerValue.MET, AnswerValue.MOSTLY, AnswerValue.PARTLY, AnswerValue.NOT_MET

# What was seen at Larkfield House, question by question; every other question was met.
LARKFIELD: dict[str, tuple[AnswerValue, str]] = {
    "1.1.2": (
        MOSTLY,
        "Doors were closed and people covered each time we passed. One person waited twenty minutes on a "
        "commode because the worker was called away.",
    ),
    "1.3.2": (
        PARTLY,
        "Three of five plans were full and clear. Plan R4 did not say how to calm the person when distressed; "
        "plan R5 still described walking, although the person has used a hoist since August.",
    ),
    "1.3.4": (
        MOSTLY,
        "Monthly reviews were done for four of five people. They say what was done, and seldom whether life got "
        "better.",
    ),
    "2.1.1": (
        MOSTLY,
        "The garden club and singing were full of life. People who stay in their rooms had no planned activity on "
        "two of the last seven days.",
    ),
    "2.2.2": (
        PARTLY,
        "Everybody is weighed monthly. R2 lost 3.1 kg in two months; the chart was filled in, and nobody had "
        "asked the GP or fortified the meals until we pointed it out.",
    ),
    "3.2.2": (
        MOSTLY,
        "Falls are recorded and counted. After one of four falls there was no record of observations overnight.",
    ),
    "3.3.1": (
        NOT_MET,
        "Of 112 entries we read on eight charts, seven had no signature and no reason. Two doses of a blood "
        "thinner were in the pack although signed as given.",
    ),
    "3.3.3": (
        PARTLY,
        "Two of four people with medicines for when needed had no direction saying when, how much and what to watch "
        "for.",
    ),
    "3.3.4": (
        MOSTLY,
        "All eight staff who give medicines are trained; two have not been watched doing it this year.",
    ),
    "3.4.1": (
        MOSTLY,
        "The home was clean and smelt fresh. The sluice room floor was lifting at one edge and could not be cleaned.",
    ),
    "4.3.2": (
        MOSTLY,
        "Training stands at 94%. Five staff are due moving and handling, booked for next month.",
    ),
    "5.2.1": (
        PARTLY,
        "Medicine audits were done every month and scored above 95%, in the same weeks in which we found missing "
        "signatures. The check does not compare the chart with the pack.",
    ),
    "5.2.2": (
        MOSTLY,
        "Nine of eleven actions from the last visit were done and had lasted. Two about care plans were not.",
    ),
}

# Pieces of evidence. Their numbers share no factor, so no two questions of an audit get the same words.
_WHERE = (
    "in the lounge",
    "at lunch",
    "on the first floor",
    "at handover",
    "in the garden room",
    "at the door",
    "at teatime",
)
_WHO = (
    "three people",
    "four people and a daughter",
    "a worker and two people",
    "two relatives",
    "five people",
)
_WHAT = ("four care plans", "the last month's notes", "three staff files")


def evidence_of_good(place: int) -> tuple[tuple[Method, ...], str]:
    """Methods and words for the answer at this place, where all was well."""
    saw = f"We saw this done well {_WHERE[place % 7]}"
    heard = f"{_WHO[place % 5]} said that it is how things usually are"
    read = f"{_WHAT[place % 3]} bear it out"
    if place % 2:
        words = f"{saw}; {heard}. {read[:1].upper()}{read[1:]}."
        return (Method.OBSERVATION, Method.PEOPLE, Method.PROCESSES), words
    return (
        Method.PEOPLE,
        Method.PROCESSES,
    ), f"{heard[:1].upper()}{heard[1:]}, and {read} ({_WHERE[place % 7]}, and on paper)."


# What was seen at a home in difficulty.
FENWAY: dict[str, tuple[AnswerValue, str]] = {
    "1.1.2": (
        PARTLY,
        "Two bathroom doors do not lock, and people were washed with the door ajar on both mornings.",
    ),
    "1.3.2": (
        NOT_MET,
        "Four of five plans were copied from one another: three named another person in the text.",
    ),
    "1.3.5": (PARTLY, "Daily notes say “all care given” on most days, whatever happened."),
    "2.1.1": (
        PARTLY,
        "The activities worker left in June. The television was on in an empty room both days.",
    ),
    "3.2.1": (
        PARTLY,
        "Risks are listed by a form and not by the person; nobody under 60 kg had a plan for skin.",
    ),
    "3.3.1": (PARTLY, "Nine gaps on ten charts, each explained afterwards, none at the time."),
    "3.5.2": (MOSTLY, "Drills are held; the night staff of one unit had not taken part this year."),
    "4.2.1": (
        NOT_MET,
        "On 14 of the last 42 nights one worker fewer was on duty than the manager's own tool asks for.",
    ),
    "4.3.4": (PARTLY, "Half the staff files held no supervision since March."),
    "5.1.1": (PARTLY, "The manager has been in post for five weeks, knows what is wrong, and has no deputy."),
    "5.2.1": (NOT_MET, "The last provider visit on file was in January. It found no fault."),
    "5.2.2": (PARTLY, "Of twelve actions after CQC's inspection, five were done."),
}
BRAMBLE: dict[str, tuple[AnswerValue, str]] = {
    "2.1.1": (MOSTLY, "Outings were cancelled twice last month when the driver was ill."),
    "3.5.1": (MOSTLY, "The upstairs corridor is dim; two people told us that they hold the rail."),
    "4.3.2": (MOSTLY, "Training stands at 91%; the booked dates cover the rest."),
    "5.2.3": (PARTLY, "Old records lie in an unlocked cupboard by the laundry."),
}
SUPPORTED: dict[str, tuple[AnswerValue, str]] = {
    "1.2.2": (
        PARTLY,
        "Two capacity assessments cover “all decisions”. The best-interests meetings behind them were real ones.",
    ),
    "2.1.4": (MOSTLY, "Everybody holds a key. One person's post is opened by staff by old habit."),
    "4.2.4": (MOSTLY, "Seven workers supported one person last month, where the plan says five."),
    "5.3.2": (PARTLY, "Two of three complaints were answered within the time the service sets itself."),
}


# kind, standard, question, title, what was found, what must happen, days to do it in
FindingRow = tuple[FindingKind, str, str, str, str, str, timedelta | None]

LARKFIELD_FINDINGS: tuple[FindingRow, ...] = (
    (
        FindingKind.MUST_IMPROVE,
        "3.3",
        "3.3.1",
        "Medicines are not always given as signed for",
        "Seven of 112 entries on eight charts had neither a signature nor a reason. Two doses of a blood thinner were still in "
        "the pack although they were signed as given.\n\nThe deputy manager checked the person at once and rang the GP while "
        "we were there. No harm was found.",
        "Count every pack against its chart each day until four weeks have passed without a difference, and show us the counts. "
        "Report the two doses as medicine errors, and tell the person and their family.",
        timedelta(days=14),
    ),
    (
        FindingKind.MUST_IMPROVE,
        "2.2",
        "2.2.2",
        "Weight loss was recorded and not acted on",
        "One person lost 3.1 kg in two months. The chart was kept, the loss was not passed on, and the plan was not changed.",
        "Act on every loss of 2 kg or more within two days: fortify meals, tell the GP, and write what was decided in the plan.",
        timedelta(days=28),
    ),
    (
        FindingKind.SHOULD_IMPROVE,
        "1.3",
        "1.3.2",
        "Two care plans no longer describe the person",
        "One plan did not say how to calm the person when distressed. Another described walking, although the person has been "
        "moved with a hoist since August. Staff knew both by heart; an agency worker would not.",
        "Bring both plans up to date with the people concerned, and check the rest for changes since the summer.",
        timedelta(days=42),
    ),
    (
        FindingKind.SHOULD_IMPROVE,
        "5.2",
        "5.2.1",
        "The medicine audit does not see what it should",
        "The monthly audit looks at the charts and not at the packs, so it scored 95% while doses were missing.",
        "Add a count of packs against charts to the audit, done by somebody who does not give medicines on that unit.",
        timedelta(days=42),
    ),
    (
        FindingKind.GOOD_PRACTICE,
        "1.1",
        "1.1.3",
        "A page of life by every bed",
        "Beside each bed hangs one page, made with the person, on what matters to them. Staff use it: we heard a night worker "
        "ask a man about his allotment by its number.",
        "",
        None,
    ),
    (
        FindingKind.GOOD_PRACTICE,
        "2.1",
        "2.1.1",
        "The garden club is run by the people who live there",
        "Residents choose what is planted, chair the meeting and keep the money. Two people who seldom left their rooms now come "
        "every week.",
        "",
        None,
    ),
)

FENWAY_FINDINGS: tuple[FindingRow, ...] = (
    (
        FindingKind.MUST_IMPROVE,
        "4.2",
        "4.2.1",
        "There are too few staff at night",
        "On 14 of the last 42 nights one worker fewer was on duty than the manager's own tool asks for. Call bells rang for up to "
        "nineteen minutes on the night we read.",
        "Staff every night as the tool says from now on, and send us the worked rota each Monday for eight weeks.",
        timedelta(days=3),
    ),
    (
        FindingKind.MUST_IMPROVE,
        "1.3",
        "1.3.2",
        "Care plans are copied from one person to another",
        "Four of five plans we read were copies, and three of them named somebody else in the text.",
        "Write every plan anew with the person it is for, those at greatest risk first.",
        timedelta(days=42),
    ),
    (
        FindingKind.MUST_IMPROVE,
        "5.2",
        "5.2.1",
        "The provider does not know how its home is doing",
        "The last provider visit on file was in January and found no fault.",
        "Visit monthly, write down what was found, and send us the first three reports.",
        timedelta(days=28),
    ),
)

RETURNED = (
    "Standard 4.2: you judge calls as mostly on time, but the log you quote shows eleven of forty more than half an hour late. "
    "Please look at the rating again or say why it stands."
)
ABANDONED = "The provider has given notice that this service closes at the end of the month."


# What is drawn, its caption, what it shows, and the standard it is evidence for.
PhotographRow = tuple[tuple[Shape, ...], str, str, str]
LARKFIELD_PHOTOGRAPHS: tuple[PhotographRow, ...] = (
    (
        MENU_BOARD,
        "The menu of the day in the dining room",
        "A board on the wall with three dishes, each with a picture and two lines of large writing, above a table",
        "2.2",
    ),
    (
        SLUICE_ROOM,
        "The floor of the sluice room",
        "A green floor covering that lifts at one edge, in front of a steel sink",
        "3.4",
    ),
    (
        GARDEN_DOOR,
        "The way to the garden, from the lounge",
        "An open door without a step, and a level path with a handrail on its right side",
        "3.5",
    ),
)
WILLOW_PHOTOGRAPHS: tuple[PhotographRow, ...] = (
    (
        GARDEN_DOOR,
        "The ramp to the garden",
        "An open door without a step, and a path with one handrail",
        "3.5",
    ),
    (MENU_BOARD, "", "", ""),
)
