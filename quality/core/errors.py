"""What can go wrong in a way a person can act on. Every message is a sentence that person will read."""

from __future__ import annotations

from typing import ClassVar


class Refused(Exception):
    """What was asked cannot be done; the message says why, to the person who asked.

    `is_final` is true where asking again for the same would end in the same way.
    """

    is_final: ClassVar[bool] = False

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(Refused):
    """This person may not do this to this record, although they may see it."""


class Moved(Refused):
    """Somebody else changed the record since this person's page was made. What was typed is shown to them again."""


class AlreadyDone(Refused):
    """This very person did this very thing just before: a form was sent twice. `path` is the page that shows it."""

    def __init__(self, sentence: str, path: str) -> None:
        super().__init__(sentence)
        self.path = path


class Invalid(Refused):
    """One thing that was typed cannot be accepted; `field` names the form's field it belongs to."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
