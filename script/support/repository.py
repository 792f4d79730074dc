"""What must never be committed: the address of a package registry, and what belongs to GOV.UK alone."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from script.support.places import ROOT

# Written so that this file does not name what it looks for.
REGISTRY = re.compile(
    r"\b(?:py[p]i\.org|files\.python[h]osted\.org|registry\.(?:npm[j]s|yarn[p]kg)\.)|index-[u]rl\W+\w+://|\"[r]esolved\"\s*:"
)
# GDS Transport and the crown and crest are licensed for service.gov.uk only.
GOVUK_ONLY = re.compile(
    r"govuk-(?:crest|crown)|(?:light-94a07e06a1|bold-b542beb274)-v2|@font-face[^}]*GDS [T]ransport"
)
FONT_OR_MARK = re.compile(
    r"\.(?:woff2?|ttf|otf|eot)$|(?:crest|crown)[^/]*\.(?:svg|png|ico|jpe?g)$", re.IGNORECASE
)


def tracked_files() -> list[Path]:
    """Return every committed or staged file by its path from the top; none where Git knows nothing."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]


def faults_of(path: Path, text: str) -> Iterator[str]:
    """Yield a sentence for each thing in this file that must not be committed."""
    if FONT_OR_MARK.search(path.as_posix()):
        yield f"{path} is a font or a mark; the scripts install those, and none is committed."
    for number, line in enumerate(text.splitlines(), start=1):
        if REGISTRY.search(line):
            yield f"{path}, line {number} names a package registry."
        if GOVUK_ONLY.search(line):
            yield f"{path}, line {number} names a font or mark that only GOV.UK may use."


def main() -> int:
    """Print every fault in the tracked files, and return 1 if there is one."""
    faults = [
        fault
        for path in tracked_files()
        for fault in faults_of(path, (ROOT / path).read_bytes().decode(errors="replace"))
    ]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
