"""Photographs of audits, put there by the operations the service itself uses. They show soft shapes and nobody."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from PIL import ExifTags, Image

from quality.audits.models import Audit
from quality.photographs.models import Photograph
from quality.photographs.operations import PhotographText, add_photographs, describe_photograph
from quality.printing.pictures import prepare
from quality.printing.prepared import Prepared

TAKEN_ON = date(2026, 5, 3)
DESCRIBED = PhotographText(
    caption="The ramp to the garden",
    shows="A wooden ramp with a rail on its left side only",
    standard_code="2.1",
    taken_on=TAKEN_ON,
)


def a_camera_file(
    shade: int = 90, kind: str = "JPEG", size: tuple[int, int] = (1200, 900), on: str = "2026:05:03"
) -> bytes:
    """A photograph as a camera writes it, with the day and a secret comment. Each shade makes another one."""
    picture = Image.linear_gradient("L").resize(size).point(lambda grey: (grey + shade) % 256).convert("RGB")
    told = Image.Exif()
    told.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{on} 10:31:00"
    told[ExifTags.Base.Artist] = "The owner of this telephone"
    file = io.BytesIO()
    picture.save(file, kind, exif=told)
    return file.getvalue()


@lru_cache(maxsize=64)
def prepared(shade: int = 90) -> Prepared:
    """A photograph as a printing process makes it ready, made in this process."""
    return prepare(a_camera_file(shade))


def an_added_photograph(
    audit: Audit, shade: int = 90, *, text: PhotographText | None = DESCRIBED
) -> Photograph:
    """A photograph in an audit, put there and described by its lead; without a text it is not described yet."""
    (photograph,) = add_photographs(audit_id=audit.id, files=[prepared(shade)], by=audit.lead).new
    if text is not None:
        describe_photograph(
            audit_id=audit.id,
            number=photograph.number,
            version=photograph.version,
            text=text,
            by=audit.lead,
        )
    return photograph


def numbers(photographs: Sequence[Photograph]) -> list[int]:
    """What people call them."""
    return [photograph.number for photograph in photographs]


def pages_of(audit: Audit, number: int | None = None) -> str:
    """The address of an audit's photographs, or of one of them."""
    return f"/audits/{audit.reference}/photographs" + (f"/{number}" if number else "")
