"""`flask people invite`: how a real council gets its first administrator."""

from __future__ import annotations

import re

from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from quality.history.models import NATIONAL, Event
from quality.people import operations, queries
from quality.people.models import Person
from quality.people.permissions import Role
from quality.services.models import LocalAuthority
from tests.builders.people import PASSWORD, a_council
from tests.databases import Database

GRACE = ("--email", "grace@northmere.example", "--name", "Grace Lindqvist")


def _invite(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["people", "invite", *words])


def test_a_new_council_and_its_first_administrator_are_made_at_once(app: Flask, session: Database) -> None:
    result = _invite(app, *GRACE, "--council", "Northmere", "--code", "nmr")
    assert result.exit_code == 0, result.output
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", result.stdout)
    assert code is not None
    assert "/join" in result.stdout
    grace = operations.join(code=code.group(), password=PASSWORD)
    council = session.get_one(LocalAuthority, grace.local_authority_id)
    assert (council.name, council.council_code) == ("Northmere", "NMR")
    assert grace.roles == {Role.ADMINISTRATOR}
    assert session.scalars(select(Event.kind).where(Event.council != NATIONAL).order_by(Event.id)).all() == [
        "council_added",
        "person_invited",
        "person_joined",
    ]


def test_an_authority_that_a_file_has_named_becomes_the_council(app: Flask, session: Database) -> None:
    a_council(session)
    session.add(LocalAuthority(name="Southmere"))
    session.commit()
    assert _invite(app, *GRACE, "--council", "Southmere", "--code", "SMR").exit_code == 0
    found = session.scalars(select(LocalAuthority).where(LocalAuthority.name == "Southmere")).one()
    assert found.council_code == "SMR"


def test_the_only_council_need_not_be_named(app: Flask, session: Database) -> None:
    council = a_council(session)
    session.commit()
    assert _invite(app, *GRACE, "--role", "manager", "--role", "quality_officer").exit_code == 0
    grace = queries.person_by_email("grace@northmere.example")
    assert grace is not None
    assert (grace.local_authority_id, grace.roles) == (
        council.id,
        frozenset({Role.MANAGER, Role.QUALITY_OFFICER}),
    )


def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(app: Flask, session: Database) -> None:
    council = a_council(session)
    operations.invite_person(
        name="Ruth Bellamy",
        email="ruth@northmere.example",
        roles=[Role.MANAGER],
        local_authority_id=council.id,
        by=None,
    )
    session.commit()
    northmere, southmere = ("--council", "Northmere"), ("--council", "Southmere")
    nowhere = ("--email", "grace", "--name", "Grace Lindqvist")
    ruth = ("--email", "RUTH@northmere.example", "--name", "Ruth Bellamy")
    for words, sentence in (
        (ruth, "Somebody with this email address has been added already."),
        (nowhere, "Enter an email address in the correct format, like name@example.com."),
        (("--email", "grace@northmere.example", "--name", " "), "Enter the name."),
        ((*GRACE, *southmere), "Southmere does not work here yet. To set it up, give its code with --code."),
        ((*GRACE, *southmere, "--code", "1"), "The council's code must be two to six letters, like ESX."),
        ((*GRACE, *northmere, "--code", "XYZ"), "Northmere has the code NMR already, and it cannot be changed."),
        ((*GRACE, *southmere, "--code", "NMR"), "The code NMR belongs to Northmere."),
    ):  # fmt: skip
        result = _invite(app, *words)
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{sentence}\n")
    assert session.scalar(select(func.count()).select_from(Person)) == 1
    assert session.scalar(select(func.count()).select_from(LocalAuthority)) == 1


def test_without_a_council_it_says_what_to_give(app: Flask, session: Database) -> None:
    result = _invite(app, *GRACE)
    assert (result.exit_code, result.stderr) == (2, "Say which council: none works here. Use --council.\n")
    a_council(session), a_council(session, "Southmere", "SMR")
    session.commit()
    result = _invite(app, *GRACE)
    assert (result.exit_code, result.stderr) == (2, "Say which council: several work here. Use --council.\n")


def test_a_provider_contact_is_not_made_this_way(app: Flask, session: Database) -> None:
    a_council(session)
    session.commit()
    assert _invite(app, *GRACE, "--role", "provider_contact").exit_code == 2
