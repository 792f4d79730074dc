"""What is stored comes back byte for byte, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quality.evidence.storage import Storage, StorageError


def test_bytes_come_back_by_their_hash(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    assert storage.get(storage.put(b"a report")) == b"a report"


def test_storing_twice_changes_nothing(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    assert storage.put(b"a report") == storage.put(b"a report")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_changed_file_is_not_given_out(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    sha256 = storage.put(b"a report")
    next(path for path in tmp_path.rglob(sha256)).write_bytes(b"another report")
    with pytest.raises(StorageError, match="was changed"):
        storage.get(sha256)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="is missing"):
        Storage(tmp_path).get("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ABC", "/etc/hostname"])
def test_only_a_hash_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match="not the name"):
        Storage(tmp_path).get(name)


def test_a_file_is_sent_from_where_it_lies(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    assert storage.checked(storage.put(b"a report")).read_bytes() == b"a report"


def test_a_file_changed_after_it_was_checked_is_not_sent(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    sha256 = storage.put(b"a report")
    before = storage.checked(sha256).stat()
    storage.checked(sha256).write_bytes(b"another report")
    os.utime(storage.folder / sha256[:2] / sha256, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(StorageError, match="was changed"):
        storage.checked(sha256)


def test_a_file_gone_after_it_was_checked_is_named(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    sha256 = storage.put(b"a report")
    storage.checked(sha256).unlink()
    with pytest.raises(StorageError, match="is missing"):
        storage.checked(sha256)


def test_erased_bytes_are_gone_and_erasing_again_changes_nothing(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    sha256, other = storage.put(b"a photograph"), storage.put(b"another")
    for _ in range(2):
        storage.erase(sha256)
    assert storage.get(other) == b"another"
    with pytest.raises(StorageError, match="is missing"):
        storage.get(sha256)
