"""The council's seal keeps the standards, shows every change, and is the same each time."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import SimpleSigner

from quality.printing.seal import SealError, SealFound, open_seal, seal_of, sealed
from tests.printing.documents import NOON, a_pdf, opened
from tests.printing.standards.complaints import complaints
from tests.printing.standards.outside import outloud_says, pdfua_says, qpdf_says
from tests.printing.standards.test_broken import BODY, FURNITURE
from tests.printing.test_attachments import ANSWERS, DATA

NAME = "Northmere County Council"
PASSWORD = "four words of a password"  # Of a certificate this test makes.
WHOLE = SealFound(name=NAME, whole=True)
CHANGED = SealFound(name=NAME, whole=False)


def a_seal(folder: Path, ends: datetime = datetime(2099, 1, 1, tzinfo=UTC)) -> Path:
    """A PKCS#12 file with a key and a certificate that its own council signed."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 7, begins, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    packed = serialize_key_and_certificates(
        b"seal", key, certificate, None, BestAvailableEncryption(PASSWORD.encode())
    )
    path = folder / "seal.p12"
    path.write_bytes(packed)
    return path


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> SimpleSigner:
    return open_seal(a_seal(tmp_path_factory.mktemp("seal")), PASSWORD)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return a_pdf(BODY, FURNITURE, author=NAME, attachments=[DATA, ANSWERS])


@pytest.fixture(scope="module")
def under_seal(plain: bytes, signer: SimpleSigner) -> bytes:
    return sealed(plain, signer, NOON)


def test_a_seal_names_the_council_and_says_that_the_file_is_whole(under_seal: bytes, plain: bytes) -> None:
    assert seal_of(under_seal) == WHOLE
    assert seal_of(plain) is None
    assert seal_of(b"not a PDF") is None


def test_a_seal_is_added_and_changes_no_byte_that_was_there(under_seal: bytes, plain: bytes) -> None:
    assert under_seal.startswith(plain)
    before, after = opened(plain), opened(under_seal)
    assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
    assert dict(before.docinfo.items()) == dict(after.docinfo.items())


def test_a_seal_allows_no_change_at_all(under_seal: bytes) -> None:
    with opened(under_seal) as pdf:
        value = pdf.Root.AcroForm.Fields[0].V
        assert value.SubFilter == "/ETSI.CAdES.detached"
        assert value.Reference[0].TransformParams.P == 1
        assert pdf.Root.Perms.DocMDP.objgen == value.objgen
        assert str(value.M).startswith("D:20260612120000")


@pytest.mark.parametrize("share", [0.001, 0.2, 0.5, 0.8, 0.9])
def test_a_flipped_byte_is_seen(share: float, under_seal: bytes, plain: bytes) -> None:
    place = int(len(plain) * share)
    changed = under_seal[:place] + bytes([under_seal[place] ^ 1]) + under_seal[place + 1 :]
    assert seal_of(changed) in (CHANGED, None)


def test_what_is_added_after_a_seal_is_seen(under_seal: bytes) -> None:
    assert seal_of(under_seal + b"\n% more\n") == CHANGED


def test_nothing_can_hide_in_the_room_left_for_the_signature(under_seal: bytes) -> None:
    room = re.search(rb"/Contents <([0-9A-F]+)>", under_seal)
    assert room is not None
    place = room.end(1) - 20
    assert under_seal[place : place + 1] == b"0"
    assert seal_of(under_seal[:place] + b"1" + under_seal[place + 1 :]) == CHANGED


def test_the_same_document_key_and_moment_give_the_same_bytes(
    plain: bytes, under_seal: bytes, signer: SimpleSigner
) -> None:
    assert sealed(plain, signer, NOON) == under_seal
    assert sealed(plain, signer, NOON + timedelta(seconds=1)) != under_seal


def test_a_seal_is_made_where_an_event_loop_runs_already(
    plain: bytes, under_seal: bytes, signer: SimpleSigner
) -> None:
    async def at_once() -> bytes:
        return sealed(plain, signer, NOON)

    # A thread of its own: where browser tests ran before, this one's thread may have a loop running already.
    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        assert elsewhere.submit(lambda: asyncio.run(at_once())).result() == under_seal


@pytest.mark.slow
def test_a_sealed_document_keeps_the_standards(under_seal: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(under_seal)
    assert complaints(under_seal) == []
    assert outloud_says(path) == []
    assert pdfua_says(path) == []
    assert qpdf_says(path) == ""


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        (b"/Rect [ -", b"/Rect [  ", "seal: the seal lies on the page and not in the tree"),
        (
            b"/TransformMethod",
            b"/DigestMethod   ",
            "seal: the seal says how a part of the file was summed up",
        ),
        (b"/Perms <<\n/DocMDP", b"/Perms <<\n/Others", "seal: the seal allows what it should not"),
        (b"%%EOF\n", b"%%EOF\n\n% more\n%%EOF\n", "seal: the seal is not over the whole file"),
    ],
)
def test_a_seal_that_breaks_the_standards_is_found(
    under_seal: bytes, written: bytes, instead: bytes, said: str
) -> None:
    before, after = under_seal.rsplit(written, 1)
    assert said in complaints(before + instead + after)


def test_a_seal_that_cannot_be_opened_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SealError, match="cannot be read: No such file"):
        open_seal(tmp_path / "none.p12", PASSWORD)
    with pytest.raises(SealError, match="cannot be opened with the password given"):
        open_seal(a_seal(tmp_path), "another")
    with pytest.raises(SealError, match="has expired"):
        open_seal(a_seal(tmp_path, ends=NOON - timedelta(days=400)), PASSWORD)
