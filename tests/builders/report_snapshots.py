"""Invented reports: an invented council, service and staff. Nothing here is about a real place or person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from quality.reports.pinned import (
    NOTHING_OVER_TIME,
    Break,
    Edition,
    OverTime,
    PinnedRatings,
    RatedThen,
    Rating,
)
from quality.reports.snapshot import (
    SCHEMA_VERSION,
    Audit,
    Council,
    Judgement,
    Method,
    Person,
    Sampled,
    Service,
    Snapshot,
    SpokenTo,
    Step,
    Term,
    count,
)
from tests.builders.report_findings import findings
from tests.builders.report_judgements import BANDS, NOT_JUDGED, domains, level


def a_snapshot(**changes: Any) -> Snapshot:
    """A usual report about Larkfield House. Name any field to change it; the manifest is counted afterwards."""
    fields: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "number": "PQ-2026-0004",
        "issue": 1,
        "issued_at": datetime(2026, 6, 12, 14, 5, tzinfo=UTC),
        "council": Council(
            name="Northmere County Council",
            colour="#1d5b7a",
            check_at="https://quality.northmere.example/reports/verify",
        ),
        "service": a_service(),
        "audit": an_audit(),
        "cqc": cqc_ratings(),
        "judgement": Judgement(
            level=level(1),
            score="74%",
            coverage="33 of 36 by weight (92%)",
            reasons=(
                "The three parts of the service together score 74%, which is in the band for Sound.",
                "Medicines (2.2) was judged Serious concern, so the service cannot be judged higher "
                "than Needs work overall."
                " Without that it would be Sound.",
            ),
        ),
        "domains": domains(),
        "findings": findings(),
        "photographs": (),
        "responses": (),
        "plan": (),
        "method": method(),
        "approved_by": Person(name="Marian Okafor", role="Provider quality manager"),
        "approved_at": datetime(2026, 6, 12, 13, 50, tzinfo=UTC),
        "corrects": None,
        "next_steps": (
            "The provider tells us within 10 working days, by 26 June 2026, if anything in this report "
            "is factually wrong.",
            "The provider sends an improvement plan with at least one action for each finding that asks "
            "for a change.",
            "We check each action against evidence, and may visit again without notice.",
            "If people are at risk of harm we act at once, and do not wait for the plan.",
        ),
        "limits": (
            "We saw the service on two days and read a sample of its records. Things may be different "
            "on other days.",
            "We did not look at night staffing, because nobody visited between 9pm and 7am.",
        ),
        "complaints": ("Write to quality@northmere.example if you think that something here is wrong.",),
        "glossary": (
            Term(word="Finding", meaning="Something that must improve, should improve, or is good practice."),
        ),
    }
    fields |= changes
    held = ("audit", "cqc", "domains", "findings", "photographs", "responses", "plan")
    counted = {name: fields[name] for name in held}
    return Snapshot(**({"manifest": count(**counted)} | fields))


def a_tiny_snapshot() -> Snapshot:
    """A report in which every list that may be empty is empty."""
    usual = a_snapshot()
    nothing = Judgement(level=NOT_JUDGED, score=None, coverage="nothing", reasons=())
    return a_snapshot(
        audit=replace(usual.audit, visited_on=(), visitors=(), spoken_to=(), sampled=()),
        cqc=replace(usual.cqc, ratings=(), newer=(), over_time=NOTHING_OVER_TIME),
        judgement=nothing,
        domains=(),
        findings=(),
        method=replace(usual.method, caps=()),
        next_steps=(),
        limits=(),
        complaints=(),
        glossary=(),
    )


def a_large_snapshot(times: int = 6) -> Snapshot:
    """A report with many times the usual findings and answers, each still different."""
    usual = a_snapshot()
    many_findings = tuple(
        replace(finding, found=f"{finding.found}\n\nSeen on round {round_} of our checks.")
        for round_ in range(1, times + 1)
        for finding in usual.findings
    )
    many_domains = tuple(
        replace(domain, title=f"{domain.title}, unit {round_}")
        for round_ in range(1, times + 1)
        for domain in usual.domains
    )
    return a_snapshot(domains=many_domains, findings=many_findings)


def a_service() -> Service:
    """An invented care home; its CQC number is of a form CQC does not give out."""
    return Service(
        name="Larkfield House",
        address="12 Orchard Lane, Larkfield, Northmere NM4 7QX",
        cqc_id="1-0000000042",
        cqc_url="https://www.cqc.org.uk/location/1-0000000042",
        type_words="Care home with nursing",
        provider_name="Larkfield Care Limited",
        local_authority="Northmere",
    )


def an_audit() -> Audit:
    """Two days at Larkfield House."""
    return Audit(
        reference="NM-2026-0117",
        kind="Routine audit",
        announced=False,
        visited_on=(date(2026, 5, 12), date(2026, 5, 13)),
        visitors=(
            Person(name="Amina Yusuf", role="Quality officer"),
            Person(name="Łukasz Wójcik", role="Medicines adviser"),
        ),
        spoken_to=(
            SpokenTo(role="People who live at the service", number=9),
            SpokenTo(role="Relatives and friends", number=4),
            SpokenTo(role="Nurses and care staff", number=7),
            SpokenTo(role="Registered manager", number=1),
        ),
        sampled=(
            Sampled(kind="Care plans", seen=8, of=41),
            Sampled(kind="Medicine administration records", seen=12, of=41),
            Sampled(kind="Staff recruitment files", seen=6, of=52),
            Sampled(kind="Accident and incident forms since January", seen=19, of=None),
        ),
    )


def cqc_ratings() -> PinnedRatings:
    """Ratings of the invented service, one of them inherited and one missing."""
    published = date(2024, 3, 21)
    words = {
        "Overall": "Good",
        "Safe": "Requires improvement",
        "Effective": "Good",
        "Caring": "Good",
        "Responsive": "Good",
        "Well-led": "Good",
    }
    ratings = [
        Rating(
            service_group="Residential social care",
            domain=domain,
            rating=rating,
            published_on=published,
            inherited=domain == "Effective",
            not_rated_reason=None,
        )
        for domain, rating in words.items()
    ]
    unrated = Rating(
        service_group="Urgent response",
        domain="Overall",
        rating="No published rating",
        published_on=None,
        inherited=False,
        not_rated_reason="Not yet inspected",
    )
    return PinnedRatings(
        as_at=date(2026, 5, 1),
        editions=(
            Edition(
                file="01_May_2026_Latest_ratings.ods",
                kind="Latest ratings",
                as_at=date(2026, 5, 1),
                sha256="9f2c4e0d5b7a81c3664f0e9d2a17b5c8e3f1096d4b2a7c58910ef3d6a4b5c7e8",
            ),
        ),
        ratings=(*ratings, unrated),
        newer=(replace(ratings[1], rating="Inadequate", published_on=date(2026, 6, 2)),),
        over_time=over_time(),
    )


def over_time() -> OverTime:
    """Three ratings in eleven years, with a break where CQC began to rate in another way."""
    told = (
        (date(2015, 9, 4), "Requires improvement", "CQC’s ratings of 2014"),
        (date(2018, 2, 20), "Good", "CQC’s ratings of 2014"),
        (date(2024, 3, 21), "Good", "Single assessment framework"),
    )
    return OverTime(
        words="The service as a whole: Requires improvement in 2015, then Good in 2018 and 2024.",
        ratings=tuple(
            RatedThen(
                service_group="Overall",
                domain=domain,
                rating=rating,
                on=on,
                dated=True,
                framework=framework,
                registration="",
                former=False,
            )
            for on, rating, framework in told
            for domain in ("Overall", "Safe")
        ),
        breaks=(
            Break(
                number=1,
                heading="Another way of rating",
                reason="CQC rates by scores of quality statements since, one of which may stand for several.",
                source="https://www.cqc.org.uk/",
                after=date(2018, 2, 20),
                before=date(2024, 3, 21),
                groups=("Overall",),
            ),
        ),
        alike=(),
    )


def method() -> Method:
    """How the invented framework judges."""
    return Method(
        framework_title="Provider quality framework",
        framework_version="1",
        framework_sha256="4be1c90a7d35f28e6610bb7f3c9ad2e4580f17c6932ad84be5f071c2d39a6e84",
        scale=(
            Step(words="Met", meaning="3 points, times the weight of the question."),
            Step(words="Mostly met", meaning="2 points, times the weight of the question."),
            Step(words="Partly met", meaning="1 point, times the weight of the question."),
            Step(words="Not met", meaning="No points."),
            Step(words="Not seen today", meaning="Left out of the score, and lowers how much was looked at."),
            Step(words="Does not apply", meaning="Left out altogether. A reason is always given."),
        ),
        bands=BANDS,
        caps=(
            "A standard with a critical question that is not met cannot be judged higher than Needs work.",
            "A service with a standard judged Serious concern cannot be judged higher than Needs work "
            "overall.",
            "A standard is not judged when less than 80% of it, by weight, could be looked at.",
        ),
    )
