"""Photographs are prepared once: turned, made small, stripped of where they were taken, or refused in a sentence."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from datetime import date
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from quality.printing.errors import PrintingError
from quality.printing.pictures import HEIGHT_MM, LONGEST_SHOWN, WIDTH_MM, at_print_size, prepare
from quality.printing.prepared import Prepared, PrintPicture
from tests.printing.documents import a_pdf, opened

MILLIMETRES = 25.4
SECRET = "Larkfield telephone"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def a_file(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    """The picture as a file."""
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def a_photograph(width: int = 1200, height: int = 800) -> Image.Image:
    """Red in its left half, blue in its right."""
    picture = Image.new("RGB", (width, height), BLUE)
    picture.paste(RED, (0, 0, width // 2, height))
    return picture


def with_a_place() -> Image.Exif:
    """What a telephone writes: where it was, and what it is called."""
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = SECRET
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (54.0, 58.0, 11.0), 3: "W", 4: (1.0, 36.0, 52.0)})
    return exif


def read(made: PrintPicture) -> Image.Image:
    """The picture that was made, whose size is what it says."""
    picture = Image.open(io.BytesIO(made.content))
    assert picture.size == (made.width, made.height)
    assert picture.mode == "RGB"
    picture.load()
    return picture


def alike(one: Any, other: tuple[int, int, int]) -> bool:
    """True when two colours differ by no more than JPEG makes of them."""
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def test_a_photograph_is_made_as_small_as_print_needs() -> None:
    made = at_print_size(a_file(a_photograph(4000, 3000)))
    assert made.width == int(WIDTH_MM / MILLIMETRES * 150)
    assert made.width / made.height == pytest.approx(4 / 3, abs=0.01)
    tall = at_print_size(a_file(a_photograph(3000, 4000)))
    assert tall.height == int(HEIGHT_MM / MILLIMETRES * 150)


def test_a_small_photograph_is_not_made_larger() -> None:
    made = at_print_size(a_file(a_photograph(120, 90)))
    assert (made.width, made.height) == (120, 90)


def test_the_same_file_gives_the_same_bytes() -> None:
    file = a_file(a_photograph())
    assert at_print_size(file) == at_print_size(file)


def test_a_photograph_is_kept_as_it_is_shown_and_as_it_is_printed() -> None:
    made = prepare(a_file(a_photograph(4000, 3000)))
    assert (made.shown.width, made.shown.height) == (LONGEST_SHOWN, LONGEST_SHOWN * 3 // 4)
    assert made.printed.width == int(WIDTH_MM / MILLIMETRES * 150)
    assert read(made.shown).getpixel((9, 9)) == pytest.approx(read(made.printed).getpixel((3, 3)), abs=12)
    assert Prepared.from_message(*made.as_message()) == made


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026:05:03 10:31:00", date(2026, 5, 3)),
        ("2026:05:03", date(2026, 5, 3)),
        ("0000:00:00 00:00:00", None),
        ("2026:13:03 10:31:00", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_the_day_its_camera_wrote_down_is_told_and_goes_nowhere_else(
    written: str | None, day: date | None
) -> None:
    exif = with_a_place()
    if written is not None:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = written
    made = prepare(a_file(a_photograph(), exif=exif))
    assert made.taken_on == day
    for kept in (made.shown, made.printed):
        assert not read(kept).getexif()
        assert SECRET.encode() not in kept.content


def test_nothing_says_where_when_or_with_what_it_was_taken() -> None:
    file = a_file(
        a_photograph(), exif=with_a_place(), comment=SECRET, xmp=SECRET.encode(), icc_profile=SECRET.encode()
    )
    assert file.count(SECRET.encode()) == 4
    made = at_print_size(file)
    assert SECRET.encode() not in made.content
    assert b"Exif" not in made.content
    assert not read(made).getexif()
    assert set(read(made).info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photograph_stands_the_way_its_camera_was_held(turn: int) -> None:
    lying = a_photograph(400, 300)
    # What a camera held so would have stored, so that turning it by the mark gives the picture again.
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = lying.transpose(Image.Transpose(undo[turn])) if turn in undo else lying
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    picture = read(at_print_size(a_file(stored, exif=exif)))
    assert picture.size == (400, 300)
    assert alike(picture.getpixel((50, 150)), RED)
    assert alike(picture.getpixel((350, 150)), BLUE)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
        *(("JPEG", mode) for mode in ("L", "CMYK")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA")),
    ],
)
def test_every_kind_of_picture_becomes_red_green_and_blue(kind: str, mode: str) -> None:
    grey = Image.new("L", (60, 40), 255) if mode == "1" else Image.new("L", (60, 40), 180)
    told = Image.new("I;16", (60, 40), 180 * 257) if mode == "I;16" else grey.convert(mode)
    picture = read(at_print_size(a_file(told, kind)))
    assert alike(picture.getpixel((30, 20)), (255,) * 3 if mode == "1" else (180,) * 3)


def test_what_was_transparent_is_white() -> None:
    picture = Image.new("RGBA", (60, 40), (*RED, 0))
    picture.paste((*RED, 255), (0, 0, 30, 40))
    made = read(at_print_size(a_file(picture, "PNG")))
    assert alike(made.getpixel((10, 20)), RED)
    assert alike(made.getpixel((50, 20)), (255, 255, 255))


def a_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A file of a few bytes that says it is a picture of 900 million pixels."""

    def part(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(bytes(100))) + part(b"IEND", b"")


