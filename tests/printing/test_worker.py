"""Documents are printed by a process of their own, which can do nothing else and harms nobody when it fails."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from quality.printing.errors import PrintingError, TooMuch
from quality.printing.fonts import ROOT
from quality.printing.limits import Limits
from quality.printing.pictures import prepare
from quality.printing.pool import Pool, shared
from tests.builders.photographs import TAKEN_ON, a_camera_file
from tests.printing.documents import NOON, a_pdf, an_order, drawn_here
from tests.printing.test_attachments import ANSWERS, DATA

pytestmark = pytest.mark.slow

PROBE = (sys.executable, "-m", "tests.printing.probe")
FORBIDDEN = [
    *("open a socket", "ask for a name", "connect", "open a local socket"),
    *("fork", "run a program", "run a shell", "become a program", "spawn a program", "load a library"),
    *("signal a process", "write", "write to what is there", "write outside by a way round", "make a folder"),
    *("delete", "delete by folder number", "write by folder number", "move", "link"),
]


@pytest.fixture(scope="module")
def probing() -> Iterator[Pool]:
    """A pool of one real printing process that tries things instead of drawing."""
    pool = Pool(command=PROBE)
    yield pool
    pool.close()


@pytest.fixture
def limited() -> Iterator[Pool]:
    """The same, with limits that are soon reached."""
    pool = Pool(Limits(seconds=60, processor_seconds=1, memory_megabytes=1000), command=PROBE)
    yield pool
    pool.close()


@pytest.fixture
def changed() -> Iterator[Callable[[str], Pool]]:
    """Pools of processes for which one number of `worker` is another."""
    pools = []

    def make(number: str) -> Pool:
        code = f"from quality.printing import worker; from tests.printing import probe; worker.{number}; "
        pools.append(Pool(command=(sys.executable, "-c", f"{code}worker.serve(probe.attempt)")))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


def told(pool: Pool, trial: str) -> str:
    """What comes of trying something inside a printing process."""
    return pool.render(an_order(html=trial)).decode()


def is_running(process: int) -> bool:
    """True while a process of this number runs. One that ended, whom nobody has asked for its status, does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_bytes_are_those_of_drawing_in_this_process() -> None:
    given: dict[str, Any] = {"author": "Northmere", "attachments": (ANSWERS, DATA), "created": NOON}
    assert a_pdf("<h1>Łódź 👍</h1>", **given) == drawn_here("<h1>Łódź 👍</h1>", **given)


def test_one_process_prints_document_after_document(probing: Pool) -> None:
    first = told(probing, "process")
    assert int(first) != os.getpid()
    assert told(probing, "process") == first


def test_the_process_holds_no_database_no_application_and_no_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    pool = Pool(command=PROBE)
    assert not {"sqlalchemy", "flask", "psycopg", "config"} & set(told(pool, "modules").split())
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(told(pool, "environment").split())
    pool.close()


@pytest.mark.parametrize("trial", FORBIDDEN)
def test_the_process_can_reach_nothing(probing: Pool, trial: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(PrintingError, match="something happened that printing did not expect"):
        told(probing, trial)
    assert "PermissionError: The printing process may not" in caplog.text
    assert not list(Path(__file__).parent.glob("left-behind*"))


def test_the_process_can_unpack_fonts_in_its_own_folder_and_read_ours(probing: Pool) -> None:
    assert told(probing, "write in own folder") == "False"
    assert told(probing, "read") == '"""'


def test_the_process_has_a_network_of_its_own_with_nothing_in_it(probing: Pool) -> None:
    allowed = subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True, check=False)
    if allowed.returncode:
        pytest.skip("This kernel gives no networks away; Python itself refuses sockets then.")
    assert told(probing, "network") != str(Path("/proc/self/ns/net").readlink())
    with socket.create_server(("127.0.0.1", 0)):
        interfaces = told(probing, "networks").splitlines()[2:]
    assert [line.split(":")[0].strip() for line in interfaces] == ["lo"]


@pytest.mark.parametrize(
    ("trial", "kind", "sentence"),
    [
        ("break", PrintingError, "something happened that printing did not expect"),
        ("refuse", PrintingError, "it is refused"),
        ("end", TooMuch, "needs more than 1000 MB of memory"),
        ("fill memory", TooMuch, "needs more than 1000 MB of memory"),
        ("count for ever", TooMuch, "longer than 1 seconds of the processor’s time"),
    ],
)
def test_one_bad_document_does_not_stop_the_next(
    limited: Pool, trial: str, kind: type[Exception], sentence: str
) -> None:
    with pytest.raises(kind, match=sentence):
        told(limited, trial)
    assert told(limited, "read") == '"""'


