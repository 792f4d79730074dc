"""The same report by other means: WeasyPrint's own command, a browser's print, and Typst."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from playwright.sync_api import Page, sync_playwright

from benchmarks.invented_reports import Size, a_report, photographs
from benchmarks.watching import timed
from quality.printing.fonts import FONT_FOLDER
from quality.reports.render import printed

_HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
_TYPST = """
import sys, time, typst
started = time.perf_counter()
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], pdf_standards=["ua-1"])
print(time.perf_counter() - started)
"""


class Paper:
    """A folder with one report as other programs want it: pages with their style sheets, data, pictures, fonts."""

    def __init__(self, folder: Path, size: Size) -> None:
        self.folder = folder
        self.plain, self.ours = folder / "plain.html", folder / "ours.html"
        report = a_report(size)
        html, css = printed(report)
        html = re.sub(r"evidence:([0-9a-f]{64})", r"\1.jpg", html)
        self.plain.write_text(html)
        self.ours.write_text(html.replace("</head>", '<link rel="stylesheet" href="ours.css"></head>'))
        (folder / "ours.css").write_text(css.replace("asset:fonts/", ""))
        (folder / "report.json").write_text(report.as_json())
        (folder / "chart.svg").write_text(_chart(html))
        for sha256, file in photographs(size).items():
            (folder / f"{sha256}.jpg").write_bytes(file)
        for font in FONT_FOLDER.glob("*.woff2"):
            shutil.copy(font, folder)
            # Typst does not read compressed fonts.
            unpacked = TTFont(font)
            unpacked.flavor = None
            unpacked.save(folder / f"{font.stem}.ttf")
        shutil.copy(_HERE / "report.typ", folder)

    def weasyprint(self) -> float:
        """Seconds of WeasyPrint's command line, with a plain style sheet."""
        sheet = str(_HERE / "report_plain.css")
        options = ["--pdf-variant", "pdf/a-3a", "--stylesheet", sheet, "--quiet"]
        return timed([sys.executable, "-m", "weasyprint", *options, str(self.plain), self._out("plain")])

    def chromium(self) -> float:
        """Seconds of a browser that is started, prints the page with our style sheet, and ends."""
        options = [
            "--headless",
            "--no-sandbox",
            "--no-pdf-header-footer",
            f"--user-data-dir={self.folder / 'browser'}",
        ]
        return timed([CHROMIUM, *options, f"--print-to-pdf={self._out('chromium')}", self.ours.as_uri()])

    def chromium_again(self, page: Page) -> float:
        """Seconds of a browser that runs already."""
        started = time.perf_counter()
        page.goto(self.ours.as_uri())
        page.pdf(path=self._out("chromium-warm"), prefer_css_page_size=True, tagged=True, outline=True)
        return time.perf_counter() - started

    def typst(self) -> float:
        """Seconds of Typst in a new process, its start not counted: a second time it would only look the result up."""
        source, out = str(self.folder / "report.typ"), self._out("typst")
        said = subprocess.run(
            [sys.executable, "-c", _TYPST, source, out, str(self.folder)],
            check=True,
            capture_output=True,
            text=True,
        )
        return float(said.stdout)

    def _out(self, name: str) -> str:
        return str(self.folder / f"{name}.pdf")


@contextmanager
def browser() -> Iterator[Page]:
    """A running browser without a window, with one page open."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield running.new_page()
        finally:
            running.close()


def _chart(html: str) -> str:
    """The first drawing of the report, as a file of its own."""
    drawn = re.search(r"<svg.*?</svg>", html, re.DOTALL)
    assert drawn is not None
    named = drawn[0].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return named.replace("font-family: Printed", "font-family: Atkinson Hyperlegible")
