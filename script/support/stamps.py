"""Knowing that a step need not be done again.

A stamp is a file inside the folder it vouches for, so that deleting the folder deletes the stamp.
It holds a hash of everything the folder was made from.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(sources: Iterable[Path], *also: str) -> str:
    """Return one hash over the names and bytes of the files and the further words, in the order given."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{source.name}\0".encode() + hashlib.sha256(source.read_bytes()).digest())
    for words in also:
        digest.update(f"\0{words}".encode())
    return digest.hexdigest()


def is_stamped(stamp: Path, made_from: str) -> bool:
    """Say whether the folder of this stamp was made from exactly these things."""
    return stamp.is_file() and stamp.read_text() == made_from


def put_stamp(stamp: Path, made_from: str) -> None:
    """Record what the folder was made from, once it is whole."""
    stamp.write_text(made_from)
