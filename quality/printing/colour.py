"""One accent colour, made dark enough to be read."""

from __future__ import annotations

import re

from quality.printing.errors import PrintingError

READABLE = 4.5
"""The least contrast of text with its background: WCAG 2.2, success criterion 1.4.3."""

_WHITE_LUMINANCE = 1.0


def readable_on_white(colour: str, ratio: float = READABLE) -> str:
    """The colour itself when it can be read on white (and white on it), else the nearest darker shade that can.

    `colour` is written #rrggbb. Raises PrintingError for anything else, because it goes into a style sheet.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise PrintingError(f"The council's colour must be written like #1d5b7a, not {colour[:40]!r}.")
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    shades = ([channel * percent // 100 for channel in channels] for percent in range(100, -1, -1))
    shade = next((shade for shade in shades if contrast_with_white(shade) >= ratio), [0, 0, 0])
    return "#" + "".join(f"{channel:02x}" for channel in shade)


def contrast_with_white(channels: list[int]) -> float:
    """Contrast ratio of a colour (red, green, blue, 0 to 255 each) with white, from 1 to 21, as WCAG 2.2 defines it."""
    red, green, blue = (_linear(channel / 255) for channel in channels)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (_WHITE_LUMINANCE + 0.05) / (luminance + 0.05)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def in_colour(css: str, colour: str) -> str:
    """The style sheet with --accent, the council's colour (#rrggbb), made dark enough to be read on white."""
    return f":root {{ --accent: {readable_on_white(colour)} }}\n{css}"
