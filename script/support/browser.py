"""The Chromium that the browser tests drive."""

import os
import shutil
from pathlib import Path

from script.support import distribution
from script.support.console import SlowStep, Stopped, run_slow_step
from script.support.places import PYTHON

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOADS = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")


def find_browser() -> str | None:
    """Return the path of a Chromium to drive: CHROMIUM_PATH, the machine's own, or a downloaded one.

    Raises Stopped when CHROMIUM_PATH names no file.
    """
    if chosen := os.environ.get("CHROMIUM_PATH"):
        if not Path(chosen).is_file():
            raise Stopped(f"CHROMIUM_PATH is {chosen}, but there is no such file. Mend it or leave it unset.")
        return chosen
    on_machine = (path for path in map(shutil.which, NAMES) if path and not _is_snap(Path(path)))
    downloaded = (
        str(path) for path in sorted(DOWNLOADS.glob("chromium-*/chrome-linux*/chrome"), reverse=True)
    )
    return next(on_machine, None) or next(downloaded, None)


def install_browser() -> None:
    """Get a browser where there is none.

    Debian has a package. Ubuntu's only fetches a snap, which sees neither /tmp nor hidden folders and so
    cannot be driven; there Playwright, which the tests are written with, fetches its own.
    """
    if find_browser():
        return
    if distribution.is_debian():
        distribution.install(["chromium"])
        return
    libraries = ["--with-deps"] if distribution.may_administer() else []
    command: list[str | Path] = [PYTHON, "-m", "playwright", "install", "--no-shell", *libraries, "chromium"]
    try:
        run_slow_step(SlowStep("Fetching a browser for the tests"), command)
    except Stopped as stopped:
        raise Stopped(
            f"{stopped}\nThe browser tests need Chromium. Install it or Google Chrome and put its path into "
            "CHROMIUM_PATH, or leave those tests out with: script/test --quick"
        ) from None


def _is_snap(path: Path) -> bool:
    # Debian's launcher is a shell script as well, so only what it leads to tells them apart.
    if "/snap/" in str(path.resolve()) or path.resolve() == Path("/usr/bin/snap"):
        return True
    with path.open("rb") as launcher:
        start = launcher.read(4000)
    return start.startswith(b"#!") and b"/snap/bin" in start
