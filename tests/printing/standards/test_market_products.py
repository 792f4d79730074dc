"""The papers and publications of the market keep the standards too."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.core.clock import today
from quality.market.council.committee import committee_paper
from quality.market.council.pack import evidence_pack
from quality.market.papers import paper_pdf
from quality.market.papers.council import committee_as_paper, pack_as_paper
from quality.market.publications.operations import pdf_of
from quality.people.permissions import Role
from quality.services.models import LocalAuthority
from tests.builders.editions import an_edition_that_says, days_ago
from tests.builders.people import a_council, a_person
from tests.builders.publications import a_publication
from tests.builders.register import an_edition
from tests.builders.services import a_service
from tests.databases import Database
from tests.market.council.builders import an_issued_audit
from tests.market.views.conftest import load_two_days
from tests.printing.documents import NOON
from tests.printing.standards.complaints import complaints
from tests.printing.standards.outside import outloud_says, pdfua_says, qpdf_says

pytestmark = pytest.mark.slow


def test_the_evidence_pack_and_the_committee_paper_keep_the_standards(
    session: Database, tmp_path: Path
) -> None:
    council = a_council_with_audits(session)
    pack = pack_as_paper(evidence_pack(council.id, today()), colour="#1d5b7a", made_at=NOON)
    committee = committee_as_paper(committee_paper(council.id, today()), colour="#1d5b7a", made_at=NOON)
    for paper in (pack, committee):
        all_is_well(paper_pdf(paper), tmp_path)


def test_a_publication_keeps_the_standards(session: Database, tmp_path: Path) -> None:
    load_two_days()
    manager = a_person(session, Role.MANAGER, council=a_council(session))
    all_is_well(pdf_of(a_publication(manager, printed=True)), tmp_path)


def a_council_with_audits(session: Database) -> LocalAuthority:
    """A council that issued two audits, beside ratings of CQC's."""
    council = a_council(session)
    edition = an_edition(session, days_ago(1000))
    service = a_service(session, council, edition=edition)
    an_edition_that_says(service, days_ago(900), {"Overall": ("Good", days_ago(950))})
    for days in (400, 30):
        an_issued_audit(session, council, service, days_ago(days), findings=({"code": "3.3.1"},))
    return council


def all_is_well(pdf: bytes, folder: Path) -> None:
    """Fail unless our own reading and every program of others find nothing."""
    path = folder / "document.pdf"
    path.write_bytes(pdf)
    assert complaints(pdf) == []
    assert outloud_says(path) == []
    assert pdfua_says(path) == []
    assert qpdf_says(path) == ""
