"""Writing to the register by hand: a council's own team begins to work here. CQC's files are stored by `loading`."""

from __future__ import annotations

import re

from sqlalchemy import select

from quality.core.database import db
from quality.core.errors import Invalid
from quality.history.kinds import Kind
from quality.history.operations import Actor, record
from quality.services.models import LocalAuthority

_CODE = re.compile(r"[A-Z]{2,6}")


def add_council(name: str, code: str, region: str = "", by: Actor | None = None) -> LocalAuthority:
    """Let a council's team work in this installation, and give it the code its audits are numbered with.

    The name is as CQC spells it: an authority that a file has named already becomes the council. `code` is two to six
    letters. Invalid when the name or the code cannot be used.
    """
    name, code = " ".join(name.split()), code.strip().upper()
    if not name:
        raise Invalid("name", "Enter the council's name as CQC spells it, like Essex")
    if not _CODE.fullmatch(code):
        raise Invalid("code", "The council's code must be two to six letters, like ESX")
    holder = db.session.scalar(select(LocalAuthority).where(LocalAuthority.council_code == code))
    if holder is not None:
        raise Invalid("code", f"The code {code} belongs to {holder.name}")
    council = db.session.scalar(select(LocalAuthority).where(LocalAuthority.name == name))
    if council is None:
        council = LocalAuthority(name=name, region=region)
        db.session.add(council)
    elif council.council_code is not None:
        raise Invalid("name", f"{name} works here already, with the code {council.council_code}")
    council.council_code = code
    council.region = council.region or region
    db.session.flush()
    about = ("local_authority", council.id)
    record(Kind.COUNCIL_ADDED, council=council.id, about=about, by=by, details={"name": name, "code": code})
    return council
