"""Texts that break careless documents, and a report with one of them in every field."""

from __future__ import annotations

import dataclasses
from typing import Any

from quality.reports.snapshot import FindingKind, Level, Snapshot
from tests.builders.report_snapshots import a_snapshot

HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} ]]> --></p></style>",
    "quotation marks": "\"' onmouseover='alert(1)' \\\\ \u2028 </title>",
    "style": "'); } @import url('file:///etc/passwd'); p { display: none",
    "right to left": "زرنا المنزل مرتين.\n\nرأينا ١٢ سجلا, وهذا (جيد).",
    "signs": "👩‍⚕️ 🏠 ✅ 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 é̩̝̱̫͚ \ue000",
    "controls": "a\x00b\x0bc\x1b[0m \u202e \ufeff \x7f",
    "nothing": "",
    "white space": " \n\n\t\r\n ",
    "long words": "Llanfairpwllgwyngyll" * 15,
}

_KEPT = {"colour", "cqc_url", "check_at", "bands"}


def with_text_everywhere(text: str) -> Snapshot:
    """The usual report with every text replaced, except where the value is not text somebody types."""
    changed = _replaced(a_snapshot(), text)
    assert isinstance(changed, Snapshot)
    return changed


def _replaced(value: Any, text: str) -> Any:
    if isinstance(value, Level | FindingKind):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [field.name for field in dataclasses.fields(value) if field.name not in _KEPT]
        return dataclasses.replace(value, **{name: _replaced(getattr(value, name), text) for name in fields})
    if isinstance(value, tuple):
        return tuple(_replaced(part, text) for part in value)
    return text if isinstance(value, str) else value
