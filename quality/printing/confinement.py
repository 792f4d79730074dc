"""What a printing process takes from itself before it sees anything somebody typed: network, files, programs.

The network goes with a namespace of its own where the kernel allows it (Linux does, most containers too). Whether or
not it does, Python itself then refuses sockets, other programs, and writing anywhere but in the process's own folder,
in which WeasyPrint unpacks fonts.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from pathlib import Path
from typing import Any

from quality.printing.limits import Limits

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES = 38
_LARGEST_FONT_FILE = 64 * 1024 * 1024
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = {
    *("os.fork", "os.forkpty", "os.exec", "os.spawn", "os.posix_spawn", "os.system", "os.kill", "os.killpg"),
    *("subprocess.Popen", "pty.spawn", "ctypes.dlopen", "os.link", "os.symlink", "os.rename", "shutil.move"),
    *("os.chmod", "os.chown", "os.truncate", "os.utime", "os.setxattr", "os.removexattr", "shutil.copyfile"),
}
_ON_FILES = {"os.mkdir", "os.remove", "os.rmdir"}
"""Python's own names of what it is about to do: https://docs.python.org/3/library/audit_events.html."""


def leave_the_network() -> bool:
    """Move to a network of our own that has nothing in it. False where the kernel does not allow it.

    Call it before any other thread is started. Only Linux knows such a thing.
    """
    system = ctypes.CDLL(None, use_errno=True)
    if not hasattr(system, "unshare"):
        return False
    system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return any(system.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def forbid_all_but_printing(folder: Path) -> None:
    """From now on no socket is made, no program started, and nothing written outside the folder. It cannot be undone.

    Whoever tries gets a PermissionError.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FONT_FILE, _LARGEST_FONT_FILE))
    home = folder.resolve()

    def watch(event: str, details: tuple[Any, ...]) -> None:
        if event in _FORBIDDEN or event.startswith("socket."):
            raise PermissionError(f"The printing process may not do this: {event}.")
        if event == "open" and details[2] & _WRITES:
            _must_be_in(home, details[0])
        elif event in _ON_FILES:
            _must_be_in(home, details[0], details[-1])

    sys.addaudithook(watch)


def allow_as_much_as(limits: Limits) -> None:
    """Set what the kernel holds the process to from here to the end of the next document: processor time and memory."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set_soft(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + limits.processor_seconds)
    _set_soft(resource.RLIMIT_AS, limits.memory_megabytes * 1_000_000)


def memory_megabytes() -> float:
    """What the process holds now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() / 1_000_000


def _set_soft(limit: int, wanted: int) -> None:
    hard = resource.getrlimit(limit)[1]
    resource.setrlimit(limit, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _must_be_in(home: Path, path: object, folder_number: int = -1) -> None:
    if isinstance(path, int):
        return  # A file that is open already.
    named = Path(os.fsdecode(path))  # type: ignore[arg-type]  # The system's own calls give texts, bytes and paths.
    if folder_number >= 0:
        named = Path(f"/proc/self/fd/{folder_number}").readlink() / named
    if home not in named.resolve().parents:
        raise PermissionError("The printing process may not write or delete files.")
