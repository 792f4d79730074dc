"""Photographs, prepared once to be shown and printed: the right way up, as large as needed, nothing but the picture."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final

from PIL import ExifTags, Image, ImageFile, ImageOps

from quality.printing.errors import PrintingError
from quality.printing.prepared import Prepared, PrintPicture

PIXELS_TO_THE_INCH: Final = 150
"""As many as print is given (`engine` asks WeasyPrint for no more), so that a picture goes into a document as it is."""

WIDTH_MM: Final = 79.6
"""As wide as a photograph stands in a report: 48% of 166 mm, `.photograph` in templates/reports/print/report.css."""

HEIGHT_MM: Final = 80.0
"""And as tall as it may be there: `.photograph img`."""

LONGEST_SHOWN: Final = 1600
"""Pixels of the longer side of a photograph as pages show it: enough to read a notice on a wall."""

MOST_PIXELS: Final = 60_000_000
"""More than telephones take in their usual way. A PNG of this size needs 480 MB while it is made smaller."""

_KINDS = ("JPEG", "PNG", "WEBP")
_QUALITY = 85
_MILLIMETRES_TO_THE_INCH = 25.4
_FIRST_THAT_LIES = 5
"""Of the eight ways in which a camera can be held (EXIF, tag 274): from here on the sides change places."""


def prepare(file: bytes) -> Prepared:
    """A photograph as it is kept. What its file says besides (place, time of day, camera, comments) goes nowhere.

    The same file gives the same bytes. Raises PrintingError as `at_print_size` does.
    """
    with _opened(file) as picture:
        taken_on = _taken_on(picture)
        shown = _upright(picture, (LONGEST_SHOWN, LONGEST_SHOWN))
        printed = shown.copy()
        printed.thumbnail((_pixels(WIDTH_MM), _pixels(HEIGHT_MM)), Image.Resampling.LANCZOS)
        return Prepared(shown=_as_jpeg(shown), printed=_as_jpeg(printed), taken_on=taken_on)


def at_print_size(file: bytes, *, width_mm: float = WIDTH_MM, height_mm: float = HEIGHT_MM) -> PrintPicture:
    """The picture as it is printed within such a frame, in millimetres. The same file gives the same bytes.

    It is turned as its camera says, has no metadata (no place, no time, no camera), stands on white where it was
    transparent, and is never made larger. Raises PrintingError for a file that is no JPEG, PNG or WebP, a damaged one,
    or one of too many pixels.
    """
    with _opened(file) as picture:
        return _as_jpeg(_upright(picture, (_pixels(width_mm), _pixels(height_mm))))


def check_whole(pictures: Iterable[bytes]) -> None:
    """Refuse pictures that are damaged or too large, whole documents of which would be made. Raises PrintingError."""
    for file in pictures:
        with _opened(file) as picture:
            picture.load()


@contextmanager
def _opened(file: bytes) -> Iterator[Image.Image]:
    """The picture, whose pixels have not been read. What goes wrong while it is open is the file's fault."""
    # WeasyPrint lets the missing part of a picture be grey, for the whole process. A photograph is whole or refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        # Pillow only warns of odd metadata, which is dropped, and of half of what it takes for a bomb.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(file), formats=_KINDS)
        with picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            yield picture
    except Image.DecompressionBombError as error:
        raise PrintingError(
            f"A photograph has too many pixels: {MOST_PIXELS // 1_000_000} million are the most. "
            "Make it smaller and add it again, or leave it out."
        ) from error
    except MemoryError:
        # It is large and may well be whole, so it is not called damaged.
        raise
    except Exception as error:
        # A damaged file may break any part of what reads it, and Pillow says so with nearly every kind of error.
        raise PrintingError(
            "A photograph could not be read: its file is damaged, or it is not a JPEG, PNG or WebP. "
            "Save it again as a JPEG and add that, or leave it out."
        ) from error


def _upright(picture: Image.Image, frame: tuple[int, int]) -> Image.Image:
    """The picture in RGB as it is meant to be seen, no larger than the frame."""
    lies = picture.getexif().get(ExifTags.Base.Orientation, 1) >= _FIRST_THAT_LIES
    small = _in_shades(picture)
    # All the rest is done to a small picture; a JPEG is even read at a half, a quarter or an eighth of its size.
    small.thumbnail(frame[::-1] if lies else frame, Image.Resampling.LANCZOS)
    return _on_white(ImageOps.exif_transpose(small))


def _as_jpeg(picture: Image.Image) -> PrintPicture:
    # Nothing but the pixels goes on: what Pillow knows of a picture, it writes into the next file.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    content = io.BytesIO()
    bare.save(content, "JPEG", quality=_QUALITY, optimize=True)
    return PrintPicture(content=content.getvalue(), width=bare.width, height=bare.height)


def _taken_on(picture: Image.Image) -> date | None:
    """The day that its camera wrote into it; none where that is no day."""
    said = picture.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    try:
        return datetime.strptime(str(said)[:10], "%Y:%m:%d").date()  # noqa: DTZ007 -- A day by the camera's own clock.
    except ValueError:
        return None


def _pixels(millimetres: float) -> int:
    return max(1, int(millimetres / _MILLIMETRES_TO_THE_INCH * PIXELS_TO_THE_INCH))


def _in_shades(picture: Image.Image) -> Image.Image:
    """The picture in a mode in which pixels can be mixed; itself, unread, where it is in one."""
    if picture.mode.startswith("I"):
        # Sixteen bits of grey, of which print shows eight.
        return picture.convert("I").point(lambda grey: grey / 256).convert("L")
    if picture.mode in {"1", "P"} or "transparency" in picture.info:
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    shown = picture.convert("RGBA")
    white = Image.new("RGBA", shown.size, "white")
    return Image.alpha_composite(white, shown).convert("RGB")
