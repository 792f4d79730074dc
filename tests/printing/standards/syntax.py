"""Rules of the bytes of the file and of its seal: ISO 19005-3, sections 6.1.7, 6.1.9, 6.1.12, 6.2.2 and 6.4.3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from tests.printing.standards.content import instructions
from tests.printing.standards.tree import Document

_STREAM = re.compile(rb">>\s*stream(\r\n|\n)?")
_LENGTH = re.compile(rb"/Length (\d+)(?: (\d+) R)?")
_STREAM_ENDS = re.compile(rb"(\r\n|\n|\r)endstream[\r\n]")
_OBJECT, _OBJECT_ON_A_LINE = re.compile(rb"\d+\s+\d+\s+obj\b"), re.compile(rb"[\r\n]\d+ \d+ obj[\r\n]")
_ENDS_ON_A_LINE = re.compile(rb"[\r\n]endobj[\r\n]")
_KNOWN = re.compile(
    r"[bBfW]\*?|BDC|BI|BMC|BT|BX|c|cm|CS|cs|d|d0|d1|Do|DP|EI|EMC|ET|EX|F|G|g|gs|h|i|ID|j|J|K|k|l|m|M|MP|n|q|Q|re|RG|rg"
    r"|s|S|SC|sc|SCN|scn|sh|T\*|Tc|Td|TD|Tf|Tj|TJ|TL|Tm|Tr|Ts|Tw|Tz|v|w|y|'|\""
)
"""The instructions of ISO 32000-1, annex A, but for `ri`, which nothing of ours needs."""
_NAMED = {"Tf": "/Font", "gs": "/ExtGState", "Do": "/XObject"}
"""Which resources an instruction names."""


def lines(document: Document) -> Iterator[str]:
    """Objects and streams begin and end on lines of their own, and streams are as long as they say."""
    rest = bytearray()
    place = 0
    while found := _STREAM.search(document.bytes, place):
        ends = found.end() + _length(document, found.start())
        if found[1] is None or not _STREAM_ENDS.match(document.bytes, ends):
            yield "a stream is not as long as it says, or does not lie on lines of its own"
            ends = document.bytes.index(b"endstream", found.end())
        rest += document.bytes[place : found.end()]
        place = ends
    rest += document.bytes[place:]
    if len(_OBJECT.findall(rest)) != len(_OBJECT_ON_A_LINE.findall(rest)):
        yield "an object does not begin on a line of its own"
    if rest.count(b"endobj") != len(_ENDS_ON_A_LINE.findall(rest)):
        yield "an object does not end on a line of its own"


def _length(document: Document, stream: int) -> int:
    begins = document.bytes.rindex(b" obj", 0, stream)
    number, generation = _LENGTH.findall(document.bytes, begins, stream)[-1]
    return int(document.pdf.get_object(int(number), int(generation))) if generation else int(number)


def resources(document: Document) -> Iterator[str]:
    """What a page or a form paints with is listed by itself, and not by what it lies in: section 6.2.2."""
    forms = [
        one
        for one in document.pdf.objects
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"
    ]
    for content in [*document.pages, *forms]:
        listed: Any = content.get("/Resources", {})
        for name, operands in instructions(content, " ".join(_NAMED)):
            if str(operands[0]) not in listed.get(_NAMED[name], {}):
                yield f"{operands[0]} is painted with, and a page or form does not list it"


def painting(document: Document) -> Iterator[str]:
    """Known instructions paint, what is read and what is furniture lie apart, and no form has marks of its own."""
    for content in document.pages:
        yield from _painted(content, [])
    for content in _forms(document):
        yield from _painted(content, ["a form"])
    for one in document.pdf.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) and {"/HT", "/Intent"} & set(one.keys()):
            yield "a state or a picture asks for a way of its own to paint colours"


def _painted(content: Any, around: list[str]) -> Iterator[str]:
    """What is wrong with the instructions of a page or a form; `around` says in what it lies."""
    for name, operands in instructions(content):
        if name in ("BDC", "BMC"):
            numbered = len(operands) > 1 and "/MCID" in operands[1]
            kind = "read" if numbered else "furniture" if operands[0] == "/Artifact" else ""
            if kind and any(around):
                yield f"what is {kind} lies in what is {next(one for one in around if one)}"
            around = [*around, kind]
        elif name == "EMC":
            around = around[:-1]
        elif not _KNOWN.fullmatch(name):
            yield f"{name} is an instruction nobody needs to know"


def _forms(document: Document) -> list[Any]:
    streams = (one for one in document.pdf.objects if isinstance(one, pikepdf.Stream))
    return [one for one in streams if one.get("/Subtype") == "/Form"]


def seal(document: Document) -> Iterator[str]:
    """A seal is over the whole file, allows no change, and lies beside the page: ISO 14289-1, section 7.18.1, too."""
    form: Any = document.pdf.Root.get("/AcroForm", {})
    for one in form.get("/Fields", []):
        if one.get("/FT") != "/Sig":
            yield "the document has a field that is no seal"
            continue
        covered = [int(part) for part in one.V.ByteRange]
        if covered[0] != 0 or covered[2] + covered[3] != len(document.bytes):
            yield "the seal is not over the whole file"
        if set(document.pdf.Root.Perms.keys()) != {"/DocMDP"}:
            yield "the seal allows what it should not"
        if any({"/DigestLocation", "/DigestMethod", "/DigestValue"} & set(part) for part in one.V.Reference):
            yield "the seal says how a part of the file was summed up"
        if any(float(side) >= 0 for side in one.Rect):
            yield "the seal lies on the page and not in the tree"
