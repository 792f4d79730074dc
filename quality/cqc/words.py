"""The words CQC publishes for ratings and domains, and what each means here."""

from enum import StrEnum

from quality.cqc.errors import BadValue


class RatingWord(StrEnum):
    """What CQC says about one element of a service: one of its four ratings, or the reason why there is none."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"
    NOT_RATED = "not_rated"
    INSPECTED_BUT_NOT_RATED = "inspected_but_not_rated"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    NO_PUBLISHED_RATING = "no_published_rating"
    NOT_APPLICABLE = "not_applicable"
    REGULATIONS_MET = "regulations_met"
    REGULATIONS_NOT_MET = "regulations_not_met"

    @property
    def words(self) -> str:
        """The rating as people read it, for instance `Requires improvement`."""
        return _WORDS[self]

    @property
    def is_rating(self) -> bool:
        """True for the four ratings; False where CQC gives a reason for having none."""
        return self in _RATINGS


_RATINGS = frozenset(
    {RatingWord.OUTSTANDING, RatingWord.GOOD, RatingWord.REQUIRES_IMPROVEMENT, RatingWord.INADEQUATE}
)
_WORDS = {
    RatingWord.OUTSTANDING: "Outstanding",
    RatingWord.GOOD: "Good",
    RatingWord.REQUIRES_IMPROVEMENT: "Requires improvement",
    RatingWord.INADEQUATE: "Inadequate",
    # Since 2024 a place with several services is rated service by service, and has this at its own level.
    RatingWord.NOT_RATED: "Not rated",
    RatingWord.INSPECTED_BUT_NOT_RATED: "Inspected but not rated",
    RatingWord.INSUFFICIENT_EVIDENCE: "Insufficient evidence to rate",
    RatingWord.NO_PUBLISHED_RATING: "No published rating",
    RatingWord.NOT_APPLICABLE: "Not applicable",
    # Dental practices are not rated: CQC says whether they meet the regulations.
    RatingWord.REGULATIONS_MET: "Regulations met",
    RatingWord.REGULATIONS_NOT_MET: "Not all regulations met",
}
_BY_TEXT = {words.casefold(): word for word, words in _WORDS.items()}

DOMAINS = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")
_DOMAIN_BY_TEXT = {domain.casefold().replace("-", " "): domain for domain in DOMAINS}


def rating_word(text: str) -> RatingWord:
    """The rating that CQC's text stands for, whatever its capitals and spacing. BadValue when it stands for none."""
    word = _BY_TEXT.get(" ".join(text.split()).casefold())
    if word is None:
        raise BadValue("which is not a rating we know")
    return word


def domain(text: str) -> str:
    """The domain as `DOMAINS` spells it. BadValue when it is none of them."""
    known = _DOMAIN_BY_TEXT.get(" ".join(text.replace("-", " ").split()).casefold())
    if known is None:
        raise BadValue(f"which is not one of {', '.join(DOMAINS)}")
    return known
