"""Unpacking a part of an archive ahead of the reading, on a second core where there is one."""

from collections.abc import Generator
from queue import Queue
from threading import Event, Thread
from zipfile import ZipFile

_PIECE = 1 << 20
_AHEAD = 3


def pieces_ahead(opened: ZipFile, part: str) -> Generator[bytes, None, None]:
    """The part's bytes, in pieces. At most a few megabytes are unpacked ahead; nobody else may read the archive then.

    What goes wrong with the unpacking is raised here. The unpacking ends when the iterator is closed.
    """
    pieces: Queue[bytes | Exception] = Queue(_AHEAD)
    ended = Event()
    thread = Thread(target=_unpack, args=(opened, part, pieces, ended), daemon=True)
    thread.start()
    try:
        while piece := pieces.get():
            if isinstance(piece, Exception):
                raise piece
            yield piece
    finally:
        ended.set()
        while thread.is_alive():
            # It may be waiting for room to put its last piece.
            while not pieces.empty():
                pieces.get_nowait()
            thread.join(0.01)


def _unpack(opened: ZipFile, part: str, pieces: "Queue[bytes | Exception]", ended: Event) -> None:
    try:
        with opened.open(part) as stream:
            while not ended.is_set() and (piece := stream.read(_PIECE)):
                pieces.put(piece)
    except Exception as error:
        pieces.put(error)
    pieces.put(b"")
