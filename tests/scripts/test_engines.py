"""The PostgreSQL the tests start: it answers, keeps databases apart, and leaves nothing behind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.engines import (
    PostgresServer,
    create_database,
    drop_database,
    packaged_programs,
    system_programs,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[system_programs, packaged_programs], ids=["distribution", "package"])
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    find_programs: Callable[[], Path | None] = request.param
    if (programs := find_programs()) is None:
        pytest.skip("This machine has no such PostgreSQL; the other kind is tried as well.")
    running = PostgresServer(programs)
    yield running.start()
    running.stop()


def test_two_databases_on_one_server_do_not_see_each_other(server: str) -> None:
    first, second = create_database(server, "first"), create_database(server, "second")
    with psycopg.connect(first) as connection:
        connection.execute("create table only_here (number integer)")
    with psycopg.connect(second) as connection:
        assert connection.execute("select to_regclass('only_here')").fetchone() == (None,)


def test_a_database_can_be_made_as_a_copy_of_another(server: str) -> None:
    with psycopg.connect(create_database(server, "model")) as connection:
        connection.execute("create table copied (number integer)")
        connection.execute("insert into copied values (7)")
    with psycopg.connect(create_database(server, "copy", template="model")) as connection:
        assert connection.execute("select number from copied").fetchone() == (7,)


def test_a_database_is_dropped_under_an_open_connection_and_dropping_it_again_does_no_harm(
    server: str,
) -> None:
    with psycopg.connect(create_database(server, "short_lived")) as connection:
        drop_database(server, "short_lived")
        drop_database(server, "short_lived")
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")


def test_nobody_gets_in_without_the_password(server: str) -> None:
    stranger = psycopg.conninfo.make_conninfo(server, password="wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stranger)


def test_a_stopped_server_is_gone_with_everything_it_held() -> None:
    running = PostgresServer()
    address = running.start()
    running.stop()
    running.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=2)
