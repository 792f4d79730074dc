"""Runs one script's work: `python -m script.support setup|server|test|bench [arguments]`."""

import sys
from collections.abc import Callable, Sequence

from script.support import benchmarking, checks, serving, setting_up
from script.support.console import Stopped

TASKS: dict[str, Callable[[Sequence[str]], int]] = {
    "setup": setting_up.main,
    "server": serving.main,
    "test": checks.main,
    "bench": benchmarking.main,
}


def main() -> int:
    """Return the exit status: 2 when something that only the reader can mend stops us."""
    task, *arguments = sys.argv[1:]
    try:
        return TASKS[task](arguments)
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
