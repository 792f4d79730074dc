"""Ways to damage a good document, one fault each, and the complaint each must bring."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf

from tests.printing.documents import tags_of
from tests.printing.standards.broken_nesting import NESTED_WRONGLY


def _first(pdf: pikepdf.Pdf, kind: str) -> Any:
    return tags_of(pdf, kind)[0]


def _no_scope(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/TH").A.Scope


def _no_headers(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/TD").A.Headers


def _unknown_header(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/TD").A.Headers = pikepdf.Array([pikepdf.String("nowhere")])


def _no_index(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.IDTree


def _short_row(pdf: pikepdf.Pdf) -> None:
    row = tags_of(pdf, "/TR")[-1]
    row.K = pikepdf.Array(list(row.K)[:-1])


def _no_alternative(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/Figure").Alt


def _name_of_a_file(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/Figure").Alt = pikepdf.String("IMG_2041.jpg")


def _outside_the_page(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/Figure").A.BBox = pikepdf.Array([10, 900, 50, 940])


def _a_level_skipped(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/H2").S = pikepdf.Name.H4


def _no_item(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/LI").S = pikepdf.Name.P


def _link_without_words(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].Contents


def _link_outside_the_tree(pdf: pikepdf.Pdf) -> None:
    link = _first(pdf, "/Link")
    link.K = pikepdf.Array([kid for kid in link.K if isinstance(kid, int)])


def _link_without_a_way_back(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].StructParent = 0


def _no_title(pdf: pikepdf.Pdf) -> None:
    _metadata(pdf, b"dc:title", b"dc:source")


def _title_not_shown(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _not_marked(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def _wrong_part(pdf: pikepdf.Pdf) -> None:
    _metadata(pdf, b"<pdfuaid:part>1<", b"<pdfuaid:part>2<")


def _no_archive(pdf: pikepdf.Pdf) -> None:
    _metadata(pdf, b'pdfaid:conformance="A"', b'pdfaid:conformance="B"')


def _undescribed(pdf: pikepdf.Pdf) -> None:
    _metadata(pdf, b"URI>http://www.aiim.org/pdfua", b"URI>http://www.aiim.org/other")


def _another_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Another"


def _metadata(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    said = pdf.Root.Metadata.read_bytes()
    assert old in said
    pdf.Root.Metadata.write(said.replace(old, new))


def _more_painted(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 40 40 re f")


def _words_as_decoration(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    begin = content.index(b"/Span\n<</MCID 0>>\nBDC")
    page.Contents.write(
        content[:begin] + content[begin:].replace(b"/Span\n<</MCID 0>>\nBDC", b"/Artifact\nBMC", 1)
    )


def _mark_of_nobody(pdf: pikepdf.Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


def _no_letters(pdf: pikepdf.Pdf) -> None:
    del _font(pdf).ToUnicode


def _another_width(pdf: pikepdf.Pdf) -> None:
    widths = _font(pdf).DescendantFonts[0].W
    widths[1] = pikepdf.Array([float(width) + 40 for width in widths[1]])


def _private_letter(pdf: pikepdf.Pdf) -> None:
    letters = _font(pdf).ToUnicode
    letters.write(letters.read_bytes().replace(b"<0061>", b"<e000>").replace(b"<0065>", b"<>"))


def _font_elsewhere(pdf: pikepdf.Pdf) -> None:
    del _font(pdf).DescendantFonts[0].FontDescriptor.FontFile2


def _font(pdf: pikepdf.Pdf) -> Any:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def _smoothed(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(zlib.compress(b"\0\0\0"), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    picture.Interpolate = True
    pdf.pages[0].Resources.XObject["/Smooth"] = picture


def _ink(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 0 1 k", prepend=True)


def _no_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _not_printed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].F = 2


def _program(pdf: pikepdf.Pdf) -> None:
    code = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.pages[0].Annots[0].A = code
    pdf.Root.OpenAction = code


def _no_reason(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


def _twice(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF.append(pdf.Root.AF[0])


def _too_long(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].Contents = pikepdf.String("a" * 40_000)


def _too_large(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].Border = pikepdf.Array([0, 0, 3_000_000_000])


def _not_listed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Elsewhere gs", prepend=True)


def _furniture_in_words(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    begins = b"/Span\n<</MCID 0>>\nBDC"
    page.Contents.write(page.Contents.read_bytes().replace(begins, begins + b"\n/Artifact\nBMC\nEMC", 1))


def _form_with_marks(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/P <</MCID 0>> BDC EMC", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    pdf.pages[0].Resources.XObject["/Marked"] = form


def _unknown_instruction(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"BX 1 paint EX")


def _colours_of_its_own(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.ExtGState["/Other"] = pdf.make_indirect(
        pikepdf.Dictionary(HT=pikepdf.Name.Default)
    )


def _unknown_language(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/P").Lang = pikepdf.String("in English")


def _a_field(pdf: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("Name"))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(field)]))


def _unknown_kind(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/P").S = pikepdf.Name.Paragraph


DAMAGES: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    **NESTED_WRONGLY,
    "no scope": (_no_scope, "tables: the heading cell"),
    "no headers": (_no_headers, "has no heading"),
    "unknown header": (_unknown_header, "names a heading that is not there"),
    "no index": (_no_index, "identifiers:"),
    "short row": (_short_row, "the rows of a table have"),
    "figure without words": (_no_alternative, "figures: a figure has no words"),
    "figure named by its file": (_name_of_a_file, "the name of a file"),
    "figure outside its page": (_outside_the_page, "has no place on its page"),
    "level skipped": (_a_level_skipped, "is of level 4 and follows level 1"),
    "list without an item": (_no_item, "a list holds a P"),
    "link without words": (_link_without_words, "a link has no words of its own"),
    "link outside the tree": (_link_outside_the_tree, "is not in the tree"),
    "link without a way back": (_link_without_a_way_back, "does not lead back to its element"),
    "no title": (_no_title, "the document has no title"),
    "title not shown": (_title_not_shown, "is not shown"),
    "no language": (_no_language, "does not say its language"),
    "not marked": (_not_marked, "does not say that it is tagged"),
    "wrong part": (_wrong_part, "does not say that it is PDF/UA-1"),
    "no archive": (_no_archive, "does not say that it is PDF/A-3a"),
    "undescribed": (_undescribed, "and does not describe it"),
    "another title": (_another_title, "/Title and dc:title differ"),
    "more painted": (_more_painted, "neither read nor furniture"),
    "words as decoration": (_words_as_decoration, "shows words that are not read"),
    "mark of nobody": (_mark_of_nobody, "does not lead back to its"),
    "no letters": (_no_letters, "does not say what its shapes stand for"),
    "another width": (_another_width, "wide, and the document says"),
    "private letter": (_private_letter, "stands for a private letter"),
    "no letter": (_private_letter, "stands for no letter"),
    "font elsewhere": (_font_elsewhere, "is not in the file"),
    "smoothed": (_smoothed, "a picture is to be smoothed"),
    "ink": (_ink, "printing ink"),
    "no profile": (_no_profile, "what its colours are"),
    "not printed": (_not_printed, "is not printed, or hidden"),
    "program": (_program, "a link does /JavaScript"),
    "no reason": (_no_reason, "does not say why it is inside"),
    "twice": (_twice, "are not each listed once"),
    "too long": (_too_long, "is longer than 32767 bytes"),
    "too large": (_too_large, "/Border is larger than"),
    "not listed": (_not_listed, "resources:"),
    "furniture in words": (_furniture_in_words, "painting: what is furniture lies in what is read"),
    "form with marks": (_form_with_marks, "painting: what is read lies in what is a form"),
    "unknown instruction": (_unknown_instruction, "painting: paint is an instruction"),
    "colours of its own": (_colours_of_its_own, "painting: a state or a picture asks"),
    "unknown language": (_unknown_language, "is no language"),
    "a field": (_a_field, "seal: the document has a field that is no seal"),
    "unknown kind": (_unknown_kind, "the standard does not know"),
}


def damaged(pdf: bytes, name: str) -> bytes:
    """The document with one of these faults."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        DAMAGES[name][0](opened)
        opened.save(written, deterministic_id=True, fix_metadata_version=False)
    return written.getvalue()
