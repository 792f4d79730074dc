"""An order: a document to be printed or a photograph to be prepared, as plain data, and how it goes through a pipe."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, ClassVar

from quality.printing.attachments import Attachment

DOCUMENT, PHOTOGRAPH = "document", "photograph"
_LENGTH = 8
Message = tuple[dict[str, Any], list[bytes]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A document to be printed: what it holds, and what it says about itself.

    `attachments` are in the order of their names. `pictures` are the photographs it may show, by SHA-256: the page asks
    for them as `evidence:SHA256`, and for no others.
    """

    failed: ClassVar[str] = "The document was not made"
    advice: ClassVar[str] = "Make its longest texts shorter, or leave out some photographs"

    html: str
    css: str
    title: str
    created: datetime
    language: str = "en-GB"
    author: str | None = None
    attachments: tuple[Attachment, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def as_message(self) -> Message:
        """The order as texts, and the files that go with it."""
        words = {
            "what": DOCUMENT,
            "html": self.html,
            "css": self.css,
            "title": self.title,
            "created": self.created.isoformat(),
            "language": self.language,
            "author": self.author,
            "attachments": [[one.name, one.media_type, one.description] for one in self.attachments],
            "pictures": list(self.pictures),
        }
        return words, [*(one.content for one in self.attachments), *self.pictures.values()]

    @classmethod
    def from_message(cls, words: dict[str, Any], files: Sequence[bytes]) -> Order:
        """The order that such a message holds."""
        attached, shown = words["attachments"], words["pictures"]
        said = {name: value for name, value in words.items() if name != "what"}
        return cls(
            **said
            | {
                "created": datetime.fromisoformat(words["created"]),
                "attachments": tuple(
                    Attachment(name=name, media_type=media_type, description=description, content=content)
                    for (name, media_type, description), content in zip(attached, files, strict=False)
                ),
                "pictures": dict(zip(shown, files[len(attached) :], strict=True)),
            }
        )


@dataclass(frozen=True, slots=True)
class PhotographOrder:
    """A photograph to be prepared: its file as somebody gave it, which may be anything."""

    failed: ClassVar[str] = "A photograph was not taken in"
    advice: ClassVar[str] = "Save it again as a smaller JPEG"

    file: bytes

    def as_message(self) -> Message:
        """The order as texts, and the file that goes with it."""
        return {"what": PHOTOGRAPH}, [self.file]


def write_message(stream: BinaryIO, words: Mapping[str, Any], files: Sequence[bytes] = ()) -> None:
    """Send texts and files. Nothing in them is ever run: they are JSON, and bytes of a stated length."""
    head = json.dumps({"words": words, "sizes": [len(file) for file in files]}).encode("ascii")
    stream.write(len(head).to_bytes(_LENGTH, "big"))
    stream.write(head)
    for file in files:
        stream.write(file)
    stream.flush()


def read_message(stream: BinaryIO) -> Message | None:
    """The next message; none where the other side has ended, even in the middle of one."""
    length = stream.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    head = stream.read(int.from_bytes(length, "big"))
    if len(head) < int.from_bytes(length, "big"):
        return None
    told = json.loads(head)
    files = [stream.read(size) for size in told["sizes"]]
    whole = all(len(file) == size for file, size in zip(files, told["sizes"], strict=True))
    return (told["words"], files) if whole else None
