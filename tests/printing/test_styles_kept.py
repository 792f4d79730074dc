"""A style sheet is read once, and nothing shows that it was."""

from __future__ import annotations

import subprocess
import sys

import pytest

from quality.printing.errors import PrintingError
from tests.printing.documents import a_pdf

_ALONE = (
    "import sys; from tests.printing.documents import a_pdf; sys.stdout.buffer.write(a_pdf('<h1>Last</h1>'))"
)


def test_documents_printed_before_leave_no_trace_in_the_bytes() -> None:
    for words in ("Łódź", "żółć", "\N{HEBREW LETTER ALEF}", "a visit " * 2000):
        a_pdf(f"<h1>{words}</h1>")
    alone = subprocess.run([sys.executable, "-c", _ALONE], capture_output=True, check=True).stdout
    assert a_pdf("<h1>Last</h1>") == alone


def test_the_colour_of_one_council_does_not_stay_for_the_next() -> None:
    ours = a_pdf(css="h1 { color: #1d5b7a }")
    theirs = a_pdf(css="h1 { color: #7a1d1d }")
    assert ours != theirs
    assert ours == a_pdf(css="h1 { color: #1d5b7a }")


@pytest.mark.parametrize("css", ["h1 { colour: red }", "@import 'asset:fonts/nothing.css';", "h1 { color: "])
def test_a_faulty_style_sheet_is_refused_every_time(css: str) -> None:
    for _ in range(3):
        with pytest.raises(PrintingError):
            a_pdf(css=css)
