"""Loading CQC's file of 74,184 rows: read, checked and stored, against only reading it.

The fastest suitable reader is Python's own csv module on top of its gzip module. Every load is a process of its own
with an empty database, so that its peak memory is its own; reading is timed in the same process.
"""

from __future__ import annotations

import csv
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from app import create_app
from benchmarks.measuring import Figure
from config import ROOT, Settings
from quality.core.database import db
from quality.editions.loading import load_file
from quality.ratings.frameworks.operations import seed
from tests.builders.cqc_files import BROOK_END, HEADINGS_2021, LARKFIELD, Cell, a_row
from tests.databases import migrated_database

REAL = ROOT.parent / "shared/data/cqc/01_February_2021_Latest_ratings_Locations_Domain-Overall.csv.gz"
ROWS, SERVICES, PROVIDERS = 74_184, 31_966, 19_669
GOAL = 6
MOST_MEGABYTES = 400


def run(engine: str, runs: int) -> list[Figure]:
    """Measure on one engine. Fails when a load takes more memory than it may."""
    with TemporaryDirectory() as folder:
        path = REAL if REAL.exists() else invented(Path(folder) / "invented.csv.gz")
        found = [_in_a_process(engine, path) for _ in range(runs)]
    peak = max(one["megabytes"] for one in found)
    assert peak < MOST_MEGABYTES, f"A load took {peak} MB."
    return [
        Figure(
            measured=f"reading, checking and storing {'the real 2021 file' if path == REAL else 'an invented file'}",
            against="only reading it",
            engine=engine,
            seconds=median(one["load"] for one in found),
            seconds_against=median(one["read"] for one in found),
            goal=GOAL,
            runs=runs,
            more={"peak MB": peak, "rows": found[0]["rows"]},
        )
    ]


def invented(path: Path) -> Path:
    """A file as large as the real one, about services that do not exist."""
    rows = ROWS // SERVICES + 1
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS_2021)
        for number in range(ROWS):
            writer.writerow(_row(number // rows, number % rows))
    return path


def _row(service: int, group: int) -> list[Cell]:
    facts = (LARKFIELD, BROOK_END)[service % 2]
    changes = {
        "Location ID": f"1-{900_000_000 + service}",
        "Location Name": f"Invented House {service}",
        "Location Post Code": f"ZZ{service % 90 + 1} {service % 9}AA",
        "Location Local Authority": f"Invented {service % 150}",
        "Provider ID": f"1-{800_000_000 + service % PROVIDERS}",
        "Provider Name": f"Invented Care {service % PROVIDERS} Limited",
        "Brand ID": "-",
        "Brand Name": "-",
        "Service / Population Group": ("Overall", "Older people", "Working age people")[group],
        "Publication Date": date(2020, 1 + service % 12, 1 + service % 28),
    }
    return a_row({**facts, **changes}, headings=HEADINGS_2021)


def _in_a_process(engine: str, path: Path) -> dict[str, float]:
    with TemporaryDirectory() as folder, migrated_database(engine, Path(folder)) as address:
        command = [sys.executable, "-m", "benchmarks.loading", address, str(path), folder]
        answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def _measure(address: str, path: Path, folder: Path) -> dict[str, float]:
    reads = [_seconds(lambda: _only_read(path)) for _ in range(2)]
    app = create_app(Settings(database_url=address, storage_url=str(folder / "files"), secret_key="k" * 40))
    with app.app_context():
        # As `flask prepare` leaves a database before anything is loaded.
        seed()
        db.session.commit()
        load = _seconds(lambda: _load(path))
        # Before and after: the machine's speed drifts while a load runs.
        reads += [_seconds(lambda: _only_read(path)) for _ in range(2)]
        rows = load_file(path, as_at=date(2021, 2, 1)).rows_read
        db.engine.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"read": median(reads), "load": load, "rows": rows, "megabytes": round(peak)}


def _only_read(path: Path) -> None:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass


def _load(path: Path) -> None:
    load_file(path, as_at=date(2021, 2, 1))
    db.session.commit()


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
