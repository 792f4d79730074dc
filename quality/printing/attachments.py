"""Files that travel inside a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quality.printing.errors import PrintingError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file inside a document: the data the document was made from, said in another form.

    `name` is in plain letters, because it becomes the name of a file on any machine; `description` is for people.
    """

    name: str
    media_type: str
    description: str
    content: bytes


def in_order(attachments: Sequence[Attachment]) -> list[Attachment]:
    """The attachments by name, as a PDF lists them. Raises PrintingError for two of one name or a faulty one."""
    named = {attachment.name: attachment for attachment in attachments}
    if len(named) != len(attachments):
        raise PrintingError("The document was not made: two files inside it would have the same name.")
    for one in attachments:
        if not (_NAME.fullmatch(one.name) and _MEDIA_TYPE.fullmatch(one.media_type) and one.description):
            raise PrintingError(
                f"The document was not made: {one.name[:100]!r}, a file inside it, needs a name in plain letters, "
                "a media type and a description."
            )
    return [named[name] for name in sorted(named)]