@pytest.mark.parametrize("bomb", [a_bomb(), a_bomb(9_000, 9_000)], ids=["900 million", "81 million"])
def test_a_picture_that_would_fill_the_memory_is_refused(bomb: bytes) -> None:
    assert len(bomb) < 200
    with pytest.raises(PrintingError, match="too many pixels: 60 million are the most"):
        at_print_size(bomb)
    with pytest.raises(PrintingError, match="too many pixels"):
        prepare(bomb)


WHOLE = a_file(a_photograph())
UNREADABLE = {
    "nothing": b"",
    "half": WHOLE[: len(WHOLE) // 2],
    "almost whole": WHOLE[:-40],
    "half a PNG": a_file(a_photograph(), "PNG")[:-60],
    "words": b"Not a picture at all",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
    "a PostScript program": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "of a kind we do not take": a_file(a_photograph(), "TIFF"),
    "another one": a_file(a_photograph(), "GIF"),
}


@pytest.mark.parametrize("file", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_refused_with_what_to_do(file: bytes) -> None:
    with pytest.raises(PrintingError, match=r"could not be read.* Save it again as a JPEG and add that"):
        at_print_size(file)


SMALL = a_photograph(64, 48)
SMALL_FILES = [
    a_file(SMALL),
    a_file(SMALL, progressive=True, exif=with_a_place()),
    a_file(SMALL.convert("P"), "PNG"),
    a_file(SMALL, "WEBP"),
]
CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12)


@given(st.sampled_from(SMALL_FILES), CHANGES, st.integers(0, 3))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    file: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    damaged = bytearray(file[: len(file) - cut])
    for place, value in changes:
        damaged[place % len(damaged)] = value
    try:
        made = at_print_size(bytes(damaged))
    except PrintingError:
        return
    read(made)


@given(st.integers(1, 900), st.integers(1, 900), st.floats(5, 200), st.floats(5, 200))
def test_no_picture_is_larger_than_its_frame_or_than_it_was(
    width: int, height: int, width_mm: float, height_mm: float
) -> None:
    made = at_print_size(
        a_file(Image.new("L", (width, height)), "PNG"), width_mm=width_mm, height_mm=height_mm
    )
    assert 1 <= made.width <= min(width, max(1, width_mm / MILLIMETRES * 150))
    assert 1 <= made.height <= min(height, max(1, height_mm / MILLIMETRES * 150))


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1600, 1200), (1200, 1600), (1500, 1500), (200, 100)])
def test_a_document_holds_the_prepared_bytes_as_they_are(size: tuple[int, int]) -> None:
    made = at_print_size(a_file(Image.effect_noise(size, 60).convert("RGB")))
    sha256 = hashlib.sha256(made.content).hexdigest()
    css = f"img {{ max-width: {WIDTH_MM}mm; max-height: {HEIGHT_MM}mm; width: auto; height: auto }}"
    image = f'<img src="evidence:{sha256}" alt="The hall" width="{made.width}" height="{made.height}">'
    pdf = opened(a_pdf(f"<h1>A visit</h1><p>{image}</p>", css, pictures={sha256: made.content}))
    (drawn,) = [
        one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
    ]
    assert drawn.Filter == "/DCTDecode"
    assert drawn.read_raw_bytes() == made.content
