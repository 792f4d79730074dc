"""Examples of judging, by the published rules: met 3 points; Strong from 90%, Sound from 70%, Needs work from 45%."""

from decimal import Decimal
from fractions import Fraction

import pytest

from quality.scoring import AnswerValue, QuestionInput, judge
from tests.scoring.examples import (
    MET,
    MOSTLY,
    NOT_APPLICABLE,
    NOT_MET,
    NOT_SEEN,
    PARTLY,
    RULES,
    a_question,
    a_standard,
    judged,
    of_values,
)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((MET, MET, MET, MET), "Strong"),
        ((MOSTLY, MOSTLY, MOSTLY, MOSTLY), "Needs work"),
        ((MET, MOSTLY, MOSTLY, MOSTLY), "Sound"),
        ((PARTLY, PARTLY, PARTLY, PARTLY), "Serious concern"),
        ((NOT_MET, NOT_MET, NOT_MET, NOT_MET), "Serious concern"),
    ],
)
def test_the_score_of_a_standard_gives_its_level(values: tuple[AnswerValue, ...], words: str) -> None:
    assert judged(of_values("1.1", *values)).standards[0].words == words


def test_a_heavier_question_counts_for_more() -> None:
    light_failure = a_standard("1.1", a_question("1.1.1", MET, weight=3), a_question("1.1.2", NOT_MET))
    heavy_failure = a_standard("1.2", a_question("1.2.1", MET), a_question("1.2.2", NOT_MET, weight=3))
    first, second = judged(light_failure, heavy_failure).standards
    assert (first.points, first.most, first.share) == (9, 12, Fraction(3, 4))
    assert (second.points, second.most, second.share) == (3, 12, Fraction(1, 4))


def test_a_domain_and_the_whole_are_scored_over_all_their_questions_not_over_their_standards() -> None:
    one_question = of_values("1.1", NOT_MET)
    nine_questions = of_values("1.2", *[MET] * 9)
    judgement = judged(one_question, nine_questions)
    assert judgement.domains[0].share == judgement.share == Fraction(9, 10)


@pytest.mark.parametrize(
    ("points_of_twenty", "words"), [(18, "Strong"), (17, "Sound"), (14, "Sound"), (13, "Needs work")]
)
def test_a_score_exactly_on_an_edge_belongs_to_the_band_that_begins_there(
    points_of_twenty: int, words: str
) -> None:
    values = [MET] * points_of_twenty + [NOT_MET] * (20 - points_of_twenty)
    standard = judged(of_values("1.1", *values)).standards[0]
    assert standard.words == words
    assert standard.on_edge == (points_of_twenty in (18, 14))


def test_a_score_of_nothing_is_not_called_an_edge() -> None:
    assert not judged(of_values("1.1", NOT_MET)).on_edge


def test_the_exact_score_decides_even_where_the_shown_one_is_rounded_up_to_the_edge() -> None:
    # 2,099 of 3,000 is 69.9667%, which is shown as 70.0% and is still below 70%.
    questions = [
        a_question("1.1.1", MET, weight=699),
        a_question("1.1.2", MOSTLY),
        a_question("1.1.3", NOT_MET, weight=300),
    ]
    standard = judged(a_standard("1.1", *questions)).standards[0]
    assert (standard.points, standard.most) == (2099, 3000)
    assert standard.score_words == "70.0%"
    assert standard.score == Decimal("70.0")
    assert standard.words == "Needs work"
    assert (
        "The score is shown rounded. Exactly, it is 2099 of 3000 points, "
        "just under the 70% that the Sound band begins at."
    ) in [reason.sentence for reason in standard.trace]


def test_a_critical_question_not_met_holds_its_standard_down() -> None:
    standard = judged(of_values("3.1", NOT_MET, *[MET] * 9, critical=True)).standards[0]
    assert (standard.words, standard.level_by_score) == ("Needs work", RULES.band("strong"))


def test_a_critical_question_partly_met_keeps_everything_above_it_from_being_strong() -> None:
    judgement = judged(of_values("3.1", PARTLY, *[MET] * 9, critical=True), of_values("4.1", *[MET] * 9))
    assert [each.words for each in judgement.standards] == ["Sound", "Strong"]
    assert [each.words for each in judgement.domains] == ["Sound", "Strong"]
    assert judgement.words == "Sound"


def test_a_question_that_is_not_critical_holds_nothing_down() -> None:
    assert judged(of_values("3.1", NOT_MET, *[MET] * 9)).words == "Strong"


