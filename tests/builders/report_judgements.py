"""The invented scale of the invented report, and what was judged by it."""

from __future__ import annotations

from quality.reports.snapshot import Answer, Domain, Judgement, Level, Standard, Step
from tests.builders.report_answers import ANSWERS

BANDS = (
    Step(words="Serious concern", meaning="Less than 45% of the points that could be had."),
    Step(words="Needs work", meaning="45% or more, and less than 70%."),
    Step(words="Sound", meaning="70% or more, and less than 90%."),
    Step(words="Strong", meaning="90% or more."),
)
NOT_JUDGED = Level(place=None, words="Not judged")


def level(place: int) -> Level:
    """A level of the invented scale, 0 the lowest."""
    return Level(place=place, words=BANDS[place].words)


def domains() -> tuple[Domain, ...]:
    """Three domains with two standards each."""

    def standard(code: str, title: str, place: int | None, score: str | None, *reasons: str) -> Standard:
        judged = level(place) if place is not None else NOT_JUDGED
        answers = tuple(Answer(**answer) for answer in ANSWERS[code])
        coverage = "6 of 6 by weight (100%)" if score else "3 of 6 by weight (50%)"
        return Standard(
            code=code,
            title=title,
            judgement=Judgement(level=judged, score=score, coverage=coverage, reasons=reasons),
            answers=answers,
        )

    def domain(title: str, place: int, score: str, standards: tuple[Standard, ...], *reasons: str) -> Domain:
        coverage = "12 of 12 by weight (100%)"
        judgement = Judgement(level=level(place), score=score, coverage=coverage, reasons=reasons)
        return Domain(title=title, judgement=judgement, standards=standards)

    return (
        domain(
            "Care around the person",
            2,
            "86%",
            (
                standard(
                    "1.1", "Knowing the person", 3, "95%", "All three questions were met or mostly met."
                ),
                standard(
                    "1.2",
                    "Food, drink and mealtimes",
                    2,
                    "78%",
                    "Question 1.2.3 was partly met. Had it been met, this standard would be judged Strong.",
                ),
            ),
            "The two standards together score 86%, which is in the band for Sound. The next band, "
            "Strong, begins 4% higher.",
        ),
        domain(
            "Safety",
            1,
            "52%",
            (
                standard("2.1", "Keeping people safe from abuse", 2, "71%", "Question 2.1.2 was partly met."),
                standard(
                    "2.2",
                    "Medicines",
                    0,
                    "33%",
                    "Question 2.2.1 is critical and was not met, so this standard cannot be judged "
                    "higher than Needs work.",
                    "The answers score 33%, which is in the band for Serious concern.",
                ),
            ),
            "One of the two standards was judged Serious concern, so this part of the service cannot be "
            "judged higher than "
            "Needs work.",
        ),
        domain(
            "Running the service",
            2,
            "81%",
            (
                standard("3.1", "Leadership people can see", 3, "100%", "Every question was met."),
                standard(
                    "3.2",
                    "Learning when things go wrong",
                    None,
                    None,
                    "Less than 80% of this standard, by weight, could be looked at, so it is not judged.",
                ),
            ),
            "Only one of the two standards could be judged; this judgement rests on it alone.",
        ),
    )
