"""Drawn places that stand for photographs in the invented council. They show no home that there is, and nobody."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

_SIZE = (1600, 1200)
_PAPER, _INK, _WOOD, _STEEL = "#f7f4ec", "#3d3a36", "#9a6b42", "#b8c0c6"

Point = tuple[int, int]
Shape = tuple[str, Sequence[Point]]

_WALL_AND_FLOOR: tuple[Shape, ...] = (
    ("#e4dccb", [(0, 0), (1600, 0), (1600, 760), (0, 760)]),
    ("#cfc4ae", [(0, 735), (1600, 735), (1600, 765), (0, 765)]),
    ("#a8a39a", [(0, 765), (1600, 765), (1600, 1200), (0, 1200)]),
)
SLUICE_ROOM: tuple[Shape, ...] = (
    *_WALL_AND_FLOOR,
    (_STEEL, [(980, 420), (1460, 420), (1460, 560), (980, 560)]),
    ("#8d979e", [(1010, 445), (1430, 445), (1380, 540), (1060, 540)]),
    ("#9aa4ab", [(1190, 560), (1250, 560), (1250, 765), (1190, 765)]),
    ("#c9d3c0", [(0, 800), (900, 780), (1080, 1200), (0, 1200)]),
    (_INK, [(900, 780), (930, 800), (1120, 1200), (1080, 1200)]),
    ("#dfe6d8", [(760, 786), (900, 720), (960, 860), (915, 900)]),
    (_INK, [(760, 786), (915, 900), (905, 915), (748, 796)]),
)
GARDEN_DOOR: tuple[Shape, ...] = (
    *_WALL_AND_FLOOR,
    ("#8fb7d4", [(560, 130), (1040, 130), (1040, 600), (560, 600)]),
    ("#7d9f62", [(560, 480), (1040, 430), (1040, 765), (560, 765)]),
    (_WOOD, [(530, 100), (1070, 100), (1070, 130), (530, 130)]),
    (_WOOD, [(530, 100), (560, 100), (560, 765), (530, 765)]),
    (_WOOD, [(1040, 100), (1070, 100), (1070, 765), (1040, 765)]),
    ("#b98a5e", [(560, 765), (1040, 765), (1220, 1200), (380, 1200)]),
    (_STEEL, [(1110, 560), (1130, 560), (1400, 860), (1380, 872)]),
    (_STEEL, [(1140, 590), (1156, 606), (1156, 830), (1140, 830)]),
    (_STEEL, [(1366, 850), (1384, 868), (1384, 1140), (1366, 1140)]),
)
MENU_BOARD: tuple[Shape, ...] = (
    *_WALL_AND_FLOOR,
    (_WOOD, [(380, 90), (1220, 90), (1220, 690), (380, 690)]),
    (_PAPER, [(410, 120), (1190, 120), (1190, 660), (410, 660)]),
    *(
        shape
        for row in range(3)
        for shape in (
            (
                "#d9a441",
                [
                    (460, 180 + 160 * row),
                    (620, 180 + 160 * row),
                    (620, 290 + 160 * row),
                    (460, 290 + 160 * row),
                ],
            ),
            (
                _INK,
                [
                    (680, 200 + 160 * row),
                    (1120, 200 + 160 * row),
                    (1120, 216 + 160 * row),
                    (680, 216 + 160 * row),
                ],
            ),
            (
                _INK,
                [
                    (680, 250 + 160 * row),
                    (980, 250 + 160 * row),
                    (980, 266 + 160 * row),
                    (680, 266 + 160 * row),
                ],
            ),
        )
    ),
    ("#7c5636", [(150, 860), (1450, 860), (1450, 910), (150, 910)]),
    ("#7c5636", [(230, 910), (280, 910), (280, 1200), (230, 1200)]),
    ("#7c5636", [(1320, 910), (1370, 910), (1370, 1200), (1320, 1200)]),
)


def drawn(shapes: Sequence[Shape]) -> bytes:
    """The drawing as the file that a camera would give."""
    picture = Image.new("RGB", _SIZE)
    pen = ImageDraw.Draw(picture)
    for colour, outline in shapes:
        pen.polygon(outline, fill=colour)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
