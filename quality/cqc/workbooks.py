"""What an XLSX file says of itself: which part of its archive holds which sheet, and which the shared texts."""

import posixpath
from dataclasses import dataclass
from zipfile import ZipFile

from quality.cqc.archives import elements
from quality.cqc.errors import CqcFileError


@dataclass(frozen=True)
class Workbook:
    """The parts of an XLSX archive."""

    sheets: tuple[tuple[str, str], ...]  # The name of each sheet, and its part.
    shared_texts: str | None


def read_workbook(opened: ZipFile) -> Workbook:
    """Where things are in the archive. CqcFileError when it carries macros, or counts its dates in another way."""
    types = [attributes.get("ContentType", "") for _, attributes in elements(opened, "[Content_Types].xml")]
    if any("macroenabled" in kind.casefold() for kind in types):
        raise CqcFileError(
            "The spreadsheet is of a kind that carries macros (programs): please save it as XLSX."
        )
    book = next((target for kind, target in _related(opened, "").values() if kind == "officeDocument"), "")
    related = _related(opened, book)
    sheets = []
    for name, attributes in elements(opened, book):
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            raise CqcFileError(
                "The workbook counts its dates from 1904: please save it with the usual dates."
            )
        if name == "sheet":
            kind, part = related[attributes["id"]]
            if kind == "worksheet":
                sheets.append((attributes["name"], part))
    shared = next((target for kind, target in related.values() if kind == "sharedStrings"), None)
    return Workbook(tuple(sheets), shared)


def _related(opened: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """By its id, the kind of each part this one refers to, and its name in the archive."""
    folder, name = posixpath.split(part)
    return {
        attributes["Id"]: (
            attributes["Type"].rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/"),
        )
        for element, attributes in elements(opened, posixpath.join(folder, "_rels", f"{name}.rels"))
        if element == "Relationship" and attributes.get("TargetMode") != "External"
    }
