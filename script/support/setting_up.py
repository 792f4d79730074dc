"""Set-up: whatever is missing on this machine and in this copy, each step skipped when it is done already."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from script.support import distribution
from script.support.assets import build_assets
from script.support.browser import install_browser
from script.support.console import Stopped, say
from script.support.environment import install_locked
from script.support.places import SET_UP


def set_up(lock: Literal["app", "dev"], *, browser: bool = False) -> None:
    """Do what is missing: distribution packages, locked Python packages, a browser if asked for, assets.

    Raises Stopped when a step needs something that only the reader can do.
    """
    with _one_at_a_time():
        if missing := distribution.missing_packages(tests=lock == "dev"):
            distribution.install(missing)
        install_locked(lock)
        if browser:
            install_browser()
        build_assets()


def main(arguments: Sequence[str]) -> int:
    """`script/setup [server|test]`."""
    what = arguments[0] if arguments else "server"
    if what not in {"server", "test"} or len(arguments) > 1:
        raise Stopped("Type script/setup, script/setup server or script/setup test.")
    set_up("app" if what == "server" else "dev", browser=what == "test")
    say("Everything is set up. Next: script/server or script/test.")
    return 0


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let only one script change this copy at a time: two terminals may well be set up at once."""
    SET_UP.mkdir(exist_ok=True)
    with (SET_UP / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another script is setting this copy up; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
