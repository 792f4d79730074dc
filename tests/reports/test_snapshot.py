"""A snapshot survives being written down, and refuses to contradict itself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.reports.pinned import NOTHING_OVER_TIME, PinnedRatings
from quality.reports.snapshot import (
    Action,
    Answer,
    Audit,
    Correction,
    Council,
    Domain,
    Finding,
    Judgement,
    Level,
    Manifest,
    Method,
    Person,
    Photograph,
    Response,
    Service,
    Snapshot,
    SnapshotError,
    Standard,
)
from tests.builders.report_judgements import BANDS, NOT_JUDGED, level
from tests.builders.report_snapshots import a_snapshot, a_tiny_snapshot

TEXT = st.text(max_size=30)
MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=1))]))
LEVELS = st.sampled_from([NOT_JUDGED, *(level(place) for place in range(4))])
JUDGEMENTS = st.builds(
    Judgement,
    level=LEVELS,
    score=st.none() | TEXT,
    coverage=TEXT,
    reasons=st.lists(TEXT, max_size=2).map(tuple),
)
STANDARDS = st.builds(
    Standard,
    code=TEXT,
    title=TEXT,
    judgement=JUDGEMENTS,
    answers=st.lists(st.from_type(Answer), max_size=2).map(tuple),
)
DOMAINS = st.builds(
    Domain, title=TEXT, judgement=JUDGEMENTS, standards=st.lists(STANDARDS, max_size=2).map(tuple)
)
SNAPSHOTS = st.builds(
    a_snapshot,
    number=TEXT,
    issue=st.integers(),
    issued_at=MOMENTS,
    council=st.builds(Council, check_at=TEXT.map(lambda text: text and f"https://{text}")),
    service=st.builds(Service, cqc_url=TEXT.map(lambda text: f"https://{text}")),
    audit=st.from_type(Audit),
    cqc=st.from_type(PinnedRatings),
    judgement=JUDGEMENTS,
    domains=st.lists(DOMAINS, max_size=2).map(tuple),
    findings=st.lists(st.from_type(Finding), max_size=2).map(tuple),
    photographs=st.lists(st.from_type(Photograph), max_size=2).map(tuple),
    responses=st.lists(st.from_type(Response), max_size=2).map(tuple),
    plan=st.lists(st.from_type(Action), max_size=2).map(tuple),
    corrects=st.none() | st.from_type(Correction),
    method=st.builds(Method, bands=st.just(BANDS)),
    approved_by=st.from_type(Person),
    approved_at=MOMENTS,
    next_steps=st.lists(TEXT, max_size=2).map(tuple),
    limits=st.lists(TEXT, max_size=2).map(tuple),
)


@settings(deadline=None)
@given(SNAPSHOTS)
def test_a_snapshot_read_back_is_the_same_snapshot(snapshot: Snapshot) -> None:
    written = snapshot.as_json()
    read = Snapshot.from_json(written)
    assert read == snapshot
    assert read.as_json() == written


def test_json_is_canonical() -> None:
    written = a_snapshot().as_json()
    parsed = json.loads(written)
    assert written == json.dumps(parsed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert parsed["schema_version"] == 4
    assert parsed["audit"]["visited_on"] == ["2026-05-12", "2026-05-13"]
    assert parsed["findings"][0]["kind"] == "good practice"


def _changed(path: list[Any], value: Any) -> str:
    data = json.loads(a_snapshot().as_json())
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["schema_version"], 5, "schema version 5; version 4 is known"),
        (["issue"], "1", r"Snapshot\.issue must be int, not str"),
        (["audit", "announced"], 1, r"Snapshot\.audit\.announced must be bool, not int"),
        (["audit", "visited_on"], ["13 May"], r"Snapshot\.audit\.visited_on\[0\] cannot be '13 May'"),
        (["findings", 0, "kind"], "bad", r"Snapshot\.findings\[0\]\.kind cannot be 'bad'"),
        (["findings", 0, "found"], None, r"Snapshot\.findings\[0\]\.found must be str, not NoneType"),
        (["extra"], "x", "fields missing or unknown: extra"),
        (["next_steps"], {}, r"Snapshot\.next_steps must be list, not dict"),
        (["service", "cqc_url"], "javascript:alert(1)", "must begin with https://"),
        (["council", "check_at"], "http://quality.example", "checked must begin with https://"),
        (["issued_at"], "2026-06-12T14:05:00", "must say its time zone"),
        (["judgement", "level", "place"], 3, "'Needs work' has place 3"),
        (["judgement", "level", "place"], -1, "'Needs work' has place -1"),
        (
            ["domains", 0, "standards", 0, "answers"],
            [],
            "should hold .*answers=17.* but it holds .*answers=14",
        ),
    ],
)
def test_what_is_not_a_snapshot_is_refused_with_its_place(path: list[Any], value: Any, sentence: str) -> None:
    with pytest.raises(SnapshotError, match=sentence):
        Snapshot.from_json(_changed(path, value))


def _as_version_3() -> dict[str, Any]:
    """The usual report as it was stored before it said where a copy can be checked."""
    data: dict[str, Any] = json.loads(a_snapshot().as_json())
    data["schema_version"] = 3
    del data["council"]["check_at"]
    return data


def _as_version_2() -> dict[str, Any]:
    """The usual report as it was stored before photographs, evidence by method and ratings over time."""
    data = _as_version_3()
    data["schema_version"] = 2
    for name in ("photographs", "responses", "plan", "corrects", "complaints", "glossary"):
        del data[name]
    for name in ("photographs", "responses", "actions", "ratings_over_time"):
        del data["manifest"][name]
    del data["cqc"]["over_time"]
    for finding in data["findings"]:
        del finding["evidence"]
    for domain in data["domains"]:
        for standard in domain["standards"]:
            for answer in standard["answers"]:
                del answer["methods"], answer["weight"], answer["critical"]
    return data


def test_a_report_of_the_third_schema_version_is_still_read() -> None:
    read = Snapshot.from_json(json.dumps(_as_version_3()))
    assert read == replace(a_snapshot(), council=replace(a_snapshot().council, check_at=""))


def test_a_report_of_the_second_schema_version_is_still_read() -> None:
    read, usual = Snapshot.from_json(json.dumps(_as_version_2())), a_snapshot()
    assert read.cqc.ratings == usual.cqc.ratings
    assert read.cqc.over_time == NOTHING_OVER_TIME
    assert [one.title for one in read.findings] == [one.title for one in usual.findings]
    assert {answer.weight for answer in read.domains[0].standards[0].answers} == {None}
    assert (read.photographs, read.corrects, read.manifest.answers) == ((), None, usual.manifest.answers)


def test_a_report_of_the_first_schema_version_is_still_read() -> None:
    """As it was stored then: without the kind and day of an edition, and without newer ratings."""
    data = _as_version_2()
    data["schema_version"] = 1
    del data["cqc"]["newer"]
    for edition in data["cqc"]["editions"]:
        del edition["kind"], edition["as_at"]
    read = Snapshot.from_json(json.dumps(data))
    usual = a_snapshot()
    assert read.cqc.ratings == usual.cqc.ratings
    assert [(one.file, one.kind, one.as_at) for one in read.cqc.editions] == [
        (one.file, "", None) for one in usual.cqc.editions
    ]
    assert read.cqc.newer == ()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"report"', "{}"])
def test_other_text_is_not_a_snapshot(text: str) -> None:
    with pytest.raises(SnapshotError, match="This is not a report's snapshot"):
        Snapshot.from_json(text)


def test_the_manifest_counts_what_the_report_holds() -> None:
    nothing = Manifest(
        answers=0, findings=0, photographs=0, responses=0, actions=0, ratings=0, ratings_over_time=0, visits=0
    )
    assert a_tiny_snapshot().manifest == nothing
    assert a_snapshot().manifest == replace(
        nothing, answers=17, findings=6, ratings=7, ratings_over_time=6, visits=2
    )


def test_a_report_that_lost_a_finding_on_the_way_cannot_be_made() -> None:
    report = a_snapshot()
    with pytest.raises(SnapshotError, match=r"findings=6.* but it holds .*findings=5"):
        replace(report, findings=report.findings[1:])


def test_a_level_must_use_the_words_of_its_place() -> None:
    report = a_snapshot()
    with pytest.raises(SnapshotError, match="which is not its place on the scale"):
        replace(report, judgement=replace(report.judgement, level=Level(place=0, words="Strong")))


def test_a_report_without_a_time_zone_cannot_be_made() -> None:
    with pytest.raises(SnapshotError, match="must say its time zone"):
        a_snapshot(approved_at=datetime(2026, 6, 12, 14, 5))  # noqa: DTZ001  # The fault under test.
