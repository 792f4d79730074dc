"""An issued report in its other forms, in large print and as easy read: made by a job, of its snapshot alone."""

from __future__ import annotations

from collections.abc import Mapping

from quality.core.database import db
from quality.core.jobs import Job, find_job, task
from quality.reports.easy_read import easy_read_pdf
from quality.reports.large_print import large_print_pdf
from quality.reports.models import Report, Variant
from quality.reports.operations import VARIANTS_TASK, keep_variant, pictures_of, variants_key
from quality.reports.queries import variants_of
from quality.reports.sealing import with_seal
from quality.reports.snapshot import Snapshot


def variant_pdf(report: Snapshot, variant: Variant, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The report in another form; the same snapshot gives the same bytes. Raises PrintingError.

    `pictures` are the files of its photographs by SHA-256; easy read shows none.
    """
    return easy_read_pdf(report) if variant is Variant.EASY else large_print_pdf(report, pictures)


@task(VARIANTS_TASK)
def make_variants(report_id: int) -> None:
    """Print the forms of an issued report that are not stored yet, each outside any transaction, and store each."""
    report = db.session.get_one(Report, report_id)
    said, stored = Snapshot.from_json(report.snapshot), variants_of(report)
    db.session.rollback()
    for variant in Variant:
        if variant not in stored:
            pictures = pictures_of(said) if variant is Variant.LARGE else {}
            keep_variant(report_id, variant, with_seal(variant_pdf(said, variant, pictures), said.issued_at))
            db.session.commit()


def job_of(report: Report) -> Job | None:
    """The job that makes the other forms of a report; none where nobody asked for them."""
    return find_job(VARIANTS_TASK, key=variants_key(report))
