"""The doctor: what this machine and these settings give, why, and what to do where something is missing."""

from __future__ import annotations

import ctypes.util
import ipaddress
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from config import ROOT
from quality.core.database import WAL_IS_SAFE_FROM, db, sqlite_journal_mode
from quality.core.jobs import given_up
from quality.core.pages import plural, settings
from quality.people.models import Person
from quality.people.policies import why_audits_may_wait
from quality.people.queries import approvers, councils_with_staff
from quality.printing.errors import PrintingError
from quality.printing.fonts import check_fonts
from quality.printing.seal import SealError
from quality.reports.sealing import council_seal
from quality.services.models import LocalAuthority


class Finding(StrEnum):
    """How a check came out."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True)
class Check:
    """One thing the doctor looked at. `advice` says what to do, where there is something to do."""

    subject: str
    finding: Finding
    sentence: str
    advice: str = ""


def examine(host: str = "127.0.0.1") -> list[Check]:
    """Look at everything, for a server that would listen on `host`. A failing check never stops the others."""
    return [check for look in _LOOKS for check in look()] + list(_host(host))


def is_fit(checks: list[Check]) -> bool:
    """True when nothing stands in the way of starting."""
    return all(check.finding is not Finding.BAD for check in checks)


def _sqlite() -> Iterator[Check]:
    if db.engine.dialect.name != "sqlite":
        return
    version, wanted = sqlite3.sqlite_version, ".".join(map(str, WAL_IS_SAFE_FROM))
    if sqlite_journal_mode() == "wal":
        yield Check(
            "SQLite",
            Finding.GOOD,
            f"SQLite {version} runs in WAL mode: it has the mend for the WAL-reset bug.",
        )
    else:
        sentence = (
            f"SQLite {version} is older than {wanted} and could corrupt a WAL, so a rollback journal is used."
        )
        advice = "Nothing has to be done. With PostgreSQL, readers and writers do not wait for each other."
        yield Check("SQLite", Finding.NOTE, sentence, advice)


def _database() -> Iterator[Check]:
    address = db.engine.url.render_as_string(hide_password=True)
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        yield Check("Database", Finding.BAD, f"{address} cannot be reached: {reason}", "Check DATABASE_URL.")
        return
    yield Check("Database", Finding.GOOD, f"{address} can be reached.")
    yield _migrated()


def _migrated() -> Check:
    current = MigrationContext.configure(db.session.connection()).get_current_revision()
    newest = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    if current == newest:
        return Check("Migrations", Finding.GOOD, f"The database is at the newest migration, {newest}.")
    sentence = f"The database is at migration {current or 'none'}, the newest is {newest}."
    return Check("Migrations", Finding.BAD, sentence, "Run: flask --app app db upgrade")


def _jobs() -> Iterator[Check]:
    try:
        failed = given_up()
    except SQLAlchemyError:
        db.session.rollback()
        return
    if failed:
        fault = failed[0].sentence or "".join(failed[0].fault.strip().splitlines()[-1:])
        sentence = f"{plural(len(failed), 'job')} failed for good, the first, {failed[0].key}: {fault}"
        yield Check("Jobs", Finding.NOTE, sentence, "Mend the cause, then run: flask --app app work --again")


def _managers() -> Iterator[Check]:
    try:
        councils = [db.session.get_one(LocalAuthority, number) for number in councils_with_staff()]
        waiting = {council.name: why_audits_may_wait(approvers(council.id)) for council in councils}
    except SQLAlchemyError:
        db.session.rollback()
        return
    for council, sentence in waiting.items():
        if sentence:
            yield Check(
                "Managers",
                Finding.NOTE,
                f"{council}: {sentence}",
                "An administrator does it on the page People.",
            )


def _pango() -> Iterator[Check]:
    missing = [name for name in ("pango-1.0", "pangoft2-1.0") if not ctypes.util.find_library(name)]
    if missing:
        command = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        yield Check(
            "Pango", Finding.BAD, f"Missing: {', '.join(missing)}. Reports cannot be made.", f"Run: {command}"
        )
    else:
        yield Check("Pango", Finding.GOOD, "Pango is here, so reports can be made.")
    if not ctypes.util.find_library("harfbuzz-subset"):
        advice = "Run: apt-get install libharfbuzz-subset0"
        yield Check(
            "HarfBuzz", Finding.NOTE, "libharfbuzz-subset is missing; reports take a fifth longer.", advice
        )


def _fonts() -> Iterator[Check]:
    try:
        check_fonts()
    except PrintingError as error:
        yield Check("Fonts", Finding.BAD, str(error), "Run: script/setup")
    else:
        yield Check("Fonts", Finding.GOOD, "The report's font, Atkinson Hyperlegible, is here.")
    if not (Path(current_app.static_folder or "") / "app.css").exists():
        yield Check("Style sheet", Finding.BAD, "The style sheet has not been built.", "Run: script/setup")


def _secret() -> Iterator[Check]:
    if settings().secret_key:
        yield Check("Secret", Finding.GOOD, "SECRET_KEY is set.")
    else:
        advice = "With several machines, set the same SECRET_KEY on each."
        yield Check(
            "Secret",
            Finding.GOOD,
            "A secret was made on first start and is kept in instance/secret_key.",
            advice,
        )
    if not settings().served_over_https:
        sentence = "Cookies are sent over plain HTTP, which is right on this machine only."
        yield Check("HTTPS", Finding.NOTE, sentence, "Behind HTTPS, set SERVED_OVER_HTTPS=true.")


def _storage() -> Iterator[Check]:
    folder = settings().storage_folder()
    probe = folder / ".doctor"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"writable")
        probe.unlink()
    except OSError as error:
        yield Check(
            "Storage", Finding.BAD, f"{folder} cannot be written: {error.strerror}.", "Check STORAGE_URL."
        )
    else:
        yield Check("Storage", Finding.GOOD, f"Issued reports are kept in {folder}.")


def _seal() -> Iterator[Check]:
    try:
        seal = council_seal()
    except SealError as error:
        yield Check("Seal", Finding.BAD, str(error))
    else:
        if seal is not None and seal.signing_cert is not None:
            name = seal.signing_cert.subject.native.get("common_name", "the council")
            yield Check("Seal", Finding.GOOD, f"Issued reports are sealed by {name}.")


def _mail() -> Iterator[Check]:
    address = settings().smtp_url
    if not address:
        sentence = "No mail server is set: people are told by notices inside the service only."
        yield Check("Mail", Finding.NOTE, sentence)
    elif urlsplit(address).scheme not in {"smtp", "smtps"} or not urlsplit(address).hostname:
        yield Check("Mail", Finding.BAD, "SMTP_URL is not of the form smtp://host:port.", "Mend SMTP_URL.")
    else:
        yield Check(
            "Mail", Finding.NOTE, f"{urlsplit(address).hostname} is set, but this version sends no mail yet."
        )


def _host(host: str) -> Iterator[Check]:
    if _is_loopback(host):
        return
    try:
        demo = db.session.scalar(select(Person.id).where(Person.is_demo).limit(1))
    except SQLAlchemyError:
        return
    if demo is not None:
        sentence = f"The demo accounts' password is public, so the service refuses to listen on {host}."
        yield Check("Demo accounts", Finding.BAD, sentence, "Use 127.0.0.1, or begin with an empty database.")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_LOOKS: tuple[Callable[[], Iterator[Check]], ...] = (
    _sqlite,
    _database,
    _jobs,
    _managers,
    _pango,
    _fonts,
    _secret,
    _storage,
    _seal,
    _mail,
)