@pytest.mark.parametrize("unseen", [NOT_SEEN, None])
def test_leaving_a_critical_question_unseen_does_not_avoid_its_cap(unseen: AnswerValue | None) -> None:
    judgement = judged(of_values("3.1", unseen, *[MET] * 9, critical=True))
    assert judgement.standards[0].words == judgement.words == "Sound"


def test_a_critical_question_that_does_not_apply_holds_nothing_down() -> None:
    assert judged(of_values("3.1", NOT_APPLICABLE, *[MET] * 9, critical=True)).words == "Strong"


def test_one_standard_of_serious_concern_holds_its_domain_and_the_service_at_needs_work() -> None:
    judgement = judged(
        of_values("1.1", NOT_MET), of_values("1.2", *[MET] * 30), of_values("2.1", *[MET] * 30)
    )
    assert [each.words for each in judgement.domains] == ["Needs work", "Strong"]
    assert (judgement.words, judgement.level_by_score) == ("Needs work", RULES.band("strong"))


def test_two_weak_domains_hold_the_service_down_and_one_does_not() -> None:
    weak, strong = [MOSTLY] * 2, [MET] * 30
    one = judged(of_values("1.1", *weak), of_values("2.1", *strong))
    two = judged(of_values("1.1", *weak), of_values("2.1", *weak), of_values("3.1", *strong))
    assert (one.words, two.words) == ("Sound", "Needs work")


def test_three_critical_questions_not_met_hold_the_service_down_and_two_do_not() -> None:
    def service(failures: int) -> str:
        values = [NOT_MET] * failures + [MET] * (3 - failures)
        standards = [
            of_values(f"{n}.1", value, *[MET] * 20, critical=True) for n, value in enumerate(values, 1)
        ]
        # Bigger standards of other questions keep every domain Sound, so that only this cap can bite.
        others = [of_values(f"{n}.2", *[MET] * 20) for n in range(1, 4)]
        return judged(*standards, *others).words

    assert (service(2), service(3)) == ("Sound", "Needs work")


def test_too_little_seen_is_not_judged() -> None:
    enough, too_little = of_values("1.1", *[MET] * 4, NOT_SEEN), of_values("1.2", *[MET] * 3, NOT_SEEN)
    first, second = judged(enough, too_little).standards
    assert (first.words, first.coverage.share) == ("Strong", Fraction(4, 5))
    assert (second.words, second.coverage.share) == ("Not judged", Fraction(3, 4))
    assert second.level is None
    assert second.score_words == "100%"


def test_what_does_not_apply_changes_neither_score_nor_coverage() -> None:
    standard = judged(of_values("1.1", MET, MOSTLY, *[NOT_APPLICABLE] * 20)).standards[0]
    assert standard.share == Fraction(5, 6)
    assert standard.coverage.share == 1


def test_a_standard_of_which_nothing_applies_is_not_judged_and_does_not_count() -> None:
    judgement = judged(of_values("1.1", NOT_APPLICABLE), of_values("1.2", MET))
    assert judgement.standards[0].words == "Not judged"
    assert judgement.standards[0].coverage.words == "nothing applies"
    assert judgement.standards[0].score is None
    assert judgement.words == "Strong"


def test_an_audit_with_nothing_in_it_is_not_judged() -> None:
    judgement = judge([], RULES)
    assert (judgement.words, judgement.domains) == ("Not judged", ())


def test_a_low_critical_answer_reaches_the_service_even_from_a_standard_that_was_not_judged() -> None:
    hidden = of_values("3.1", NOT_MET, NOT_SEEN, NOT_SEEN, critical=True)
    judgement = judged(hidden, of_values("4.1", *[MET] * 40))
    assert judgement.standards[0].words == "Not judged"
    assert judgement.words == "Sound"


def test_answers_are_counted_by_kind() -> None:
    counts = judged(
        of_values("1.1", MET, MOSTLY, MOSTLY, PARTLY, NOT_MET, NOT_SEEN, NOT_APPLICABLE, None)
    ).counts
    assert (counts.met, counts.mostly, counts.partly, counts.not_met) == (1, 2, 1, 1)
    assert (counts.not_seen, counts.not_applicable, counts.unanswered) == (1, 1, 1)
    assert (counts.counted, counts.applicable) == (5, 7)


def test_standards_come_back_in_the_order_of_their_codes_with_ten_after_nine() -> None:
    judgement = judged(of_values("1.10", MET), of_values("1.9", MET))
    assert [each.code for each in judgement.standards] == ["1.9", "1.10"]


def test_the_same_code_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="have the same code"):
        judged(of_values("1.1", MET), of_values("1.1", MET))


def test_a_question_without_weight_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Question 1\.1\.1 has the weight 0"):
        QuestionInput("1.1.1", "", 0, critical=False, value=MET)
