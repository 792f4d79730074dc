"""What a judgement says about itself."""

from collections.abc import Sequence

from quality.scoring import Judged, ReasonKind
from tests.scoring.examples import (
    MET,
    MOSTLY,
    NOT_APPLICABLE,
    NOT_MET,
    NOT_SEEN,
    PARTLY,
    a_question,
    a_standard,
    judged,
    of_values,
)


def sentences(judgement: Judged, kind: ReasonKind) -> Sequence[str]:
    return [reason.sentence for reason in judgement.trace if reason.kind is kind]


def test_it_says_what_counted_and_what_was_left_out() -> None:
    standard = judged(of_values("1.1", *[MET] * 8, MOSTLY, NOT_SEEN, None, NOT_APPLICABLE)).standards[0]
    assert sentences(standard, ReasonKind.COUNTED) == [
        "9 of the 11 questions that apply were counted and earned 26 of 27 points (96.3%)."
    ]
    assert sentences(standard, ReasonKind.LEFT_OUT) == [
        "Question 1.1.10 was not seen: it is left out of the score, and lowers the coverage.",
        "Question 1.1.11 is not answered yet: it is left out of the score, and lowers the coverage.",
        "Question 1.1.12 does not apply: it is left out altogether.",
    ]
    assert sentences(standard, ReasonKind.COVERAGE) == [
        "What was seen covers 9 of 11 by weight (81.8%), and at least 80% is needed for a judgement."
    ]


def test_it_says_what_would_be_enough_when_too_little_was_seen() -> None:
    standard = judged(of_values("1.1", MET, MET, NOT_SEEN, NOT_SEEN, NOT_SEEN)).standards[0]
    assert sentences(standard, ReasonKind.NOT_JUDGED) == [
        "What was seen covers only 2 of 5 by weight (40%), and at least 80% is needed, so this standard is not "
        "judged. Seeing more questions, with a weight of 2 or more together, would be enough."
    ]


def test_not_judging_does_not_hide_a_low_answer_to_a_critical_question() -> None:
    standard = judged(of_values("3.1", NOT_MET, NOT_SEEN, NOT_SEEN, critical=True)).standards[0]
    assert standard.level is None
    assert sentences(standard, ReasonKind.CAP) == []
    assert sentences(standard, ReasonKind.NOT_JUDGED)[1:] == [
        "That there is no judgement does not hide this: question 3.1.1 is critical and was not met."
    ]


def test_it_says_that_nothing_applies() -> None:
    assert [each.sentence for each in judged(of_values("1.1", NOT_APPLICABLE)).trace] == [
        "No question here applies to this service.",
        "Question 1.1.1 does not apply: it is left out altogether.",
    ]


def test_it_says_which_cap_bit_and_what_the_score_alone_would_give() -> None:
    standard = judged(of_values("3.1", MET, NOT_MET, *[MET] * 9)).standards[0]
    assert sentences(standard, ReasonKind.CAP) == []
    questions = [a_question("3.1.1", MET), a_question("3.1.2", NOT_MET, critical=True)]
    questions += [a_question(f"3.1.{number}", MET) for number in (3, 4)]
    judgement = judged(a_standard("3.1", *questions))
    reason = next(each for each in judgement.standards[0].trace if each.kind is ReasonKind.CAP)
    assert reason.sentence == (
        "Question 3.1.2 is critical and was not met, so this standard cannot be judged higher than Needs work. "
        "On its score alone it would be Sound."
    )
    assert reason.questions == ("3.1.2",)


def test_it_names_the_standards_and_domains_that_hold_the_service_down() -> None:
    judgement = judged(of_values("1.1", NOT_MET), of_values("1.2", *[MET] * 30))
    caps = [each for each in judgement.trace if each.kind is ReasonKind.CAP]
    assert [each.sentence for each in caps] == [
        "Standard 1.1 is judged Serious concern, so the service overall cannot be judged higher than Needs work. "
        "On its score alone it would be Strong."
    ]
    assert caps[0].parts == ("1.1",)


def test_a_milder_cap_is_told_only_where_it_says_something_new() -> None:
    questions = [a_question("3.1.1", NOT_MET, critical=True), a_question("3.1.2", PARTLY, critical=True)]
    questions += [a_question(f"3.1.{number}", MET) for number in range(3, 24)]
    standard = judged(a_standard("3.1", *questions)).standards[0]
    assert sentences(standard, ReasonKind.CAP) == [
        "Question 3.1.1 is critical and was not met, so this standard cannot be judged higher than Needs work. "
        "On its score alone it would be Strong.",
        "Questions 3.1.1 (not met) and 3.1.2 (only partly met) are critical, so this standard cannot be judged "
        "higher than Sound. Something else already holds it at Needs work.",
    ]


