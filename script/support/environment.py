"""The Python environment in .venv, filled from the hashed lock files."""

import re
import sys
from typing import Literal

from script.support.console import SlowStep, run_slow_step
from script.support.places import ENVIRONMENT, PYTHON, REQUIREMENTS
from script.support.stamps import fingerprint, is_stamped, put_stamp

Lock = Literal["app", "dev", "bench", "assets"]

OLDEST_PYTHON = (3, 11)
# Its programs begin with the path of its Python, so an environment cannot be moved with the project's folder.
MADE_AT = ENVIRONMENT / ".made-at"
TITLES: dict[Lock, str] = {
    "app": "Installing the locked Python packages",
    "dev": "Installing the locked Python packages, those of the tests too",
    "bench": "Installing what the benchmarks compare us with",
    "assets": "Fetching Node, which this machine lacks",
}
# The development lock holds everything the application's holds, in the same versions.
SATISFIED_BY: dict[Lock, tuple[Lock, ...]] = {
    "app": ("app", "dev"),
    "dev": ("dev",),
    "bench": ("bench",),
    "assets": ("assets",),
}


def install_locked(lock: Lock) -> None:
    """Make the environment where there is none, and bring it to what the lock file says."""
    if _has_usable_environment() and any(_is_current(name) for name in SATISFIED_BY[lock]):
        return
    _make_environment()
    file = REQUIREMENTS / f"{lock}.lock"
    packages = len(re.findall(r"^\S+==", file.read_text(), re.MULTILINE))
    step = SlowStep(TITLES[lock], counted_words=("Collecting", "Requirement already"), expected=packages)
    # The lock is complete, so pip has nothing to resolve and must not look for anything else.
    options = (
        "--require-hashes",
        "--no-deps",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar",
        "off",
    )
    run_slow_step(step, [PYTHON, "-m", "pip", "install", *options, "-r", file])
    put_stamp(ENVIRONMENT / f".{lock}-lock", _made_from(lock))


def _is_current(lock: Lock) -> bool:
    return is_stamped(ENVIRONMENT / f".{lock}-lock", _made_from(lock))


def _made_from(lock: Lock) -> str:
    return fingerprint([REQUIREMENTS / f"{lock}.lock", ENVIRONMENT / "pyvenv.cfg"])


def _has_usable_environment() -> bool:
    if not PYTHON.exists():  # This is also so for a link to a Python that has since been removed.
        return False
    if MADE_AT.is_file() and MADE_AT.read_text() != str(ENVIRONMENT):
        return False
    version = re.search(
        r"^version\w*\s*=\s*(\d+)\.(\d+)", (ENVIRONMENT / "pyvenv.cfg").read_text(), re.MULTILINE
    )
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST_PYTHON


def _make_environment() -> None:
    if not _has_usable_environment():
        step = SlowStep("Making the Python environment in .venv")
        run_slow_step(step, [sys.executable, "-m", "venv", "--clear", ENVIRONMENT])
        MADE_AT.write_text(str(ENVIRONMENT))
    elif not any(ENVIRONMENT.glob("lib/python*/site-packages/pip")):
        run_slow_step(SlowStep("Adding pip to .venv"), [PYTHON, "-m", "ensurepip", "--default-pip"])
