"""A document can reach our own fonts and pictures, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.printing.errors import PrintingError
from quality.printing.fetcher import AssetFetcher
from quality.printing.fonts import FONT_FOLDER, check_fonts
from tests.printing.documents import a_pdf

SHOWN, NO_PICTURE = "a1" * 32, "b2" * 32
PICTURES = {SHOWN: b"\xff\xd8\xff a photograph", NO_PICTURE: b"<svg/>"}
FORBIDDEN = [
    "file:///etc/hostname",
    "/etc/hostname",
    "../../../etc/hostname",
    "hostname.png",
    "http://127.0.0.1:9/logo.png",
    "https://127.0.0.1:9/logo.png",
    "//127.0.0.1:9/logo.png",
    "ftp://127.0.0.1:9/logo.png",
    "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
    "asset:fonts/../../../etc/hostname",
    "asset:fonts/%2e%2e/%2e%2e/config.png",
    "asset:fonts//etc/hostname.png",
    "asset:secrets/logo.png",
    "asset:images/not-there.png",
    f"evidence:{'0' * 64}",
    f"evidence:{SHOWN}.jpg",
    f"evidence:../{SHOWN}",
    f"evidence://{SHOWN}",
    f"evidence:{SHOWN.upper()}",
    f"EVIDENCE:{SHOWN}",
    f"evidence:{NO_PICTURE}",
    "ASSET:fonts/atkinson-hyperlegible-latin-400-normal.woff2#x",
]

WAYS_TO_ASK = {
    "a picture": '<img alt="Logo" src="{}">',
    "an embedded object": '<object data="{}">Logo</object>',
    "a frame of another kind": '<embed src="{}">',
    "a picture inside a drawing": '<svg width="9" height="9"><title>Logo</title>'
    '<image href="{}" width="9" height="9"/></svg>',
    "a style sheet": '<link rel="stylesheet" href="{}">',
    "an attachment": '<link rel="attachment" href="{}">',
    "an attached link": '<a rel="attachment" href="{}">Files</a>',
    "a background": "<p style=\"background: url('{}')\">Text</p>",
    "a marker": "<ul style=\"list-style-image: url('{}')\"><li>Text</li></ul>",
    "content": "<style>p::before {{ content: url('{}') }}</style><p>Text</p>",
    "an import in the page": "<style>@import url('{}');</style>",
    "a font in the page": "<style>@font-face {{ font-family: Own; src: url('{}') }}</style><p>Text</p>",
}


@pytest.mark.parametrize("address", FORBIDDEN)
def test_no_other_address_can_be_fetched(address: str) -> None:
    fetcher = AssetFetcher(pictures=PICTURES)
    with pytest.raises(ValueError, match="not one of our own files"):
        fetcher.fetch(address)
    assert fetcher.refused == [address]


def test_a_document_is_given_its_own_photographs_by_their_names() -> None:
    response = AssetFetcher(pictures=PICTURES).fetch(f"evidence:{SHOWN}")
    assert response.read() == PICTURES[SHOWN]
    assert response.content_type == "image/jpeg"


@pytest.mark.parametrize("markup", WAYS_TO_ASK.values(), ids=WAYS_TO_ASK.keys())
@pytest.mark.parametrize(
    "address",
    [
        f"evidence:{SHOWN}",
        "file:///etc/hostname",
        "http://127.0.0.1:9/x",
        "../etc/hostname",
        "data:text/css,p{}",
    ],
)
def test_no_markup_can_ask_for_another_address(markup: str, address: str) -> None:
    with pytest.raises(PrintingError, match="only our own files may be used"):
        a_pdf(markup.format(address))


@pytest.mark.parametrize("address", ["file:///etc/hostname", "/etc/hostname", "http://127.0.0.1:9/x.css"])
def test_our_own_style_sheet_cannot_import_another(address: str) -> None:
    with pytest.raises(PrintingError, match="only our own files may be used"):
        a_pdf(css=f"@page {{ background: url('{address}') }}")
    with pytest.raises(PrintingError):
        a_pdf(html="<p>Text</p>", css=f"@import url('{address}');")


@given(
    st.text(max_size=80),
    st.sampled_from(["", "asset:", "evidence:", "file:", "data:", "http:", "asset:images/"]),
)
def test_whatever_is_asked_for_only_our_own_files_and_these_photographs_are_given(
    name: str, scheme: str
) -> None:
    allowed = {f"evidence:{SHOWN}", *(f"asset:fonts/{one.name}" for one in FONT_FOLDER.glob("*.woff2"))}
    address = f"{scheme}{name}"
    if address not in {*allowed, "asset:images/draft.svg"}:
        with pytest.raises(ValueError, match="not one of our own files"):
            AssetFetcher(pictures=PICTURES).fetch(address)


def test_a_base_address_in_the_page_opens_no_door() -> None:
    with pytest.raises(PrintingError, match="only our own files may be used"):
        a_pdf('<base href="file:///etc/"><img alt="Logo" src="hostname">')


def test_a_link_may_lead_anywhere_because_nothing_is_fetched_for_it() -> None:
    assert a_pdf('<p><a href="https://www.cqc.org.uk/">CQC</a></p>').startswith(b"%PDF-1.7")


def test_a_symbolic_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "images", tmp_path / "secret.png"
    inside.mkdir()
    outside.write_bytes(b"secret")
    (inside / "logo.png").symlink_to(outside)
    with pytest.raises(ValueError, match="not one of our own files"):
        AssetFetcher({"images": inside}).fetch("asset:images/logo.png")


def test_our_own_font_is_fetched_by_name() -> None:
    response = AssetFetcher().fetch("asset:fonts/atkinson-hyperlegible-latin-400-normal.woff2")
    assert response.read() == (FONT_FOLDER / "atkinson-hyperlegible-latin-400-normal.woff2").read_bytes()
    assert response.content_type == "font/woff2"


def test_a_missing_font_is_named_with_the_command_that_brings_it(tmp_path: Path) -> None:
    with pytest.raises(
        PrintingError, match=r"atkinson-hyperlegible-latin-400-normal\.woff2 is missing .* Run script/setup"
    ):
        check_fonts(tmp_path)