def test_several_critical_questions_with_the_same_answer_share_a_sentence() -> None:
    questions = [a_question(f"3.1.{number}", PARTLY, critical=True) for number in (1, 2)]
    questions += [a_question(f"3.1.{number}", MET) for number in range(3, 24)]
    standard = judged(a_standard("3.1", *questions)).standards[0]
    assert sentences(standard, ReasonKind.CAP) == [
        "Questions 3.1.1 and 3.1.2 are critical and were only partly met, so this standard cannot be judged "
        "higher than Sound. On its score alone it would be Strong."
    ]


def test_it_says_how_far_the_next_bands_are() -> None:
    standard = judged(of_values("1.1", *[MET] * 8, NOT_MET, NOT_MET)).standards[0]
    assert sentences(standard, ReasonKind.BAND) == [
        "A score of 80% is in the Sound band, which is from 70% to below 90%."
    ]
    assert sentences(standard, ReasonKind.NEXT_BAND) == [
        "By score, 3 more points of 30 would reach the Strong band.",
        "By score, 4 fewer points of 30 would fall into the Needs work band.",
    ]


def test_one_more_point_can_pass_over_a_band_where_points_are_few() -> None:
    standard = judged(of_values("1.1", MOSTLY)).standards[0]
    assert sentences(standard, ReasonKind.NEXT_BAND) == [
        "By score, 1 more point of 3 would reach the Strong band.",
        "By score, 1 fewer point of 3 would fall into the Serious concern band.",
    ]


def test_it_says_that_a_score_is_on_the_edge() -> None:
    standard = judged(of_values("1.1", *[MET] * 7, *[NOT_MET] * 3)).standards[0]
    assert sentences(standard, ReasonKind.EDGE) == [
        "The score is exactly on the edge of the Sound band, with no point to spare."
    ]


def test_it_names_the_single_answer_that_would_change_the_level() -> None:
    questions = [a_question("1.1.1", MET, weight=3), a_question("1.1.2", NOT_MET, weight=1)]
    standard = judged(a_standard("1.1", *questions)).standards[0]
    assert (standard.words, standard.score_words) == ("Sound", "75%")
    assert sentences(standard, ReasonKind.ONE_ANSWER) == [
        "One step worse on question 1.1.1, from met to mostly met, would lower this standard to Needs work."
    ]


def test_it_says_when_no_single_answer_would_change_the_level() -> None:
    standard = judged(of_values("1.1", *[MET] * 20)).standards[0]
    assert sentences(standard, ReasonKind.ONE_ANSWER) == [
        "No single answer, moved by one step, would change how this standard is judged."
    ]


def test_a_long_list_of_questions_becomes_a_number_and_the_reason_keeps_them_all() -> None:
    short, long = (judged(of_values("1.1", *[MET] * 7 * n, *[NOT_MET] * 3 * n)).trace for n in (1, 2))
    reasons = [each for each in (*short, *long) if each.kind is ReasonKind.ONE_ANSWER]
    assert [each.sentence for each in reasons] == [
        "One step worse on any one of questions 1.1.1, 1.1.2, 1.1.3, 1.1.4, 1.1.5, 1.1.6 and 1.1.7 "
        "would lower the service overall to Needs work.",
        "One step worse on any one of 14 questions would lower the service overall to Needs work.",
    ]
    assert [len(each.questions) for each in reasons] == [7, 14]


def test_it_says_when_the_same_evidence_carries_several_low_answers() -> None:
    first = a_standard(
        "3.1", a_question("3.1.2", PARTLY, evidence="a"), a_question("3.1.3", MET, evidence="a")
    )
    second = a_standard(
        "3.3", a_question("3.3.1", NOT_MET, evidence="a"), a_question("3.3.2", NOT_MET, evidence="b")
    )
    judgement = judged(first, second)
    assert sentences(judgement, ReasonKind.SAME_EVIDENCE) == [
        "The same evidence supports questions 3.1.2 and 3.3.1, which were both answered partly met or not met. "
        "Check that one event does not count more than once."
    ]
    assert all(not sentences(each, ReasonKind.SAME_EVIDENCE) for each in judgement.standards)


def test_it_says_when_a_judgement_rests_on_one_method_alone() -> None:
    only_read = a_standard(
        "1.1", a_question("1.1.1", MET, methods=("reading records",)), a_question("1.1.2", MET)
    )
    also_asked = a_standard("1.2", a_question("1.2.1", MET, methods=("reading records", "asking people")))
    unseen = a_standard("1.3", a_question("1.3.1", NOT_SEEN, methods=("watching care",)))
    judgement = judged(only_read, also_asked, unseen)
    assert [bool(sentences(each, ReasonKind.ONE_METHOD)) for each in judgement.standards] == [
        True,
        False,
        False,
    ]
    assert sentences(judgement.standards[0], ReasonKind.ONE_METHOD) == [
        "All the evidence recorded here was gathered in one way alone (reading records). "
        "The same thing seen in a second way would make the judgement firmer."
    ]
