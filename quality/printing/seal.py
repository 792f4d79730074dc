"""The council's seal: a signature over every byte of a finished document, made with the council's certificate.

It is a certification signature that allows no change (ISO 32000-1, section 12.8.2.2), written as PAdES asks (ETSI EN
319 142-1). It is invisible: a drawn field would break PDF/UA and PDF/A, so what is to be seen of a seal is ordinary
text of the page. pyHanko is imported only where a seal is made or read.
"""

from __future__ import annotations

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.core.clock import now
from quality.printing.errors import PrintingError

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSigner, SimpleSigner

_FIELD = "CouncilSeal"


class SealError(PrintingError):
    """The seal cannot be used. The message says why and what to do."""


@dataclass(frozen=True)
class SealFound:
    """A seal in a file: the name in its certificate, and whether the file is whole as it was sealed.

    `whole` is about the bytes alone. Whether the certificate is truly that of the council it names is for the reader's
    own program to say: it knows whom its owner trusts.
    """

    name: str
    whole: bool


def open_seal(file: Path, password: str) -> SimpleSigner:
    """The certificate and key of a PKCS#12 file. Raises SealError with a sentence when they cannot be had."""
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415

    remedy = "Check SEAL_FILE and SEAL_PASSWORD, or unset them to issue reports without a seal."
    try:
        packed = file.read_bytes()
    except OSError as error:
        raise SealError(f"The seal {file} cannot be read: {error.strerror}. {remedy}") from error
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(
            packed, other_certs=[], passphrase=password.encode()
        )
    except ValueError as error:
        raise SealError(f"The seal {file} cannot be opened with the password given. {remedy}") from error
    if signer.signing_cert is None or signer.signing_cert.not_valid_after < now():
        raise SealError(f"The certificate in the seal {file} is missing or has expired. {remedy}")
    return signer


def sealed(pdf: bytes, signer: SimpleSigner, moment: datetime) -> bytes:
    """The document and, after its last byte, the seal. `moment` is the time the seal says it was made.

    With an RSA key the same document, key and moment give the same bytes.
    """
    from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter  # noqa: PLC0415
    from pyhanko.sign.signers import PdfSignatureMetadata  # noqa: PLC0415

    about = PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    field = SigFieldSpec(
        sig_field_name=_FIELD,
        readable_field_name="The council’s seal",
        # A field without a size in the corner of the page could be said to be on it, and would then have to be read
        # aloud (ISO 14289-1, section 7.18.1); beside the page it is not.
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
    )
    maker = _signer_at(moment)(about, signer=signer, new_field_spec=field)
    # pyHanko runs an event loop of its own, which a thread that already runs one does not allow.
    with ThreadPoolExecutor(1) as apart:
        return bytes(apart.submit(maker.sign_pdf, _writer(pdf)).result().getvalue())


def _signer_at(moment: datetime) -> type[PdfSigner]:
    """pyHanko's signer, which would take the time of this machine."""
    from pyhanko.pdf_utils.writer import BasePdfFileWriter  # noqa: PLC0415
    from pyhanko.sign.signers import PdfSigner  # noqa: PLC0415
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession  # noqa: PLC0415

    class SignerAt(PdfSigner):
        def init_signing_session(
            self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
        ) -> PdfSigningSession:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = moment
            return session

    return SignerAt


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    """Adds to the document and leaves all that it says of itself as it was, with an identifier made of its bytes."""
    from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject  # noqa: PLC0415
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    class Adding(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Say nothing new: the date and the program in the file are those of the document itself."""

        @classmethod
        def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
            first = ByteStringObject(prev.trailer["/ID"][0].original_bytes)
            return ArrayObject([first, ByteStringObject(hashlib.sha256(pdf).digest()[:16])])

    return Adding(io.BytesIO(pdf))


def seal_of(pdf: bytes) -> SealFound | None:
    """The seal of a file, read without asking anybody whether its certificate is trusted; none when it has none."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        return _found(signatures[-1]) if signatures else None
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        # What nobody can read as a PDF, or as a signature, is no seal of ours.
        return None


def _found(signature: Any) -> SealFound:
    from asn1crypto.cms import ContentInfo  # type: ignore[import-untyped]  # noqa: PLC0415  # It comes without types.
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    signature.compute_integrity_info(skip_diff=True)
    intact, valid = validate_sig_integrity(
        signature.signer_info, signature.signer_cert, "data", signature.compute_digest()
    )
    # The place that is kept for the signature is larger than the signature; nothing may hide in what is left.
    rest = signature.pkcs7_content[len(ContentInfo.load(signature.pkcs7_content).dump()) :]
    whole = intact and valid and signature.coverage is SignatureCoverageLevel.ENTIRE_FILE and not any(rest)
    names = signature.signer_cert.subject.native
    return SealFound(name=str(names.get("common_name") or names.get("organization_name", "")), whole=whole)
