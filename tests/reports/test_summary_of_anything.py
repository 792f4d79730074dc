"""Whatever a report holds, its summary is short, plain, well formed, and agrees with it."""

from __future__ import annotations

import re
import statistics
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from quality.reports.snapshot import (
    Audit,
    Correction,
    Domain,
    Finding,
    FindingKind,
    Judgement,
    Person,
    Sampled,
    Snapshot,
    SpokenTo,
)
from quality.reports.summary import NAMED, summary_sentences
from tests.builders.report_judgements import BANDS, NOT_JUDGED, level
from tests.builders.report_snapshots import a_snapshot
from tests.reports.test_snapshot import SNAPSHOTS

JARGON = re.compile(
    r"\b(cap|caps|coverage|framework|band|bands|weight|standard|domain|snapshot|audit|evidence|criteria|"
    r"methodology|regulatory|compliance|stakeholder|implement|pursuant|hereby|whilst|utilise)\b",
    re.IGNORECASE,
)
QUOTED = re.compile("“[^”]*”")

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
WORDS = st.sampled_from(["Alder", "Birch lane", "Cedar and Elm", "Dogwood"])
PEOPLE = st.builds(Person, name=WORDS, role=WORDS)
LEVELS = st.sampled_from([NOT_JUDGED, *(level(place) for place in range(4))])
JUDGEMENTS = st.builds(Judgement, level=LEVELS)
AUDITS = st.builds(
    Audit,
    visited_on=st.lists(DAYS, max_size=8).map(tuple),
    visitors=st.lists(PEOPLE, max_size=6).map(tuple),
    spoken_to=st.lists(st.builds(SpokenTo, number=st.integers(0, 2000)), max_size=3).map(tuple),
    sampled=st.lists(st.builds(Sampled, seen=st.integers(0, 2000)), max_size=3).map(tuple),
)
FINDINGS = st.lists(st.builds(Finding, title=WORDS, by_when=st.none() | DAYS), max_size=9).map(tuple)
REPORTS = st.builds(
    a_snapshot,
    audit=AUDITS,
    judgement=JUDGEMENTS,
    domains=st.lists(
        st.builds(Domain, title=WORDS, judgement=JUDGEMENTS, standards=st.just(())), max_size=6
    ).map(tuple),
    findings=FINDINGS,
    corrects=st.none() | st.builds(Correction, decided_by=PEOPLE, replaces=st.integers(1, 9)),
    next_steps=st.sampled_from([(), ("A step.",)]),
    complaints=st.sampled_from([(), ("A way.",)]),
)
DRAFTS = REPORTS.map(lambda report: replace(report, approved_by=None, approved_at=None))


def _sentences(report: Snapshot) -> list[str]:
    """Every sentence, with a word in place of each quotation."""
    plain = (QUOTED.sub("Quotation", paragraph) for paragraph in summary_sentences(report))
    return [sentence for paragraph in plain for sentence in re.split(r"(?<=[.!?])\s", paragraph)]


@settings(deadline=None)
@given(SNAPSHOTS)
def test_any_report_has_a_summary_whose_paragraphs_end_and_hold_no_doubled_space(report: Snapshot) -> None:
    said = summary_sentences(report)
    assert said
    assert all(re.search(r"[.!?…]”?$", paragraph) for paragraph in said)
    assert not any(re.search(r"\s\s|\s$|^\s", paragraph) for paragraph in said)


@settings(deadline=None)
@given(REPORTS | DRAFTS)
def test_sentences_are_short_plain_and_end_with_a_stop(report: Snapshot) -> None:
    sentences = _sentences(report)
    lengths = [len(sentence.split()) for sentence in sentences]
    assert statistics.median(lengths) <= 18
    assert max(lengths) <= 30
    assert not any(JARGON.search(sentence) for sentence in sentences)
    assert all(re.search(r"^[A-Z“].*[^.,: ][.]$", sentence) for sentence in sentences)


@settings(deadline=None)
@given(REPORTS)
def test_every_count_agrees_with_the_report(report: Snapshot) -> None:
    said = " ".join(summary_sentences(report))
    must, should, good = (len(report.findings_of(kind)) for kind in FindingKind)
    people = sum(group.number for group in report.audit.spoken_to)
    records = sum(sample.seen for sample in report.audit.sampled)
    visited = bool(report.audit.visited_on)
    assert _number(said, r"things? that must improve") == must
    assert _number(said, r"things? that should get better") == should
    assert _number(said, r"examples? of good practice") == good
    assert _number(said, r"findings?\.") == must + should
    assert _number(said, r"(?:person|people)\b(?! who)") == people
    assert _number(said, r"records?\.") == records
    assert said.count("made the visit") == (visited and bool(report.audit.visitors))
    more = sum(number - NAMED for number in (must, good) if number > NAMED)
    assert sum(int(number) for number in re.findall(r"And (\d+) more\.", said)) == more


@settings(deadline=None)
@given(REPORTS)
def test_the_level_is_said_where_there_is_one_and_only_there(report: Snapshot) -> None:
    said = " ".join(summary_sentences(report))
    judged = report.judgement.level
    told = re.findall(r"Our overall judgement is “([^”]*)”", said)
    assert told == ([judged.words] if judged.place is not None else [])
    assert ("did not see enough" in said) == (judged.place is None)
    assert all(band.words in said for band in BANDS if band.words in told)


def _number(said: str, noun: str) -> int:
    """The one number before a noun; none stands for nought."""
    found = re.findall(rf"\b([\d,]+) {noun}", said)
    assert len(found) <= 1
    return int(found[0].replace(",", "")) if found else 0
