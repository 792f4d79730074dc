"""What the set-up promises: hashed locks, no registry's address, and nothing that is GOV.UK's alone."""

import json
import os
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from script.support import browser, console, serving, stamps
from script.support.places import ASSETS, REQUIREMENTS, ROOT
from script.support.repository import faults_of, tracked_files

LOCKS = sorted(path.name for path in REQUIREMENTS.glob("*.lock"))
SHELL_SCRIPTS = sorted(
    path
    for folder in ("script", ".ci")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and path.suffix != ".pyc" and path.read_bytes().startswith(b"#!/usr/bin/env bash")
)


def pins(lock: str) -> dict[str, str]:
    """Return each package's version in a lock file."""
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (REQUIREMENTS / lock).read_text(), re.MULTILINE))


def test_no_tracked_file_names_a_registry_or_holds_what_only_govuk_may_use() -> None:
    faults = [
        fault
        for path in tracked_files()
        for fault in faults_of(path, (ROOT / path).read_bytes().decode(errors="replace"))
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("requirements/app.lock", "--index-" + "url https://example.org/simple"),
        ("docs/install.md", "see https://py" + "pi.org/project/flask"),
        ("package-lock.json", '      "res' + 'olved": "https://example.org/sass.tgz",'),
        ("static/fonts/bold.woff2", ""),
        ("static/images/govuk-" + "crest.svg", "<svg/>"),
        ("static/site.css", "background: url(govuk-" + "crest.svg)"),
    ],
)
def test_the_check_finds_what_must_not_be_committed(path: str, text: str) -> None:
    assert list(faults_of(Path(path), text)) != []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_python_package_has_a_hash_and_no_address(lock: str) -> None:
    text = (REQUIREMENTS / lock).read_text()
    requirements = re.split(r"\n(?=\S+==)", text)
    assert pins(lock)
    assert [part.split()[0] for part in requirements if "==" in part and "--hash=sha256:" not in part] == []
    assert "://" not in text


def test_the_development_lock_holds_the_applications_packages_in_the_same_versions() -> None:
    assert pins("app.lock").items() <= pins("dev.lock").items()


def test_every_locked_front_end_package_has_a_hash_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: facts for name, facts in packages.items() if name}
    assert installed
    assert [name for name, facts in installed.items() if not facts["integrity"].startswith("sha512-")] == []
    assert [name for name, facts in installed.items() if "resolved" in facts] == []


def test_the_style_sheet_has_no_govuk_font_no_crown_and_fetches_nothing() -> None:
    css = (ASSETS / "app.css").read_text(encoding="utf-8-sig")
    assert "govuk-button" in css
    assert re.findall(r"GDS Transport|crown|crest|@import|@font-face|url\(", css, re.IGNORECASE) == []


def test_the_councils_colour_reaches_the_header_through_a_custom_property() -> None:
    css = (ASSETS / "app.css").read_text(encoding="utf-8-sig")
    assert re.search(r"\.house-header\{[^}]*background:var\(--govuk-brand-colour", css)


@pytest.mark.parametrize("face", ["400-normal", "700-normal", "400-italic", "700-italic"])
def test_the_reports_font_is_there_with_its_licence(face: str) -> None:
    font = ASSETS / "fonts" / f"atkinson-hyperlegible-latin-{face}.woff2"
    assert font.read_bytes().startswith(b"wOF2")
    assert "SIL OPEN FONT LICENSE" in (ASSETS / "fonts" / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SHELL_SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_shell_script_parses_and_may_be_run(script: Path) -> None:
    parsed = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
    assert (parsed.returncode, parsed.stderr) == (0, "")
    assert os.access(script, os.X_OK)


def test_the_scripts_the_readme_names_are_there() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in SHELL_SCRIPTS}
    assert {"script/setup", "script/server", "script/test", "script/bench", ".ci/run"} <= names


def test_a_stamp_no_longer_holds_when_a_source_changed(tmp_path: Path) -> None:
    source, stamp = tmp_path / "source", tmp_path / "stamp"
    source.write_text("one")
    assert not stamps.is_stamped(stamp, stamps.fingerprint([source]))
    stamps.put_stamp(stamp, stamps.fingerprint([source]))
    assert stamps.is_stamped(stamp, stamps.fingerprint([source]))
    source.write_text("two")
    assert not stamps.is_stamped(stamp, stamps.fingerprint([source]))


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_the_server_says_that_its_port_is_taken_and_starts_nothing(
    taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    monkeypatch.delenv("HOST", raising=False)
    with pytest.raises(
        console.Stopped, match=f"127.0.0.1 port {taken_port}: address already in use. Nothing was"
    ):
        serving.main([])


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "8000 "])
def test_the_server_refuses_a_port_that_is_none(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(console.Stopped, match="a port is a number from 1 to 65535"):
        serving.main([])


def test_a_step_that_fails_stops_the_script_and_shows_the_end_of_its_output() -> None:
    step = console.SlowStep("Doing something")
    with pytest.raises(console.Stopped, match=r"Doing something did not work(?s:.*)no such place"):
        console.run_slow_step(step, ["bash", "-c", "echo no such place >&2; exit 3"])


def test_a_slow_step_counts_what_is_done() -> None:
    step = console.SlowStep("Installing", counted_words=("Collecting",), expected=3)
    step.lines += ["Collecting flask", "  Using cached flask", "Collecting jinja2"]
    assert step.progress().startswith("Installing … 2 of 3, ")


def test_a_chosen_browser_that_is_not_there_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM_PATH", "/nowhere/chromium")
    with pytest.raises(console.Stopped, match="there is no such file"):
        browser.find_browser()


def test_a_launcher_that_only_fetches_a_snap_is_no_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher = tmp_path / "chromium-browser"
    launcher.write_text("#!/bin/sh\nexec /snap/bin/chromium\n")
    launcher.chmod(0o755)
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "DOWNLOADS", tmp_path)
    assert browser.find_browser() is None
    launcher.write_text("#!/bin/sh\nexec /usr/lib/chromium/chromium\n")
    assert browser.find_browser() == str(launcher)
