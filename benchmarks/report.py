"""Reports: our printing against other ways to make the same PDF, at four lengths, many at once, and downloads."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.invented_reports import SHORT, SIZES, USUAL, Size, a_report
from benchmarks.measuring import ENGINES, Figure, interleaved
from benchmarks.report_downloads import download
from benchmarks.report_printer import Printer, order_of, printer
from benchmarks.report_rivals import Paper, browser
from benchmarks.watching import Memory
from quality.printing.pool import Pool
from quality.reports.snapshot import Snapshot

GOAL_AGAINST_PLAIN, GOAL_PER_PAGE, GOAL_MEGABYTES = 0.6, 1.35, 600
NO_DATABASE = "any database"
REPORTS_IN_A_PACK, PART_OF_A_PACK, GOAL_PACK = 200, 50, 1 / 1.8


def run(engine: str, runs: int) -> list[Figure]:
    """Measure on one engine. No database takes part in printing, so that is measured with the first engine alone."""
    printing = [*_against_others(runs), *_by_length(runs), _pack()] if engine == ENGINES[0] else []
    return [*printing, download(engine, runs)]


def _against_others(runs: int) -> list[Figure]:
    """The usual report, by each means in turn."""
    with TemporaryDirectory() as folder:
        paper = Paper(Path(folder), USUAL)
        with browser() as page, printer() as ours:
            seconds = interleaved(
                runs,
                ours=lambda: ours.seconds(USUAL),
                weasyprint=paper.weasyprint,
                cold=paper.chromium,
                warm=lambda: paper.chromium_again(page),
                typst=paper.typst,
            )
        megabytes = _megabytes(paper)
    others = {
        "weasyprint": ("WeasyPrint's own command with a plain style sheet", GOAL_AGAINST_PLAIN),
        "cold": ("headless Chromium, started for it", None),
        "warm": ("headless Chromium, running already", None),
        "typst": ("Typst, its start not counted", None),
    }
    return [
        Figure(
            "the usual report in a warm process",
            words,
            NO_DATABASE,
            seconds["ours"],
            seconds[name],
            goal,
            runs,
            {"MB": megabytes["ours"], "MB against": megabytes[name]},
        )
        for name, (words, goal) in others.items()
    ]


def _megabytes(paper: Paper) -> dict[str, float]:
    """The most that each means holds, from its start on, for one report."""

    def ours() -> None:
        with printer() as one:
            one.seconds(USUAL)

    def warm() -> None:
        with browser() as page:
            paper.chromium_again(page)

    means = {
        "ours": ours,
        "weasyprint": paper.weasyprint,
        "cold": paper.chromium,
        "warm": warm,
        "typst": paper.typst,
    }
    peaks: dict[str, float] = {}
    for name, once in means.items():
        with Memory() as memory:
            once()
        peaks[name] = round(memory.peak)
    return peaks


def _by_length(runs: int) -> list[Figure]:
    """A page of each length against a page of the usual one, and what a process held at most."""
    with ExitStack() as stack:
        # A process of its own for each, so that none is charged for the memory of another.
        printers = {size: stack.enter_context(printer()) for size in SIZES}
        pages = {size: printers[size].pages(size) for size in SIZES}
        seconds = interleaved(runs, **{str(size.pages): _asking(printers[size], size) for size in SIZES})
        a_page = {size: seconds[str(size.pages)] / pages[size] for size in SIZES}
        return [
            Figure(
                f"a page of {pages[size]}",
                f"a page of {pages[USUAL]}",
                NO_DATABASE,
                a_page[size],
                a_page[USUAL],
                GOAL_PER_PAGE if size.pages > USUAL.pages else None,
                runs,
                {"MB": _peak_of(size), "MB to reach": GOAL_MEGABYTES},
            )
            for size in SIZES
            if size is not USUAL
        ]


def _peak_of(size: Size) -> int:
    """The most a process holds that prints one such report, and is then replaced, as a printing process is."""
    with printer() as one:
        one.print(size)
        return round(one.peak())


def _asking(one: Printer, size: Size) -> Callable[[], float]:
    return lambda: one.seconds(size)


def _pack() -> Figure:
    """Many short reports on two printing processes against one, as `flask work` prints them; a part on each in turn."""
    reports = [a_report(SHORT, seed) for seed in range(1, REPORTS_IN_A_PACK + 1)]
    with ExitStack() as stack:
        pools = {number: Pool(processes=number) for number in (1, 2)}
        for number, pool in pools.items():
            stack.callback(pool.close)
            _seconds_of(reports[: 2 * number], pool, number)
        seconds = dict.fromkeys(pools, 0.0)
        for first in range(0, REPORTS_IN_A_PACK, PART_OF_A_PACK):
            for number, pool in pools.items():
                seconds[number] += _seconds_of(reports[first : first + PART_OF_A_PACK], pool, number)
    words = f"{REPORTS_IN_A_PACK} short reports on"
    return Figure(f"{words} two processes", f"{words} one", NO_DATABASE, seconds[2], seconds[1], GOAL_PACK, 1)


def _seconds_of(reports: list[Snapshot], pool: Pool, at_once: int) -> float:
    """Each process gets the next report as soon as it has done one."""
    started = time.perf_counter()
    with ThreadPoolExecutor(at_once) as hands:
        made = list(hands.map(lambda report: pool.render(order_of(report)), reports))
    assert all(made)
    return time.perf_counter() - started
