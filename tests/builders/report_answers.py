"""The invented answers behind the invented report, by standard."""

from __future__ import annotations

from typing import Any


def _answer(
    code: str, question: str, answer: str, evidence: str, reason: str | None = None
) -> dict[str, Any]:
    return {
        "question_code": code,
        "question": question,
        "answer": answer,
        "evidence": evidence,
        "methods": ("Records and processes", "What we saw"),
        "weight": 2,
        "critical": code == "2.2.1",
        "reason": reason,
    }


ANSWERS: dict[str, tuple[dict[str, Any], ...]] = {
    "1.1": (
        _answer(
            "1.1.1",
            "Does each person have a care plan that staff use?",
            "Met",
            "Eight plans read (R1 to R8), all reviewed within the last month. Three care workers "
            "described R2's morning "
            "exactly as the plan has it.",
        ),
        _answer(
            "1.1.2",
            "Does the care plan say what a good day looks like, in the person's own words?",
            "Met",
            "The page 'A good day for me' is in all eight plans. R5 read hers aloud to us and said: "
            "'That is me.'",
        ),
        _answer(
            "1.1.3",
            "Is the plan changed when the person's needs change?",
            "Mostly met",
            "Seven of eight. R7 came back from hospital on 2 May with a thickened-fluid plan; the care "
            "plan was changed on "
            "6 May, although the kitchen knew on the first day.",
        ),
    ),
    "1.2": (
        _answer(
            "1.2.1",
            "Do people choose what they eat, and when?",
            "Met",
            "Two choices at each meal, shown as plated meals to people who find a written menu hard.",
        ),
        _answer(
            "1.2.2",
            "Are weight loss and dehydration noticed and acted on?",
            "Mostly met",
            "Weights are recorded monthly and the score is right in 11 of 12 records. One dietitian "
            "referral took nine days.",
        ),
        _answer(
            "1.2.3",
            "Do people who need help to eat and drink get it when they need it?",
            "Partly met",
            "Lunch on 12 May, upper floor: 14 people, two staff. R3 and R11 waited 22 and 26 minutes.\n\n"
            "Supper on the same day: the deputy manager helped, and nobody waited.",
        ),
    ),
    "2.1": (
        _answer(
            "2.1.1",
            "Do staff know what abuse and neglect look like?",
            "Met",
            "Seven of seven staff asked gave clear examples, among them neglect by leaving a call bell "
            "out of reach.",
        ),
        _answer(
            "2.1.2",
            "Do staff know how to report a concern, inside and outside the service?",
            "Partly met",
            "Five of seven knew the council's number or where it is posted. Both agency nurses did not.",
        ),
        _answer(
            "2.1.3",
            "Are restrictions on people lawful, and as few as can be?",
            "Not seen today",
            "",
            "The folder of authorisations was with the solicitor on both days.",
        ),
    ),
    "2.2": (
        _answer(
            "2.2.1",
            "Does every person get the right medicine, at the right time, and is it written down?",
            "Not met",
            "Twelve records read, five with unexplained gaps. R4: apixaban not signed for on 9, 10 and "
            "17 April; 58 tablets "
            "counted where 56 should be left.",
        ),
        _answer(
            "2.2.2",
            "Are medicines stored safely and at the right temperature?",
            "Met",
            "Room and fridge temperatures recorded daily since January, all in range. Keys held by the "
            "nurse in charge.",
        ),
        _answer(
            "2.2.3",
            "Do nurses and care workers show each year that they give medicines safely?",
            "Partly met",
            "Four of six files had a competency check within the year.",
        ),
    ),
    "3.1": (
        _answer(
            "3.1.1",
            "Do people and staff know the manager, and does the manager know them?",
            "Met",
            "Nine of nine people knew her by name. She greeted each by theirs, and knew whose "
            "grandchild was due.",
        ),
        _answer(
            "3.1.2",
            "Do staff feel able to say when something is wrong?",
            "Met",
            "Minutes of staff meetings show three concerns raised since March, each with what was done "
            "about it.",
        ),
    ),
    "3.2": (
        _answer(
            "3.2.1",
            "Are accidents and incidents recorded and looked at?",
            "Met",
            "Nineteen forms since January, each signed by the manager within two days.",
        ),
        _answer(
            "3.2.2",
            "Can the manager show what changed after an incident?",
            "Not seen today",
            "Seven of 19 forms had nothing under 'what will change'. The monthly review was not to be found.",
            "The minutes of the monthly review were locked in an office whose key-holder was on leave.",
        ),
        _answer(
            "3.2.3",
            "Does the service tell people and families openly when something has gone wrong?",
            "Does not apply",
            "",
            "Nothing that calls for the duty of candour happened in the period we looked at.",
        ),
    ),
}
