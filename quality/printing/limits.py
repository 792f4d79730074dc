"""What one document may cost. More than that is refused with a sentence, and whatever prints it is ended."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The most a document may take: seconds by the clock and of the processor, memory, pages, and its own size.

    `memory_megabytes` is what the process may ask for (its address space). The printing process has asked for 300 MB
    before it prints anything; a report of 350 pages brings it to 870 MB.
    """

    seconds: int = 240
    processor_seconds: int = 180
    memory_megabytes: int = 2048
    pages: int = 1000
    file_megabytes: int = 100
