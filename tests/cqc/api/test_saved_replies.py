"""Replies that somebody saved in an archive, a TAR.GZ or a ZIP."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from quality.cqc import DEFAULT_LIMITS, CqcFileError, Limits
from quality.cqc.api import archived
from quality.cqc.api.saved import holds_replies, open_replies
from tests.builders.cqc_files import write_csv, write_ods, write_xlsx
from tests.builders.cqc_files_register import register_rows, write_zip
from tests.builders.cqc_replies import a_location_reply, a_provider_reply

DAY = date(2025, 8, 31)
Pack = Callable[[Path, dict[str, bytes]], Path]


def a_tar(folder: Path, files: dict[str, bytes]) -> Path:
    """A TAR.GZ of these files."""
    path = folder / "2025-08-31_replies.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def a_zip(folder: Path, files: dict[str, bytes]) -> Path:
    """A ZIP of these files."""
    path = folder / "2025-08-31_replies.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def as_json(reply: object) -> bytes:
    return json.dumps(reply).encode()


LOCATION = as_json(a_location_reply())
FILES = {
    "replies/": b"",
    "replies/location_1.json": LOCATION,
    "replies/provider_1.JSON": as_json(a_provider_reply()),
    "replies/._location_1.json": b"\0\5\x16\7 What a Macintosh puts beside a file.",
    "__MACOSX/replies/location_1.json": b"\0\5\x16\7",
    "README.txt": b"Saved on a rainy day.",
}


@pytest.fixture(params=[a_tar, a_zip], ids=["tar.gz", "zip"])
def pack(request: pytest.FixtureRequest) -> Pack:
    packing: Pack = request.param
    return packing


@pytest.fixture
def saved(tmp_path: Path, pack: Pack) -> Path:
    files = FILES if pack is a_zip else {name: content for name, content in FILES.items() if content}
    return pack(tmp_path, files)


def sentence_of(path: Path, limits: Limits) -> str:
    """The sentence it is refused with; empty when all of it is read."""
    try:
        opened = open_replies(path, as_at=DAY, limits=limits)
        list(opened.locations())
        list(opened.providers())
    except CqcFileError as refused:
        return refused.sentence
    return ""


def refusal(path: Path, limits: Limits = DEFAULT_LIMITS) -> str:
    """The sentence it is refused with."""
    sentence = sentence_of(path, limits)
    assert sentence, "it was read"
    return sentence


def test_locations_and_providers_are_told_apart(saved: Path) -> None:
    opened = open_replies(saved)
    assert [one.service.name for one in opened.locations()] == ["Larch House 001"]
    assert [one.name for one in opened.providers()] == ["Larch Care Limited"]
    assert opened.as_at == DAY


def test_an_archive_is_known_by_its_content(saved: Path, tmp_path: Path) -> None:
    assert holds_replies(saved.rename(tmp_path / "something.csv"))


def test_other_files_are_not_taken_for_replies(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"Location ID\n1-900000001\n" * 50))
    (tmp_path / "plain.csv").write_text("Location ID\n")
    assert not holds_replies(tmp_path / "a.csv.gz")
    assert not holds_replies(tmp_path / "plain.csv")
    assert not holds_replies(tmp_path / "nothing")
    assert not holds_replies(tmp_path)


def test_a_spreadsheet_and_a_zip_of_one_of_cqcs_files_are_not_taken_for_replies(tmp_path: Path) -> None:
    rows = register_rows()
    inner = [
        write_csv(tmp_path / "r.csv", rows),
        write_ods(tmp_path / "r.ods", rows),
        write_xlsx(tmp_path / "r.xlsx", rows),
    ]
    for path in inner:
        assert not holds_replies(path)
        assert not holds_replies(write_zip(tmp_path / f"{path.suffix[1:]}.zip", path))


def test_a_spreadsheet_with_a_json_file_inside_is_still_a_spreadsheet(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "r.ods", register_rows())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Configurations2/settings.json", "{}")
    assert not holds_replies(path)


def test_what_is_no_archive_is_not_opened_as_one(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", register_rows())
    assert refusal(path) == 'The file "r.csv" is not an archive of replies of CQC\'s API.'


def test_an_archive_without_a_day_in_its_name_needs_one(saved: Path, tmp_path: Path) -> None:
    nameless = saved.rename(tmp_path / "replies")
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
        (b" " * 20_000_001, '"x.json" in the archive is larger than any reply.'),
    ],
)
def test_what_is_no_reply_is_refused_by_its_name(
    tmp_path: Path, pack: Pack, content: bytes, sentence: str
) -> None:
    assert sentence in refusal(pack(tmp_path, {"x.json": content}))


@pytest.mark.parametrize(
    "name",
    ["../x.json", "replies/../../x.json", "/etc/x.json", "C:\\x.json", "..\\x.json", "\\\\host\\x.json"],
)
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path: Path, pack: Pack, name: str) -> None:
    sentence = refusal(pack(tmp_path, {name: LOCATION}))
    assert sentence.startswith("The archive holds a file with the name")
    assert sentence.endswith("which leads out of it: please make it again.")


def test_an_archive_without_replies_is_refused(tmp_path: Path) -> None:
    sentence = refusal(a_tar(tmp_path, {"README.txt": b"Saved on a rainy day."}))
    assert sentence == "The archive holds no reply: those are files whose names end in .json."


def test_a_cut_archive_is_refused(saved: Path) -> None:
    assert holds_replies(saved)
    saved.write_bytes(saved.read_bytes()[:-60])
    assert holds_replies(saved)
    assert refusal(saved) == "The archive is damaged or was cut off: please make it again."


def test_a_zip_with_a_byte_changed_is_refused(tmp_path: Path) -> None:
    path = a_zip(tmp_path, {"x.json": LOCATION})
    content = bytearray(path.read_bytes())
    content[120] ^= 1
    path.write_bytes(content)
    assert refusal(path) == "The archive is damaged or was cut off: please make it again."


def test_an_archive_that_unpacks_past_the_limit_is_refused(tmp_path: Path, pack: Pack) -> None:
    path = pack(tmp_path, {"x.json": as_json({"locationId": " " * 2_000_000})})
    assert "unpacks to" in refusal(path, Limits(unpacked_bytes=1_000_000))


def test_a_tar_that_unpacks_without_end_is_refused_whatever_it_holds(tmp_path: Path) -> None:
    path = a_tar(tmp_path, {"x.txt": b" " * 2_000_000})
    assert "unpacks to more" in refusal(path, Limits(unpacked_bytes=1_000_000))


def test_a_zip_with_a_part_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    path = a_zip(tmp_path, {"x.json": b" " * 2_000_000})
    limits = Limits(ratio_counts_from=1_000_000)
    assert "unpacks to more than 150 times its size" in refusal(path, limits)


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    path = a_zip(tmp_path, {"x.json": LOCATION})
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    path.write_bytes(content)
    assert refusal(path) == "The file has a password: please save it without one."


def test_a_zip_packed_in_an_unusual_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x.json", LOCATION)
    assert "packed in an unusual way" in refusal(path)


def test_an_archive_of_very_many_files_is_refused(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archived, "MOST_FILES", 1_000)
    path = pack(tmp_path, {f"{number}.txt": b"" for number in range(1_001)})
    assert refusal(path) == "The archive holds more than 1,000 files, and no more are read from one."


def test_a_zip_whose_directory_names_millions_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = a_zip(tmp_path, {"x.json": LOCATION})
    path.write_bytes(path.read_bytes() + b"PK\x01\x02" * 3_000_000)
    with pytest.raises(CqcFileError, match="more than 250,000 files"):
        holds_replies(path)


def test_a_tar_that_tells_very_much_of_a_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.tar.gz"
    header = tarfile.TarInfo("././@PaxHeader")
    header.type, header.size = tarfile.XHDTYPE, 500_000_000
    path.write_bytes(gzip.compress(header.tobuf() + b"9" * 2_000_000))
    assert refusal(path) == "The archive is damaged or was cut off: please make it again."


def test_a_zip_cut_or_changed_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    small = as_json({"locationIds": [], "providerId": "1-8", "name": "Larch"})
    whole = a_zip(tmp_path, {"x.json": small, "y/z.json": small}).read_bytes()
    path = tmp_path / "spoilt.zip"
    for at in range(len(whole)):
        for spoilt in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            path.write_bytes(spoilt)
            if holds_replies(path):
                assert sentence_of(path, DEFAULT_LIMITS).isprintable()
