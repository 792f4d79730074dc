"""Replies that somebody saved in an archive."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from datetime import date
from pathlib import Path

import pytest

from quality.cqc import CqcFileError, Limits
from quality.cqc.api.saved import holds_replies, open_replies
from tests.builders.cqc_replies import a_location_reply, a_provider_reply

DAY = date(2025, 8, 31)


def an_archive(path: Path, files: dict[str, bytes]) -> Path:
    """A TAR.GZ of these files."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def as_json(reply: object) -> bytes:
    return json.dumps(reply).encode()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    files = {
        "replies/location_1.json": as_json(a_location_reply()),
        "replies/provider_1.json": as_json(a_provider_reply()),
        "README.txt": b"Saved on a rainy day.",
    }
    return an_archive(tmp_path / "2025-08-31_replies.tar.gz", files)


def test_locations_and_providers_are_told_apart(saved: Path) -> None:
    opened = open_replies(saved)
    assert [one.service.name for one in opened.locations()] == ["Larch House 001"]
    assert [one.name for one in opened.providers()] == ["Larch Care Limited"]
    assert opened.as_at == DAY


def test_an_archive_is_known_by_its_content(saved: Path, tmp_path: Path) -> None:
    assert holds_replies(saved.rename(tmp_path / "something.csv"))
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"Location ID\n1-900000001\n" * 50))
    (tmp_path / "plain.csv").write_text("Location ID\n")
    assert not holds_replies(tmp_path / "a.csv.gz")
    assert not holds_replies(tmp_path / "plain.csv")
    assert not holds_replies(tmp_path / "nothing")


def test_an_archive_without_a_day_in_its_name_needs_one(saved: Path, tmp_path: Path) -> None:
    nameless = saved.rename(tmp_path / "replies.tar.gz")
    with pytest.raises(CqcFileError, match="give the day with --as-at"):
        open_replies(nameless)
    assert open_replies(nameless, as_at=DAY).as_at == DAY


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"cut": ', '"x.json" in the archive is not JSON'),
        (b"[" * 100_000, '"x.json" in the archive is not JSON'),
        (b"[]", '"x.json" in the archive is not a JSON object'),
        (as_json({"changes": []}), "is not a reply about a location or a provider"),
        (as_json(a_location_reply(careHome="Maybe")), '"careHome" is "Maybe"'),
    ],
)
def test_what_is_no_reply_is_refused_by_its_name(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = an_archive(tmp_path / "a.tar.gz", {"x.json": content})
    with pytest.raises(CqcFileError, match=sentence):
        list(open_replies(path, as_at=DAY).locations())


def test_a_cut_archive_is_refused(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[:-60])
    with pytest.raises(CqcFileError, match="damaged or was cut off"):
        list(open_replies(saved).locations())


def test_an_archive_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = an_archive(tmp_path / "a.tar.gz", {"x.txt": b" " * 2_000_000})
    opened = open_replies(path, as_at=DAY, limits=Limits(unpacked_bytes=1_000_000))
    with pytest.raises(CqcFileError, match="unpacks to more"):
        list(opened.locations())
