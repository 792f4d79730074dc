"""A warm process that prints reports when told to: `python -m benchmarks.report_printer`.

It draws by itself what printing processes draw, so that their memory and time are its own.

It reads the name of a size and a seed from each line, and answers with the seconds and the pages.
"""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdf

from benchmarks.invented_reports import SHORT, SIZES, Size, a_report, photographs
from quality.printing.drawing import draw
from quality.printing.limits import Limits
from quality.printing.order import Order
from quality.printing.pdf import prepared
from quality.reports.render import printed
from quality.reports.snapshot import Snapshot


@dataclass(frozen=True)
class Printer:
    """A running process of this module."""

    process: subprocess.Popen[str]

    def print(self, size: Size, seed: int = 1) -> tuple[float, int]:
        """Have one report printed, and wait for it: the seconds it took, and its pages."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{SIZES.index(size)} {seed}\n")
        self.process.stdin.flush()
        seconds, pages = self.process.stdout.readline().split()
        return float(seconds), int(pages)

    def seconds(self, size: Size, seed: int = 1) -> float:
        """The seconds that one report takes."""
        return self.print(size, seed)[0]

    def pages(self, size: Size) -> int:
        """How many pages such a report has."""
        return self.print(size)[1]

    def peak(self) -> float:
        """The most memory it has held so far, in megabytes."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


@contextmanager
def printer() -> Iterator[Printer]:
    """A process that has printed a short report already."""
    command = [sys.executable, "-m", "benchmarks.report_printer"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        started = Printer(process)
        started.seconds(SHORT)
        yield started
        assert process.stdin is not None
        process.stdin.close()


def main() -> None:
    """Print what is asked for until nobody asks."""
    for line in sys.stdin:
        size, seed = (int(word) for word in line.split())
        report, pictures = a_report(SIZES[size], seed), photographs(SIZES[size])
        started = time.perf_counter()
        pdf = draw(order_of(report, pictures), Limits())
        seconds = time.perf_counter() - started
        sys.stdout.write(f"{seconds} {len(pypdf.PdfReader(io.BytesIO(pdf)).pages)}\n")
        sys.stdout.flush()


def order_of(report: Snapshot, pictures: dict[str, bytes] | None = None) -> Order:
    """What a printing process is sent for a report."""
    html, css = printed(report)
    return prepared(
        Order(
            html=html,
            css=css,
            title=report.number,
            created=report.issued_at,
            author=report.council.name,
            pictures=pictures or {},
        )
    )


if __name__ == "__main__":
    main()
