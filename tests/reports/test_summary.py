"""The first words of a report are words anybody can read, and they agree with the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quality.reports.snapshot import Correction, Finding, FindingKind, Person, Snapshot
from quality.reports.summary import Point, summary_parts, summary_sentences
from tests.builders.report_judgements import BANDS, NOT_JUDGED, level
from tests.builders.report_snapshots import a_service, a_snapshot, a_tiny_snapshot, an_audit

CORRECTION = Correction(
    replaces=1,
    what_changed="The count was of April.",
    decided_by=Person(name="Marian Okafor", role="Manager"),
)


def _said(report: Snapshot, heading: str) -> str:
    """What the summary says under a heading, lists included."""
    (part,) = (part for part in summary_parts(report) if part.heading == heading)
    return " ".join((*part.sentences, *(point.words for point in part.points)))


def _findings(kind: FindingKind, number: int) -> tuple[Finding, ...]:
    first = a_snapshot().findings_of(kind)[0]
    return tuple(replace(first, title=f"Title {place}") for place in range(1, number + 1))


def test_a_usual_report_is_summed_up() -> None:
    assert summary_sentences(a_snapshot()) == (
        "Northmere County Council visited Larkfield House on 12 and 13 May 2026 to look at the quality of care. "
        "The service did not know that we were coming. Amina Yusuf and Łukasz Wójcik made the visits. "
        "We spoke with 21 people and looked at 45 records.",
        "Our overall judgement is “Needs work”. That is the second lowest of our 4 levels. "
        "This is not a CQC rating.",
        "“Care around the person” and “Running the service” came out best. We judged both “Sound”. "
        "We found 2 examples of good practice. “A good day for me”. “A manager people know”.",
        "We found 2 things that must improve and 2 things that should get better. Here is what must improve. "
        "“Medicines are not always written down”. By 26 June 2026. "
        "“Agency staff did not know how to report a concern”. By 19 June 2026.",
        "Larkfield Care Limited runs the service. It has to act on 4 findings. "
        "The first date is 19 June 2026. The last is 31 July 2026. “What happens next” gives each step.",
        "This report does not ask you to do anything. “Who to talk to” says whom to ask, and where to tell a worry.",
    )


def test_what_was_not_done_is_not_claimed() -> None:
    assert summary_sentences(a_tiny_snapshot()) == (
        "Northmere County Council looked at the quality of care at Larkfield House without visiting it.",
        "We did not see enough to make an overall judgement. "
        "That does not mean that the care is good, or that it is bad.",
        "We recorded no separate findings.",
        "We ask for no changes.",
        "This report does not ask you to do anything.",
    )


def test_a_low_judgement_never_asks_for_nothing() -> None:
    report = a_snapshot(findings=())
    said = " ".join(summary_sentences(report))
    assert report.is_low
    assert "no changes" not in said
    assert "“How the judgement was made” says what was wrong." in said
    assert "It has to act on what led to our judgement." in said


def test_one_of_a_kind_is_said_in_the_singular() -> None:
    report = a_snapshot()
    one = tuple(report.findings_of(kind)[0] for kind in FindingKind)
    audit = replace(
        an_audit(),
        announced=True,
        visited_on=an_audit().visited_on[:1],
        visitors=an_audit().visitors[:1],
        spoken_to=an_audit().spoken_to[-1:],
        sampled=(),
    )
    report = a_snapshot(findings=one[:1] + one[2:], audit=audit, domains=report.domains[:1])
    assert _said(report, "Our visit").endswith(
        "The service knew that we were coming. Amina Yusuf made the visit. We spoke with 1 person."
    )
    assert _said(report, "What is good").startswith(
        "“Care around the person” came out best. We judged it “Sound”. We found 1 example of good practice."
    )
    assert _said(report, "What must change").startswith("We found 1 thing that must improve. Here is what")
    assert "It has to act on 1 finding. The date is 26 June 2026." in _said(report, "Next steps")


def test_of_many_the_first_three_are_named_and_the_others_counted() -> None:
    must, good = _findings(FindingKind.MUST_IMPROVE, 5), _findings(FindingKind.GOOD_PRACTICE, 4)
    parts = {part.heading: part for part in summary_parts(a_snapshot(findings=(*good, *must)))}
    asked = parts["What must change"]
    assert asked.sentences == ("We found 5 things that must improve.", "Here are the most serious.")
    assert asked.points == (
        Point(words="“Title 1”. By 26 June 2026.", finding=1),
        Point(words="“Title 2”. By 26 June 2026.", finding=2),
        Point(words="“Title 3”. By 26 June 2026.", finding=3),
        Point(words="And 2 more.", finding=None),
    )
    assert [point.finding for point in parts["What is good"].points] == [6, 7, 8, None]


def test_many_visitors_and_days_are_not_all_listed() -> None:
    days = tuple(date(2026, 5, day) for day in (4, 6, 12, 13, 28))
    people = tuple(Person(name=name, role="Officer") for name in ("Ada", "Ben", "Cem", "Dot", "Eve"))
    said = _said(a_snapshot(audit=replace(an_audit(), visited_on=days, visitors=people)), "Our visit")
    assert "Larkfield House on 5 days, from 4 May 2026 to 28 May 2026 to look" in said
    assert "Ada, Ben, Cem and 2 others made the visits." in said


@pytest.mark.parametrize(
    ("place", "sentence"),
    [(0, "the lowest"), (1, "the second lowest"), (2, "the second best"), (3, "the best")],
)
def test_where_a_level_stands_on_the_scale_is_said(place: int, sentence: str) -> None:
    judgement = replace(a_snapshot().judgement, level=level(place))
    said = _said(a_snapshot(judgement=judgement), "What we think")
    assert f"“{BANDS[place].words}”. That is {sentence} of our 4 levels." in said


def test_what_a_level_means_is_said_in_the_words_of_the_framework_without_its_figures() -> None:
    meaning = "From 45% to below 70%. People do not always get the care they should. A plan is needed."
    method = a_snapshot().method
    bands = (BANDS[0], replace(BANDS[1], meaning=meaning), *BANDS[2:])
    said = _said(a_snapshot(method=replace(method, bands=bands)), "What we think")
    assert "It means: “People do not always get the care they should. A plan is needed.” This is" in said


def test_parts_in_the_lower_half_of_the_scale_are_not_called_the_best() -> None:
    usual = a_snapshot().domains
    low = tuple(replace(one, judgement=replace(one.judgement, level=level(1))) for one in usual)
    none = tuple(replace(one, judgement=replace(one.judgement, level=NOT_JUDGED)) for one in usual)
    for domains in (low, none, ()):
        assert _said(a_snapshot(domains=domains), "What is good").startswith("We found 2 examples")


def test_parts_that_are_all_alike_are_said_once() -> None:
    alike = tuple(
        replace(one, judgement=replace(one.judgement, level=level(3))) for one in a_snapshot().domains
    )
    assert "We judged every part of the service “Strong”." in _said(a_snapshot(domains=alike), "What is good")


def test_nothing_good_is_made_up() -> None:
    report = a_snapshot(domains=(), findings=_findings(FindingKind.IMPROVEMENT_NEEDED, 2))
    assert "What is good" not in {part.heading for part in summary_parts(report)}
    assert _said(report, "What must change") == "We found 2 things that should get better."


def test_a_correction_says_first_what_it_replaces_and_gives_the_reason_as_it_was_typed() -> None:
    first = summary_parts(a_snapshot(issue=2, corrects=CORRECTION))[0]
    assert first.heading == "What changed since issue 1"
    assert first.sentences[0] == "This is issue 2. It replaces issue 1, which no longer holds."
    assert first.sentences[1] == "Marian Okafor (Manager) decided this and gave the reason."
    assert first.typed == "The count was of April."


def test_a_draft_says_first_that_it_is_one() -> None:
    first = summary_sentences(a_snapshot(approved_by=None, approved_at=None))[0]
    assert "This is a draft" in first
    assert "Nobody has approved it yet, and it may change." in first
    assert not any("draft" in sentence for sentence in summary_sentences(a_snapshot()))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Nobody came.", "“Nobody came.” By"),
        ("Who was there?", "“Who was there?” By"),
        ("Mr. Doe said “no.”", "“Mr. Doe said “no.”” By"),
        ("Late…", "“Late…” By"),
        ("  two \n lines ", "“two lines”. By"),
        ("", "“…” By"),
        ("<b>{{ 7 }}</b>", "“<b>{{ 7 }}</b>”. By"),
    ],
)
def test_a_title_stands_as_it_was_typed_and_with_one_full_stop(title: str, shown: str) -> None:
    (finding,) = _findings(FindingKind.MUST_IMPROVE, 1)
    assert shown in _said(a_snapshot(findings=(replace(finding, title=title),)), "What must change")


def test_a_name_that_ends_with_a_stop_doubles_none() -> None:
    service = replace(a_service(), name="Larkfield Care Ltd.", provider_name="Larkfield Group Ltd.")
    assert not any(".." in sentence for sentence in summary_sentences(a_snapshot(service=service)))
    assert (
        ".."
        not in summary_sentences(
            a_snapshot(audit=replace(an_audit(), visited_on=(), spoken_to=(), sampled=()), service=service)
        )[0]
    )
