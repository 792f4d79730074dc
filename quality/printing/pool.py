"""The printing processes of this process: started when the first document is wanted, kept, and replaced.

A document never harms the next one: a process that takes too long, takes too much or breaks is ended, and another
takes its place.
"""

from __future__ import annotations

import atexit
import logging
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict
from typing import BinaryIO, cast

from quality.printing.errors import PrintingError, TooMuch
from quality.printing.fonts import ROOT
from quality.printing.limits import Limits
from quality.printing.order import Message, Order, PhotographOrder, read_message, write_message
from quality.printing.prepared import Prepared

COMMAND = (sys.executable, "-m", "quality.printing.worker")
_HANDED_ON = {"HOME", "LANG", "LC_ALL", "PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME"}
_SECONDS_TO_END = 2
AnyOrder = Order | PhotographOrder

log = logging.getLogger(__name__)


class Pool:
    """Up to so many printing processes, all held to the same limits. Any thread may ask it for a document."""

    def __init__(
        self, limits: Limits | None = None, processes: int = 1, command: Sequence[str] = COMMAND
    ) -> None:
        self.limits = limits or Limits()
        self.command = command
        self._begin(processes)

    def _begin(self, processes: int) -> None:
        self._lock = threading.Lock()
        # The process that was used last is taken first, so that one that is not needed ends for want of work.
        self._places: queue.LifoQueue[_Process | None] = queue.LifoQueue()
        self._running: set[_Process] = set()
        self._allowed = 0
        self.allow(processes)

    def allow(self, processes: int) -> None:
        """Let there be at least so many processes at once."""
        with self._lock:
            for _ in range(self._allowed, processes):
                self._places.put(None)
            self._allowed = max(self._allowed, processes)

    def render(self, order: Order) -> bytes:
        """The bytes of the document. Waits for a process that is free. Raises PrintingError."""
        _, (pdf,) = self._made(order)
        return pdf

    def prepare(self, file: bytes) -> Prepared:
        """A photograph as it is kept, read where nothing can go wrong but the reading. Waits. Raises PrintingError."""
        return Prepared.from_message(*self._made(PhotographOrder(file)))

    def _made(self, order: AnyOrder) -> Message:
        try:
            process = self._places.get(timeout=self.limits.seconds)
        except queue.Empty:
            raise PrintingError(
                f"{order.failed}: many others are being printed. Try again in a few minutes."
            ) from None
        try:
            process = process or self._start()
            answer = process.ask(order, self.limits)
            if answer is None and process.ended_by_itself:
                # It had ended for want of work, just before it was asked.
                self._end(process)
                process = self._start()
                answer = process.ask(order, self.limits)
            return _made_by(process, answer, order, self.limits)
        finally:
            if process is not None and process.is_done:
                self._end(process)
                process = None
            self._places.put(process)

    def close(self) -> None:
        """End every process, printing or not."""
        for process in list(self._running):
            self._end(process)

    def leave_to_the_parent(self) -> None:
        """For a copy of this process: the printing processes are not the copy's. It may start its own."""
        for process in self._running:
            process.let_go()
        # All is made anew, because threads that are not in the copy may hold a lock.
        self._begin(self._allowed)

    def _start(self) -> _Process:
        process = _Process(self.command)
        self._running.add(process)
        return process

    def _end(self, process: _Process) -> None:
        self._running.discard(process)
        process.end()


class _Process:
    """A printing process, seen from outside."""

    def __init__(self, command: Sequence[str]) -> None:
        self.is_done = self.is_overdue = False
        self.folder = tempfile.mkdtemp(prefix="printing-")
        known = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
        self.running = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**known, "TMPDIR": self.folder},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self.orders = cast("BinaryIO", self.running.stdin)
        self.answers = cast("BinaryIO", self.running.stdout)

    @property
    def ended_by_itself(self) -> bool:
        """True when it ended of its own accord, as it does when nothing is asked of it for long."""
        return self.running.wait() == 0 and not self.is_overdue

    def ask(self, order: AnyOrder, limits: Limits) -> Message | None:
        """Its answer to an order; none when it ended without one, by itself or because its time was over."""
        words, files = order.as_message()
        over = threading.Timer(limits.seconds, self._end_overdue)
        over.start()
        try:
            write_message(self.orders, words | {"limits": asdict(limits)}, files)
            answer = read_message(self.answers)
        except BrokenPipeError:
            answer = None
        finally:
            over.cancel()
        self.is_done = answer is None or answer[0]["is_last"] or self.is_overdue
        return answer

    def _end_overdue(self) -> None:
        self.is_overdue = True
        self.running.kill()

    def end(self) -> None:
        """End it, at once if it does not end by itself."""
        self._close_its_input()
        try:
            self.running.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
        self.answers.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def let_go(self) -> None:
        """Close our copies of its pipes, and leave it and its folder to whoever started it."""
        self._close_its_input()
        self.answers.close()
        self.running.returncode = 0

    def _close_its_input(self) -> None:
        try:
            self.orders.close()
        except BrokenPipeError:
            return


def _made_by(process: _Process, answer: Message | None, order: AnyOrder, limits: Limits) -> Message:
    """What was made, or the error that says why it was not."""
    if answer is None:
        raise _ended(process, order, limits)
    words, files = answer
    if words["kind"] == "made":
        return words["facts"], files
    if words["kind"] == "no memory":
        raise _needs_memory(order, limits)
    said = files[0].decode()
    if words["kind"] == "too much":
        raise TooMuch(said)
    if words["kind"] == "refused":
        raise PrintingError(said)
    log.error("Printing broke off.\n%s", said)
    raise PrintingError(
        f"{order.failed}: something happened that printing did not expect. Nothing is lost. "
        "Whoever runs the service finds the reason in its log."
    )


def _ended(process: _Process, order: AnyOrder, limits: Limits) -> PrintingError:
    status = process.running.wait()
    log.error("A printing process ended with status %s in the middle of its work.", status)
    if process.is_overdue:
        return PrintingError(
            f"{order.failed}: it took longer than {limits.seconds} seconds. "
            f"{order.advice}, or try again when the service is less busy."
        )
    if status == -signal.SIGXCPU:
        return TooMuch(
            f"{order.failed}: it took longer than {limits.processor_seconds} seconds of the processor’s time. "
            f"{order.advice}, then try again."
        )
    if status in {-signal.SIGABRT, -signal.SIGTRAP}:
        return _needs_memory(order, limits)
    return PrintingError(
        f"{order.failed}: the process that does it ended. Try again; if it happens again, whoever runs the service "
        "finds the reason in its log."
    )


def _needs_memory(order: AnyOrder, limits: Limits) -> TooMuch:
    return TooMuch(
        f"{order.failed}: it needs more than {limits.memory_megabytes} MB of memory. {order.advice}, then try again."
    )


shared = Pool()
"""The processes that print for whoever asks in this process."""

atexit.register(shared.close)
os.register_at_fork(after_in_child=shared.leave_to_the_parent)