def test_a_photograph_is_read_by_such_a_process_and_comes_back_as_if_read_here(probing: Pool) -> None:
    assert probing.prepare(a_camera_file()) == prepare(a_camera_file())


def test_a_file_that_is_no_photograph_is_refused_in_a_sentence_and_the_next_is_read(probing: Pool) -> None:
    with pytest.raises(PrintingError, match="A photograph could not be read"):
        probing.prepare(b"GIF89a")
    assert probing.prepare(a_camera_file()).taken_on == TAKEN_ON


def test_a_photograph_that_costs_too_much_is_refused_and_the_next_is_read() -> None:
    pool = Pool(Limits(memory_megabytes=450))
    vast = a_camera_file(kind="PNG", size=(7000, 8000))
    with pytest.raises(TooMuch, match="A photograph was not taken in: it needs more than 450 MB"):
        pool.prepare(vast)
    assert pool.prepare(a_camera_file()).taken_on == TAKEN_ON
    pool.close()


def test_a_process_that_hangs_is_ended_and_replaced() -> None:
    pool = Pool(Limits(seconds=15), command=PROBE)
    hanging = told(pool, "process")
    with pytest.raises(PrintingError, match="took longer than 15 seconds"):
        told(pool, "sleep")
    assert not is_running(int(hanging))
    assert told(pool, "process") != hanging
    pool.close()


def test_a_document_of_too_many_pages_is_refused() -> None:
    pool = Pool(Limits(pages=3))
    with pytest.raises(TooMuch, match="more than 3 pages"):
        pool.render(an_order("<p style='break-after: page'>Page</p>" * 5))
    assert pool.render(an_order("<p style='break-after: page'>Page</p>" * 3))
    pool.close()


def test_a_document_that_would_be_too_large_a_file_is_refused() -> None:
    pool = Pool(Limits(file_megabytes=0))
    with pytest.raises(TooMuch, match="larger than 0 MB"):
        pool.render(an_order())
    pool.close()


def test_a_process_that_ended_for_want_of_work_is_replaced(changed: Callable[[str], Pool]) -> None:
    pool = changed("SECONDS_WITHOUT_WORK = 0.2")
    before = told(pool, "process")
    for _ in range(200):
        if not is_running(int(before)):
            break
        time.sleep(0.05)
    assert told(pool, "process") != before


def test_a_process_is_replaced_after_so_many_documents(changed: Callable[[str], Pool]) -> None:
    pool = changed("DOCUMENTS_IN_A_LIFE = 2")
    numbers = [told(pool, "process") for _ in range(4)]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_a_process_that_has_grown_is_replaced(changed: Callable[[str], Pool]) -> None:
    pool = changed("MEGABYTES_TOO_MANY = 1")
    assert told(pool, "process") != told(pool, "process")


@pytest.mark.parametrize("trial", ["", "sleep"], ids=["idle", "printing"])
def test_a_printing_process_ends_with_the_process_that_started_it(trial: str) -> None:
    code = (
        "import sys, threading; from quality.printing.pool import Pool; from tests.printing.documents import an_order;"
        f"pool = Pool(command={PROBE!r}); print(pool.render(an_order(html='process')).decode(), flush=True);"
        f"{trial!r} and threading.Thread(target=pool.render, args=(an_order(html={trial!r}),)).start();"
        "sys.stdin.read()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    printing = int(parent.stdout.readline())
    assert is_running(printing)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    for _ in range(200):
        if not is_running(printing):
            return
        time.sleep(0.05)
    raise AssertionError("It still runs.")


def test_several_documents_are_printed_side_by_side() -> None:
    pool = Pool(processes=2, command=PROBE)
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: told(pool, "process"), range(12)))
    assert len(set(made)) == 2
    pool.close()


def test_a_copy_of_this_process_starts_printing_processes_of_its_own() -> None:
    first = a_pdf()
    copy = os.fork()
    if copy == 0:
        os._exit(0 if a_pdf() == first and len(shared._running) == 1 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) == 0
    assert a_pdf() == first


def test_no_document_waits_for_ever_for_a_process_that_is_free() -> None:
    pool = Pool(Limits(seconds=0), processes=0)
    with pytest.raises(PrintingError, match="many others are being printed"):
        pool.render(an_order())
