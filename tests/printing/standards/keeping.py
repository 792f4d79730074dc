"""Rules of a file that is to be kept: ISO 19005-3, sections 6.1, 6.2.3, 6.2.4, 6.6 and 6.8."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from lxml import etree
from PIL import ImageCms

from tests.printing.standards.content import instructions
from tests.printing.standards.tree import Document

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PDFA, _PDFUA = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"
_SCHEMA, _PROPERTY = "{http://www.aiim.org/pdfa/ns/schema#}", "{http://www.aiim.org/pdfa/ns/property#}"
_KNOWN = frozenset(
    {
        "http://purl.org/dc/elements/1.1/",
        "http://ns.adobe.com/pdf/1.3/",
        "http://ns.adobe.com/xap/1.0/",
        "http://ns.adobe.com/xap/1.0/mm/",
        "http://www.aiim.org/pdfa/ns/id/",
        "http://www.aiim.org/pdfa/ns/extension/",
        _RDF[1:-1],
    }
)
"""The namespaces whose properties need no description: ISO 19005-3, section 6.6.2.3.1."""


def identity(document: Document) -> Iterator[str]:
    """It says that it is PDF/A-3a, describes each property that is not PDF/A's, and says nothing twice differently."""
    source = document.pdf.Root.Metadata.read_bytes()
    if re.search(rb"<\?xpacket[^>]*(bytes|encoding)=", source):
        yield "the packet of metadata has a size or an encoding"
    tree = etree.fromstring(source)
    said = {name: value for one in tree.iter(f"{_RDF}Description") for name, value in one.attrib.items()}
    said |= {kid.tag: (kid.text or "").strip() for one in tree.iter(f"{_RDF}Description") for kid in one}
    if (said.get(f"{_PDFA}part"), said.get(f"{_PDFA}conformance")) != ("3", "A"):
        yield "the document does not say that it is PDF/A-3a"
    described = {one.text: one for one in tree.iter(f"{_SCHEMA}namespaceURI")}
    for name in said:
        if name[1:].split("}")[0] not in _KNOWN | set(described):
            yield f"the metadata says {name} and does not describe it"
    if {one.text for one in tree.iter(f"{_PROPERTY}name")} != {"part"}:
        yield "the metadata does not describe the property by which PDF/UA is known"
    yield from _agreement(document)


def _agreement(document: Document) -> Iterator[str]:
    """What both the metadata and the older dictionary say is the same: ISO 19005-1, section 6.7.3, asked of us too."""
    pairs = {
        "/Title": "dc:title",
        "/Author": "dc:creator",
        "/Producer": "pdf:Producer",
        "/Subject": "dc:description",
    }
    metadata = document.pdf.open_metadata()
    for old, new in pairs.items():
        value = metadata.get(new)
        value = ", ".join(value) if isinstance(value, list) else value
        if str(document.pdf.docinfo.get(old, "")) != str(value or ""):
            yield f"{old} and {new} differ"
    for old, new in {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}.items():
        digits = re.sub(r"\D", "", str(document.pdf.docinfo.get(old, "")))[:14]
        if digits != re.sub(r"\D", "", str(metadata.get(new, "")))[:14]:
            yield f"{old} and {new} differ"


def colours(document: Document) -> Iterator[str]:
    """Colours are RGB or grey, and a profile of a screen says which: section 6.2.3 and 6.2.4."""
    intents = [one for one in document.pdf.Root.get("/OutputIntents", []) if one.S == "/GTS_PDFA1"]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        yield "the document does not say what its colours are"
        return
    profile = ImageCms.ImageCmsProfile(io.BytesIO(intents[0].DestOutputProfile.read_bytes())).profile
    if (profile.xcolor_space.strip(), profile.device_class, int(intents[0].DestOutputProfile.N)) != (
        "RGB",
        "mntr",
        3,
    ):
        yield "the profile of the colours is not that of a screen"
    if profile.version >= 5:
        yield "the profile of the colours is newer than version 4"
    for content in _contents(document):
        for _ in instructions(content, "k K"):
            yield "something is painted in the colours of printing ink"


def _contents(document: Document) -> Iterator[Any]:
    yield from document.pages
    for one in document.pdf.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form":
            yield one


def files_inside(document: Document) -> Iterator[str]:
    """Each file inside has a name, a type, a date and a reason to be there: section 6.8."""
    root: Any = document.pdf.Root
    listed = [one.objgen for one in root.get("/AF", [])]
    names = list(root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", []))
    if len(set(listed)) != len(listed) or sorted(listed) != sorted(one.objgen for one in names[1::2]):
        yield "the files inside are not each listed once"
    if [str(name) for name in names[::2]] != sorted(str(name) for name in names[::2]):
        yield "the files inside are not in the order of their names"
    for one in names[1::2]:
        inside = one.get("/EF", {}).get("/F", {})
        if one.get("/AFRelationship") not in (
            "/Source",
            "/Data",
            "/Alternative",
            "/Supplement",
            "/Unspecified",
        ):
            yield f"{one.get('/UF')} does not say why it is inside"
        if not (
            "/F" in one and "/UF" in one and "/Subtype" in inside and "/ModDate" in inside.get("/Params", {})
        ):
            yield f"{one.get('/UF')} has no name, type or date"


def whole(document: Document) -> Iterator[str]:
    """It begins and ends as it must, has a name of its own, and needs no key: section 6.1.2 and 6.1.3."""
    source = document.bytes
    if not re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", source):
        yield "the document does not begin as a PDF"
    if not re.search(rb"startxref\s+\d+\s+%%EOF\r?\n?\Z", source):
        yield "something stands after the end of the document"
    if len(document.pdf.trailer.get("/ID", [])) != 2 or "/Encrypt" in document.pdf.trailer:
        yield "the document has no name of its own, or needs a key"
