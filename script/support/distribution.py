"""What comes from the distribution: Pango for the reports, venv for Python, a browser for the tests."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from script.support.console import SlowStep, Stopped, run_slow_step, say

# WeasyPrint loads these by name at run time; the package that brings each is the same on Debian and Ubuntu.
REPORT_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# What the tests drive a browser with has a Node of its own, which needs this; a small installation lacks it.
TEST_LIBRARIES = {"libatomic.so.1": "libatomic1"}
# The tests read reports back with these, and check them.
TEST_PROGRAMS = {"pdftotext": "poppler-utils", "qpdf": "qpdf"}
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")


def missing_packages(*, tests: bool) -> list[str]:
    """Return the packages that this machine lacks for the service and, if asked, for its tests."""
    libraries = {**REPORT_LIBRARIES, **(TEST_LIBRARIES if tests else {})}
    missing = [package for library, package in libraries.items() if not _is_loadable(library)]
    if tests:
        missing += [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return missing


def is_debian() -> bool:
    """Say whether this is Debian itself, whose browser package is a real one (Ubuntu's fetches a snap)."""
    try:
        return "ID=debian" in Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False


def may_administer() -> bool:
    """Say whether packages can be installed without anybody typing a password."""
    return _privilege() is not None


def install(packages: list[str]) -> None:
    """Install the packages, or raise Stopped with the command that somebody who may has to type."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise Stopped(
            f"This machine lacks {names} (Debian's names). Install them its own way, then run this again."
        )
    privilege = _privilege()
    if privilege is None:
        raise Stopped(
            f"This machine lacks {names}. Type this, then run this again:\n"
            f"    sudo {' '.join(INSTALL)} {names}"
        )
    say(f"Installing {names} from the distribution's packages.")
    quietly = [*privilege, "env", "DEBIAN_FRONTEND=noninteractive"]
    command = [*quietly, *INSTALL, *packages]
    try:
        run_slow_step(SlowStep("Installing packages"), command)
    except Stopped:
        # The lists of packages may be empty, as on a new machine, or out of date.
        run_slow_step(SlowStep("Fetching the lists of packages"), [*quietly, "apt-get", "update"])
        run_slow_step(SlowStep("Installing packages"), command)


def _is_loadable(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _privilege() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    without_password = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if without_password.returncode == 0 else None
