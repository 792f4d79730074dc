"""`script/test`: every check that needs no test, then every test."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from script.support.browser import find_browser
from script.support.console import say
from script.support.places import ENVIRONMENT, PYTHON, ROOT
from script.support.setting_up import set_up

TOOLS = ENVIRONMENT / "bin"
TEST_PROCESSES = 2


@dataclass(frozen=True)
class Check:
    """One command that must succeed, and what its success means."""

    meaning: str
    command: tuple[str, ...]


CHECKS = (
    Check("the code has no fault that Ruff knows", (f"{TOOLS}/ruff", "check")),
    Check("the code is laid out alike", (f"{TOOLS}/ruff", "format", "--check")),
    Check("the types agree", (f"{TOOLS}/mypy",)),
    Check("imports go one way", (f"{TOOLS}/lint-imports", "--no-logo")),
    Check("the templates are in order", (f"{TOOLS}/djlint", "templates", "--lint", "--quiet")),
    Check("nothing is committed that must not be", (str(PYTHON), "-m", "script.support.repository")),
)


def main(arguments: Sequence[str]) -> int:
    """Set up, check, test.

    `--quick` leaves out the browser tests, the slow ones and PostgreSQL. Any other argument goes to pytest, which
    alone is run then.
    """
    quick = "--quick" in arguments
    for_pytest = [argument for argument in arguments if argument != "--quick"]
    set_up("dev", browser=not quick)
    failed = [] if for_pytest else [check.meaning for check in CHECKS if not _holds(check)]
    if _test(for_pytest, quick=quick) != 0:
        failed.append("the tests pass")
    for meaning in failed:
        say(f"NOT TRUE: {meaning}")
    return 1 if failed else 0


def _holds(check: Check) -> bool:
    started = time.monotonic()
    ran = subprocess.run(
        check.command, cwd=ROOT, capture_output=True, text=True, env=_environment(), check=False
    )
    seconds = time.monotonic() - started
    if ran.returncode == 0:
        say(f"ok    {check.meaning} ({seconds:.1f} s)")
        return True
    say(f"FAIL  {check.meaning} ({seconds:.1f} s)\n{ran.stdout}{ran.stderr}")
    return False


def _test(arguments: Sequence[str], *, quick: bool) -> int:
    command = [str(PYTHON), "-m", "pytest"]
    if not arguments:
        command += ["-n", str(TEST_PROCESSES)]
    if quick:
        command += ["-m", "not browser and not slow", "--engine", "sqlite"]
    examples = {"TESTS_EXAMPLES": "quick" if quick else "whole"}
    environment = {**_environment(), **examples}
    return subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=False).returncode


def _environment() -> Mapping[str, str]:
    browser = find_browser()
    return {**os.environ, **({"CHROMIUM_PATH": browser} if browser else {})}
