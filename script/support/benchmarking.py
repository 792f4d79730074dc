"""`script/bench`: the benchmarks, in the environment of the tests."""

import os
from collections.abc import Sequence

from script.support.environment import install_locked
from script.support.places import PYTHON, ROOT
from script.support.setting_up import set_up


def main(arguments: Sequence[str]) -> int:
    """Set up, then become the benchmarks."""
    set_up("dev")
    install_locked("bench")
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "benchmarks", *arguments])
