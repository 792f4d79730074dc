"""The forms of a report: a web page and a PDF, both made from the snapshot and from nothing else."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from quality.printing.attachments import Attachment
from quality.printing.colour import in_colour
from quality.printing.errors import PrintingError
from quality.printing.pdf import render_pdf
from quality.printing.templates import print_css, print_html
from quality.reports.counting import answers_given, weights_in_words
from quality.reports.data import attachments
from quality.reports.over_time import chart_of, tables_of
from quality.reports.pinned import Rating
from quality.reports.snapshot import Finding, FindingKind, Snapshot
from quality.reports.summary import NAMED, summary_parts
from quality.reports.wording import how_to_check


def report_pdf(report: Snapshot, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The report as a PDF/UA document; the same snapshot gives the same bytes. Raises PrintingError.

    `pictures` are the files of its photographs by SHA-256; without one of them there is no report.
    Takes about a second for a usual report, so it belongs outside the transaction that issues it.
    """
    title = f"{report.service.name}: quality audit report {report.number}"
    return as_pdf(report, printed(report), title=title, inside=attachments(report), pictures=pictures)


def as_pdf(
    report: Snapshot,
    page: tuple[str, str],
    *,
    title: str,
    inside: Sequence[Attachment] = (),
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """A form of the report, given as HTML and CSS, as a PDF/UA document with files inside it. Raises PrintingError."""
    html, css = page
    return render_pdf(
        html=html,
        css=css,
        title=title,
        created=report.issued_at,
        author=report.council.name,
        attachments=inside,
        pictures=pictures,
    )


def printed(report: Snapshot, *, in_large_print: bool = False) -> tuple[str, str]:
    """What is printed, as HTML and CSS. In large print the chart is told in words. Raises PrintingError."""
    html = print_html(
        "reports/print/report.html",
        chart_rules=print_css("reports/print/chart.css"),
        in_large_print=in_large_print,
        **_data(report),
    )
    sheets = ["report", "draft"] if report.is_draft else ["report"]
    rules = "\n".join(print_css(f"reports/print/{sheet}.css") for sheet in sheets)
    return html, in_colour(rules, report.council.colour)


def report_body(report: Snapshot) -> Markup:
    """The report as the content of a web page, with its one h1, in GOV.UK Frontend's classes. Raises PrintingError."""
    return Markup(print_html("reports/_body.html", **_data(report)))  # noqa: S704 -- It has been escaped there.


def _data(report: Snapshot) -> dict[str, object]:
    return {
        "report": report,
        "said_sha256": hashlib.sha256(_as_bytes(report)).hexdigest(),
        "checking": how_to_check(is_draft=report.is_draft),
        "summary": summary_parts(report),
        "named_in_summary": NAMED,
        "answers_given": answers_given(report),
        "weights": weights_in_words(report),
        "findings": _numbered(report),
        "ratings_by_group": _by_group(report.cqc.ratings),
        "newer_by_group": _by_group(report.cqc.newer),
        "chart": chart_of(report.cqc.over_time, report.cqc.as_at),
        "rated_tables": tables_of(report.cqc.over_time),
    }


def _as_bytes(report: Snapshot) -> bytes:
    try:
        return report.as_json().encode()
    except UnicodeEncodeError as error:
        before = error.object[: error.start].rpartition('"')[2][-40:]
        raise PrintingError(
            f"The report was not made: after “{before}” it holds half of a character, which no file can hold. "
            "Delete what stands there and type it again."
        ) from error


def _numbered(report: Snapshot) -> list[tuple[FindingKind, list[tuple[int, Finding]]]]:
    """Findings by kind, most important first, numbered through, so that both forms call each by the same number."""
    numbers = itertools.count(1)
    return [
        (kind, [(next(numbers), finding) for finding in report.findings_of(kind)]) for kind in FindingKind
    ]


def _by_group(ratings: Sequence[Rating]) -> list[tuple[str, list[Rating]]]:
    """CQC's ratings in tables, in the snapshot's order: the whole service first, then each part that is rated."""
    groups: dict[str, list[Rating]] = {}
    for rating in ratings:
        groups.setdefault(rating.service_group, []).append(rating)
    return [
        ("The whole service" if group == "Overall" else group, ratings) for group, ratings in groups.items()
    ]
