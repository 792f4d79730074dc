"""CQC's words for ratings."""

from __future__ import annotations

import pytest

from quality.cqc import DOMAINS, RatingWord
from quality.cqc.errors import BadValue
from quality.cqc.words import domain, rating_word


@pytest.mark.parametrize(
    ("published", "word"),
    [
        ("Good", RatingWord.GOOD),
        ("OUTSTANDING", RatingWord.OUTSTANDING),
        ("Requires improvement", RatingWord.REQUIRES_IMPROVEMENT),
        (" Requires  Improvement ", RatingWord.REQUIRES_IMPROVEMENT),
        ("inadequate", RatingWord.INADEQUATE),
        ("Not Rated", RatingWord.NOT_RATED),
        ("Inspected but not rated", RatingWord.INSPECTED_BUT_NOT_RATED),
        ("Insufficient evidence to rate", RatingWord.INSUFFICIENT_EVIDENCE),
        ("No published rating", RatingWord.NO_PUBLISHED_RATING),
        ("Not applicable", RatingWord.NOT_APPLICABLE),
        ("Regulations met", RatingWord.REGULATIONS_MET),
    ],
)
def test_every_word_cqc_publishes_has_its_meaning(published: str, word: RatingWord) -> None:
    assert rating_word(published) is word


@pytest.mark.parametrize("unknown", ["", "Goodish", "Unrated", "3 stars", "requires_improvement", "N/A"])
def test_an_unknown_word_is_never_taken_for_another(unknown: str) -> None:
    with pytest.raises(BadValue):
        rating_word(unknown)


def test_only_four_words_are_ratings() -> None:
    assert [word.words for word in RatingWord if word.is_rating] == [
        "Outstanding",
        "Good",
        "Requires improvement",
        "Inadequate",
    ]


def test_what_people_read_is_understood_again() -> None:
    assert [rating_word(word.words) for word in RatingWord] == list(RatingWord)


@pytest.mark.parametrize(
    ("published", "known"), [("Well led", "Well-led"), ("WELL-LED", "Well-led"), (" safe", "Safe")]
)
def test_a_domain_is_known_however_it_is_spelt(published: str, known: str) -> None:
    assert domain(published) == known
    assert known in DOMAINS
