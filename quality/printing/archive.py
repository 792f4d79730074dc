"""Mends what WeasyPrint 70 leaves wrong for an archive: a document that is to be read in decades, PDF/A-3a."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint.css import ColorProfile

from quality.printing.attachments import Attachment
from quality.printing.errors import PrintingError

PROFILE = "srgb"
"""The name of the colours all our documents are in, which the file describes: ISO 19005-3, section 6.2.4.3."""

_NO_LETTER = re.compile(rb"(<[0-9a-f]{4}>) <>")
_JOINED = rb"\1 <034f>"
"""U+034F, the combining grapheme joiner: nothing to see, nothing to hear, and no end of a word."""


@cache
def _profile() -> bytes:
    return files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()


def name_the_colours(document: Any) -> None:
    """Give the document the profile of its colours. WeasyPrint's own way leaves the profile's file open."""
    components = (["r"], ["g"], ["b"])
    document.color_profiles[PROFILE] = ColorProfile(
        io.BytesIO(_profile()), "sRGB2014.icc", "relative-colorimetric", components
    )


def give_every_shape_a_letter(pdf: Any) -> None:
    """Tell what the parts of a letter that is drawn in several parts stand for: the first is the letter itself.

    WeasyPrint says that the others, such as the points of a Hebrew letter, stand for no letter at all, and each shape
    must stand for one: ISO 19005-3, section 6.2.11.7.2.
    """
    for one in pdf.objects:
        if isinstance(one, pydyf.Stream) and b"begincmap" in one.stream:
            one.stream = [_NO_LETTER.sub(_JOINED, line) for line in one.stream]


def smooth_no_pictures(pdf: Any) -> None:
    """No picture may be smoothed by the viewer's own lights: ISO 19005-3, section 6.2.8.

    The style `image-rendering: crisp-edges` says the same, but not of backgrounds and of what stands in a drawing.
    Raises PrintingError for a picture in the colours of printing ink, which the document does not describe.
    """
    for one in pdf.objects:
        if isinstance(one, pydyf.Stream) and one.extra.get("Subtype") == "/Image":
            if one.extra.get("ColorSpace") == "/DeviceCMYK":
                raise PrintingError(
                    "The document was not made: a picture is in the colours of printing ink (CMYK). "
                    "Save it as RGB, then try again."
                )
            one.extra["Interpolate"] = "false"


def say_what_files_are(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Each file inside has its media type (WeasyPrint guesses it) and is listed once (WeasyPrint lists it twice).

    ISO 19005-3, section 6.8.
    """
    types = {attachment.name: attachment.media_type for attachment in attachments}
    for one in pdf.objects:
        if isinstance(one, dict) and one.get("Type") == "/Filespec" and one["UF"].string in types:
            stream = pdf.objects[int(one["EF"]["F"].split()[0])]
            stream.extra["Subtype"] = "/" + types[one["UF"].string].replace("/", "#2f")
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
