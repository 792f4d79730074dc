"""Packages of the distribution: installed where that is allowed, else the exact command to type."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from script.support import distribution
from script.support.console import Stopped

# It works once the lists of packages have been fetched, as on a machine that is new.
APT_GET = """#!/bin/sh
echo "$*" >> "$0.log"
case "$1" in
update) : > "$0.lists" ;;
install) test -e "$0.lists" ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A machine with only these programs, where we are root or not; returns the folder its programs are in."""

    def make(*, root: bool, programs: dict[str, str]) -> Path:
        for name, text in programs.items():
            (tmp_path / name).write_text(text)
            (tmp_path / name).chmod(0o755)
        for name in ("env", "sh"):
            (tmp_path / name).symlink_to(str(shutil.which(name)))
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
        return tmp_path

    return make


def test_root_installs_and_fetches_the_lists_of_packages_when_they_are_missing(
    machine: Callable[..., Path],
) -> None:
    folder = machine(root=True, programs={"apt-get": APT_GET})
    distribution.install(["libpango-1.0-0", "chromium"])
    install = "install --yes --no-install-recommends libpango-1.0-0 chromium"
    assert (folder / "apt-get.log").read_text().splitlines() == [install, "update", install]


def test_somebody_whose_sudo_asks_for_no_password_installs_through_it(machine: Callable[..., Path]) -> None:
    sudo = '#!/bin/sh\nshift\nif [ "$1" = true ]; then exit 0; fi\nexec "$@"\n'
    folder = machine(root=False, programs={"apt-get": APT_GET, "sudo": sudo})
    distribution.install(["chromium"])
    assert (folder / "apt-get.log").read_text().splitlines()[-1].endswith("chromium")


@pytest.mark.parametrize("programs", [{}, {"sudo": "#!/bin/sh\nexit 1\n"}], ids=["no sudo", "sudo asks"])
def test_anybody_else_is_told_the_exact_command(
    programs: dict[str, str], machine: Callable[..., Path]
) -> None:
    folder = machine(root=False, programs={"apt-get": APT_GET, **programs})
    with pytest.raises(Stopped) as told:
        distribution.install(["libpango-1.0-0", "chromium"])
    command = "    sudo apt-get install --yes --no-install-recommends libpango-1.0-0 chromium"
    assert command in str(told.value).splitlines()
    assert not (folder / "apt-get.log").exists()


def test_a_machine_of_another_kind_is_told_what_is_missing(machine: Callable[..., Path]) -> None:
    machine(root=True, programs={})
    with pytest.raises(Stopped, match=r"lacks libpango-1.0-0 .*Install them its own way"):
        distribution.install(["libpango-1.0-0"])


def test_packages_that_cannot_be_installed_stop_the_script(machine: Callable[..., Path]) -> None:
    machine(root=True, programs={"apt-get": "#!/bin/sh\necho no network >&2\nexit 100\n"})
    with pytest.raises(Stopped, match=r"Fetching the lists of packages did not work(?s:.*)no network"):
        distribution.install(["chromium"])
