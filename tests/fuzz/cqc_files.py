"""Lets Atheris search for a file that the readers neither read nor refuse.

Run it with `script/fuzz`; arguments go to libFuzzer, for instance `-max_total_time=600`. A file it finds is written to
`tests/fuzz/found` as the readers would get it: what it taught us goes to `tests/cqc/corpus`, where a test reads it for
ever after. The content of the first files is invented.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

try:
    import atheris  # type: ignore[import-untyped, unused-ignore]
except ImportError:
    sys.exit("Atheris is not installed here. Type: pip install atheris")

with atheris.instrument_imports(include=["quality.cqc"]):
    from quality.cqc import CqcFileError
    from quality.cqc.fast import FastOdsSource
    from quality.cqc.ods import OdsSource
    from tests.cqc.fuzzing import SMALL, TABLES, good, part_of, read_or_refused, with_part

FOUND = Path(__file__).parent / "found"
TABLE = "latest ratings"
SHEETS = {"ods": "content.xml", "xlsx": "xl/worksheets/sheet2.xml"}


def _zipped(data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("fuzzed.csv", data)
    return target.getvalue()


def _in_part(writer: str, part: str) -> Callable[[bytes], bytes]:
    return lambda data: with_part(good(TABLE, writer), part, data)


OF_ODS = _in_part("ods", SHEETS["ods"])
# What the bytes under test are made into. A checksum around them would keep the fuzzer out, so it is put on afterwards.
WRAPPINGS: tuple[Callable[[bytes], bytes], ...] = (
    bytes,
    lambda data: gzip.compress(data, 1, mtime=0),
    _zipped,
    OF_ODS,
    _in_part("xlsx", SHEETS["xlsx"]),
    _in_part("ods", "META-INF/manifest.xml"),
    _in_part("xlsx", "xl/sharedStrings.xml"),
    _in_part("xlsx", "xl/workbook.xml"),
    _in_part("xlsx", "xl/_rels/workbook.xml.rels"),
)


def first_files(folder: Path) -> None:
    """Write good files to begin with; the first byte of each chooses its wrapping."""
    for table in TABLES:
        plain = good(table, "csv")
        contents = [(0, good(table, writer)) for writer in ("csv", "csv.gz", "ods", "xlsx", "zip")]
        contents += [(1, plain), (2, plain)]
        contents += [
            (3 + n, part_of(good(table, writer), part)) for n, (writer, part) in enumerate(SHEETS.items())
        ]
        for number, (wrapping, content) in enumerate(contents):
            (folder / f"{table.replace(' ', '-')}-{number}").write_bytes(bytes([wrapping]) + content)


def _rows(source: OdsSource) -> list[object]:
    return [(sheet.name, list(sheet.rows(1))) for sheet in source.sheets()]


def both_readers_agree(content: bytes) -> None:
    """What the stream reader reads of an OpenDocument file, the fast one must read the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoilt.ods"
        path.write_bytes(content)
        try:
            expected = _rows(OdsSource(path, SMALL))
        except CqcFileError:
            return
        if _rows(FastOdsSource(path, SMALL)) != expected:
            raise AssertionError("The fast reader gives other rows than the stream reader.")


def one(data: bytes) -> None:
    """Read one file, and keep it when anything happens but rows or a refusal."""
    if not data:
        return
    wrapping = WRAPPINGS[data[0] % len(WRAPPINGS)]
    content = wrapping(data[1:])
    try:
        read_or_refused(content)
        if wrapping is OF_ODS:
            both_readers_agree(content)
    except BaseException:
        FOUND.mkdir(exist_ok=True)
        (FOUND / f"{hashlib.sha256(content).hexdigest()[:16]}.bin").write_bytes(content)
        raise


def main() -> None:
    """Fuzz until something is found, or as long as the arguments say."""
    memory = Path("/dev/shm")  # noqa: S108 - each file is written once and read at once.
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        tempfile.tempdir = folder
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        first_files(corpus)
        atheris.Setup(
            [sys.argv[0], *(sys.argv[1:] or ["-max_total_time=300"]), "-max_len=60000", str(corpus)], one
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
