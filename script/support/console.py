"""What the scripts say: a line for each step, progress on a slow one, a sentence when they cannot go on."""

import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from script.support.places import ROOT

# How often a slow step is heard from: a terminal redraws one line, a log file gets a new one.
TERMINAL_SECONDS = 0.5
LOG_SECONDS = 15.0
LINES_SHOWN_ON_FAILURE = 25


class Stopped(Exception):
    """The scripts cannot go on; the message says what happened and what to do about it."""


def say(sentence: str) -> None:
    """Print one line now, not when a buffer happens to be full."""
    print(sentence, flush=True)


@dataclass
class SlowStep:
    """One slow command: what it is for, and how its output tells how far it has come."""

    title: str
    counted_words: tuple[str, ...] = ()
    expected: int = 0
    lines: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    def progress(self) -> str:
        """Return the line that says how far the step has come."""
        seconds = f"{time.monotonic() - self.started:.0f} s"
        if not self.counted_words:
            return f"{self.title} … {seconds}"
        done = sum(line.startswith(self.counted_words) for line in self.lines)
        return f"{self.title} … {min(done, self.expected)} of {self.expected}, {seconds}"

    def follow(self, process: "subprocess.Popen[str]") -> None:
        """Show progress until the command has said its last word."""
        reader = threading.Thread(target=self._read, args=(process,))
        reader.start()
        on_terminal = sys.stdout.isatty()
        if not on_terminal:
            say(f"{self.title} …")
        while reader.is_alive():
            reader.join(TERMINAL_SECONDS if on_terminal else LOG_SECONDS)
            if on_terminal:
                print(f"\r\033[K{self.progress()}", end="", flush=True)
            elif reader.is_alive():
                say(f"  {self.progress()}")
        if on_terminal:
            print()

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None  # It was opened as a pipe.
        for line in process.stdout:
            self.lines.append(line.rstrip())


def run_slow_step(
    step: SlowStep, command: Sequence[str | Path], environment: Mapping[str, str] | None = None
) -> None:
    """Run a command with its progress shown and its output kept back.

    Raises Stopped with the end of that output when it fails.
    """
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        step.follow(process)
    if process.returncode != 0:
        last = "\n".join(f"    {line}" for line in step.lines[-LINES_SHOWN_ON_FAILURE:])
        typed = " ".join(str(word) for word in command)
        raise Stopped(
            f"{step.title} did not work. This was typed:\n    {typed}\nand the answer ended with:\n{last}"
        )
