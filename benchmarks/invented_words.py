"""Sentences about an invented service, different each time and the same for the same seed."""

from __future__ import annotations

from random import Random

_WHERE = (
    "On the upper floor",
    "In the garden wing",
    "At supper",
    "During the morning round",
    "In the laundry",
)
_WHEN = ("on both days", "on 12 May", "on the second day", "in the week before our visit", "since January")
_WHO = ("care plans", "medicine records", "staff files", "night checks", "risk assessments", "meal charts")
_WHAT = (
    "had not been reviewed since people's needs changed",
    "were signed by one person where two are asked for",
    "agreed with what people and their families told us",
    "named the person to ask, and that person knew of it",
    "had gaps that nobody could explain to us",
    "were kept where any visitor could have read them",
)
_THEN = (
    "The deputy manager put this right while we watched.",
    "Relatives told us that they had raised it before, and had been listened to.",
    "Two care workers described the same thing without being asked.",
    "The registered manager had not known of it, and wrote it down at once.",
    "We saw the same in the records of three other people.",
    "Nobody had come to harm, but somebody easily could have.",
)
_TITLES = (
    "Records of {} are not kept up to date",
    "Staff know why {} matter",
    "Nobody checks the {} when the manager is away",
    "Families are not shown the {} that concern them",
    "What the {} say is not what happens",
)


class Words:
    """A source of sentences. Asked in the same order, it always says the same."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def title(self) -> str:
        """The heading of a finding or a standard."""
        return self._one_of(_TITLES).format(self._one_of(_WHO))

    def sentences(self, number: int) -> str:
        """A paragraph of so many sentences."""
        return " ".join(self._sentence() for _ in range(number))

    def _sentence(self) -> str:
        if self._random.random() < 0.4:
            return self._one_of(_THEN)
        all_of = self._random.randint(5, 40)
        some, kind = self._random.randint(1, all_of), self._one_of(_WHO)
        where, when, what = self._one_of(_WHERE), self._one_of(_WHEN), self._one_of(_WHAT)
        return f"{where}, {some} of {all_of} {kind} we read {when} {what}."

    def _one_of(self, words: tuple[str, ...]) -> str:
        return self._random.choice(words)
