"""What the tests of packs share: reports of several providers, who may read them, and a pack that was put together."""

from __future__ import annotations

import zipfile

from quality.letters.packs.folder import pack_file
from quality.letters.packs.models import ReportPack
from quality.people.models import Person
from quality.people.permissions import Role
from quality.reports.models import Report
from tests.builders.audits import a_manager
from tests.builders.people import a_person
from tests.builders.reports import a_report
from tests.databases import Database


def some_reports(session: Database, number: int) -> list[Report]:
    """Issued reports about services of different providers, each with bytes of its own."""
    made = [a_report(session, pdf=f"%PDF-1.7 report {one}".encode()) for one in range(number)]
    session.commit()
    return made


def a_reader(session: Database, report: Report) -> Person:
    """A manager of the council whose report it is."""
    return a_manager(session, report.audit.local_authority)


def a_contact(session: Database, report: Report) -> Person:
    """A contact of the provider that the report is about."""
    return a_person(
        session,
        Role.PROVIDER_CONTACT,
        council=report.audit.local_authority,
        provider=report.audit.service.provider,
    )


def opened(pack: ReportPack) -> zipfile.ZipFile:
    """The finished file of a pack."""
    return zipfile.ZipFile(pack_file(pack.id))
