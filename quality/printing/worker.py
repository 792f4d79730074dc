"""A printing process: started once, it prints documents and prepares photographs, and can do nothing else.

`python -m quality.printing.worker` is started by `pool`. It is fed through its standard input and answers through its
standard output; it holds no database, no settings and no secrets.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from quality.printing.confinement import (
    allow_as_much_as,
    forbid_all_but_printing,
    leave_the_network,
    memory_megabytes,
)
from quality.printing.drawing import draw
from quality.printing.errors import PrintingError, TooMuch
from quality.printing.fonts import FONT_CSS
from quality.printing.limits import Limits
from quality.printing.order import PHOTOGRAPH, Message, Order, read_message, write_message
from quality.printing.pictures import prepare

DOCUMENTS_IN_A_LIFE = 200
SECONDS_WITHOUT_WORK = 300
MEGABYTES_TOO_MANY = 300
"""Held after a document was finished and forgotten. A new process holds 60, one that printed 400 pages 350."""

Draw = Callable[[Order, Limits], bytes]
_FIRST = Order(
    html='<html lang="en"><head><title>Ready</title></head><body><h1>Ready</h1></body></html>',
    css=f"{FONT_CSS} html {{ font-family: Printed }}",
    title="Ready",
    created=datetime(2026, 1, 1, tzinfo=UTC),
)


def serve(draw_one: Draw = draw) -> None:
    """Print what is asked for, until nobody is there to ask, nobody has asked for long, or it is time for another."""
    orders, answers = _take_the_pipes()
    sys.dont_write_bytecode = True
    leave_the_network()
    _warm_up()
    forbid_all_but_printing(Path(tempfile.gettempdir()))
    _end_with_the_parent(orders)
    for served in range(1, DOCUMENTS_IN_A_LIFE + 1):
        if not select.select([orders], [], [], SECONDS_WITHOUT_WORK)[0]:
            return
        message = read_message(orders)
        if message is None:
            return
        limits = Limits(**message[0].pop("limits"))
        kind, (facts, made) = _answer(draw_one, message, limits)
        is_last = served == DOCUMENTS_IN_A_LIFE or memory_megabytes() > MEGABYTES_TOO_MANY
        write_message(answers, {"kind": kind, "is_last": is_last, "facts": facts}, made)
        if is_last:
            return


def _answer(draw_one: Draw, message: Message, limits: Limits) -> tuple[str, Message]:
    allow_as_much_as(limits)
    try:
        return "made", _made(draw_one, message, limits)
    except TooMuch as refusal:
        return "too much", ({}, [refusal.sentence.encode()])
    except PrintingError as refusal:
        return "refused", ({}, [refusal.sentence.encode()])
    except MemoryError:
        return "no memory", ({}, [])
    except Exception:
        return "broken", ({}, [traceback.format_exc().encode()])


def _made(draw_one: Draw, message: Message, limits: Limits) -> Message:
    words, files = message
    if words["what"] == PHOTOGRAPH:
        return prepare(*files).as_message()
    return {}, [draw_one(Order.from_message(words, files), limits)]


def _take_the_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, where no library that prints a line of its own can get between."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    # Whoever started this process ends it; a signal to the whole group means the others.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    return orders, answers


def _warm_up() -> None:
    """Import what takes long, and let it read the fonts. What is missing is said to whoever asks for a document."""
    try:
        draw(_FIRST, Limits())
    except PrintingError:
        return


def _end_with_the_parent(orders: BinaryIO) -> None:
    """End at once when the other side of the pipe is gone, even in the middle of a document."""

    def watch() -> None:
        gone = select.poll()
        gone.register(orders, 0)
        gone.poll()
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    serve()
