"""`flask people invite`: how a real council gets its first administrator."""

from __future__ import annotations

import os
import sys

import click
from flask.cli import AppGroup
from sqlalchemy import select

from quality.core.database import db
from quality.core.errors import Refused
from quality.core.pages import moment
from quality.people.models import Person
from quality.people.operations import invite_person
from quality.people.permissions import Role
from quality.services.models import LocalAuthority
from quality.services.operations import add_council

people = AppGroup("people", help="Invite the first people of a council.")

STAFF_ROLES = [role.value for role in Role if role.is_staff]


@people.command("invite")
@click.option("--email", required=True, help="The address they sign in with.")
@click.option("--name", required=True, help="Their name.")
@click.option("--job-title", default="", help="Their job title.")
@click.option("--council", "council_name", help="The council's name as CQC spells it, such as Essex.")
@click.option(
    "--code", help="The code a new council's audits are numbered with: two to six letters, such as ESX."
)
@click.option(
    "--role", "roles", multiple=True, type=click.Choice(STAFF_ROLES), help="May be given more than once."
)
def invite(
    *,
    email: str,
    name: str,
    job_title: str,
    council_name: str | None,
    code: str | None,
    roles: tuple[str, ...],
) -> None:
    """Add a person of a council's staff, by default an administrator, and print the one-time code they join with.

    A council that does not work here yet is set up: give its name and a code.
    """
    try:
        council = _council(council_name, code)
        person, one_time_code = invite_person(
            name=name,
            email=email,
            job_title=job_title,
            roles=[Role(value) for value in roles or (Role.ADMINISTRATOR.value,)],
            local_authority_id=council.id,
            by=None,
        )
        db.session.commit()
    except Refused as error:
        db.session.rollback()
        click.echo(f"{error.sentence.rstrip('.')}.", err=True)
        sys.exit(2)
    _tell(person, council, one_time_code)


def _tell(person: Person, council: LocalAuthority, code: str) -> None:
    click.echo(f"{person.name} is invited to {council.name}.")
    click.echo(f"One-time code:  {code}  (works once, until {moment(person.invite_ends_at)})")
    click.echo(f"They join at:   {_address()}/join")


def _council(name: str | None, code: str | None) -> LocalAuthority:
    """The council meant: the one of this name, set up now if need be, or the only one there is."""
    working_here = select(LocalAuthority).where(LocalAuthority.council_code.is_not(None))
    if name is None:
        councils = db.session.scalars(working_here.limit(2)).all()
        if len(councils) != 1:
            raise Refused(
                f"Say which council: {'several work' if councils else 'none works'} here. Use --council"
            )
        return councils[0]
    name = " ".join(name.split())
    found = db.session.scalar(working_here.where(LocalAuthority.name == name))
    if found is None and code is None:
        raise Refused(f"{name} does not work here yet. To set it up, give its code with --code")
    if found is None:
        return add_council(name, code or "")
    if code is not None and code.strip().upper() != found.council_code:
        raise Refused(f"{name} has the code {found.council_code} already, and it cannot be changed")
    return found


def _address() -> str:
    """Where a browser on this machine finds the service. Behind a proxy the council knows its own address."""
    return f"http://{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
