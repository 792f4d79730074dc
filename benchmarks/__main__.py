"""`python -m benchmarks [NAME …]`: run benchmarks and print their ratios; `--json` prints them for programs.

A benchmark is a module of this package with a function `run(engine, runs) -> list[Figure]`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from benchmarks.measuring import ENGINES, RUNS, Figure, table
from tests.engines import PostgresServer

BENCHMARKS = ("loading", "register", "queue", "market", "report")


def main() -> int:
    """Run what was asked for, on the engines asked for."""
    asked = _arguments()
    figures: list[Figure] = []
    for engine in asked.engine or ENGINES:
        with _server(engine):
            for name in asked.benchmark or BENCHMARKS:
                print(f"Measuring {name} on {engine} …", file=sys.stderr)
                figures += import_module(f"benchmarks.{name}").run(engine, asked.runs)
    print(json.dumps([one.as_json() for one in figures], indent=2) if asked.json else table(figures))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure, as ratios in one run.")
    parser.add_argument("benchmark", nargs="*", choices=[*BENCHMARKS, []], help="all of them unless named")
    parser.add_argument("--engine", action="append", choices=ENGINES, help="both unless given")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each thing is measured")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args()


@contextmanager
def _server(engine: str) -> Iterator[None]:
    """The PostgreSQL of the tests, which keeps nothing and waits for no disk, where it is needed."""
    if engine != "postgresql":
        yield
        return
    server = PostgresServer()
    os.environ["TESTS_POSTGRES_SERVER"] = server.start()
    try:
        yield
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
