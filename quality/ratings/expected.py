"""Setting what CQC published beside what its own rules would give: a difference is flagged, nothing is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quality.ratings.comparability import framework_of
from quality.ratings.frameworks.definition import frameworks
from quality.ratings.models import KEY_QUESTIONS, OVERALL, Rating
from quality.scoring.cqc_rules import Scored, expected_overall, key_question_from_scores

_STANDS = "Inspectors may judge otherwise, and what CQC published stands."


def check(ratings: Iterable[Rating]) -> list[str]:
    """What does not follow from CQC's own rules in a service's current ratings: a sentence for each, often none.

    Looked at are the overall rating of each service group beside its key questions, and the word and percentage of each
    key question beside the scores it was made from. Whether a breach of regulations held a rating down is not in what
    CQC publishes, so an overall rating of Requires improvement may have that reason.
    """
    groups: dict[str, dict[str, Rating]] = {}
    for rating in ratings:
        groups.setdefault(rating.service_group, {})[rating.domain] = rating
    return [flag for name, group in groups.items() for flag in _check_group(name, group)]


def _check_group(name: str, group: Mapping[str, Rating]) -> list[str]:
    key_questions = [group[each] for each in KEY_QUESTIONS if each in group]
    return [*_check_overall(name, group), *(flag for one in key_questions for flag in _check_scores(one))]


def _check_overall(name: str, group: Mapping[str, Rating]) -> list[str]:
    overall = group.get(OVERALL)
    if overall is None or not overall.word.is_rating:
        return []
    words = {each: group[each].word.words for each in KEY_QUESTIONS if each in group}
    expected = expected_overall(words)
    published = overall.word.words
    if expected.word in (None, published):
        return []
    whole = "the service" if name == OVERALL else name
    if expected_overall(words, breach=True).word == published:
        reason = "A breach of regulations would give that, too, but CQC's data do not tell of breaches."
    else:
        reason = ""
    return [
        " ".join(
            part
            for part in (
                f"CQC rated {whole} {published} overall; its principles would normally give {expected.word}.",
                *expected.reasons,
                reason,
                _STANDS,
            )
            if part
        )
    ]


def _check_scores(rating: Rating) -> list[str]:
    definition = frameworks().get(framework_of(rating)[0] or "")
    scores = [score for _, score in rating.statements or [] if isinstance(score, int)]
    if definition is None or definition.bands is None or not scores:
        return []
    scored = key_question_from_scores(scores, definition.bands)
    if not rating.word.is_rating:
        return []
    what = rating.domain if rating.service_group == OVERALL else f"{rating.domain} of {rating.service_group}"
    return [f"{what}: {sentence}" for sentence in _differences(rating, scored)]


def _differences(rating: Rating, scored: Scored) -> list[str]:
    published = rating.word.words
    flags = []
    if scored.word != published:
        flags.append(
            f"CQC published {published}; its scores would give {scored.word}. {' '.join(scored.reasons)} {_STANDS}"
        )
    elif scored.on_boundary:
        flags.append(" ".join(scored.reasons))
    told = rating.percentage
    if told is not None and told != scored.percentage and not scored.on_boundary:
        flags.append(f"CQC published {told.normalize():f}%; its scores add up to {scored.exact}%.")
    return flags
