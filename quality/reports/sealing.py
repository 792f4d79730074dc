"""The council's seal on what it issues, where the settings name one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quality.core.pages import settings
from quality.printing.seal import open_seal, sealed

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner


def council_seal() -> SimpleSigner | None:
    """The seal of the settings; none where none is set. Raises SealError with a sentence when it cannot be opened."""
    file = settings().seal_file
    return open_seal(Path(file), settings().seal_password) if file else None


def with_seal(pdf: bytes, moment: datetime) -> bytes:
    """The document under the council's seal, dated with this moment; as it is where none is set. Raises SealError."""
    seal = council_seal()
    return sealed(pdf, seal, moment) if seal else pdf
