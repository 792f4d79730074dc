"""`script/server`: set-up, the database and its invented council, then the production server."""

import os
import socket
from collections.abc import Sequence

from script.support.console import Stopped
from script.support.places import PYTHON, ROOT
from script.support.setting_up import set_up


def main(arguments: Sequence[str]) -> int:
    """Set up, then become the server. Raises Stopped when it could not listen where it is asked to."""
    if arguments:
        raise Stopped(
            "script/server takes no arguments. HOST and PORT come from the environment, as in: "
            "PORT=9000 script/server"
        )
    host, port = os.environ.get("HOST") or "127.0.0.1", _port()
    _check_address_is_free(host, port)
    set_up("app")
    os.chdir(ROOT)
    gunicorn = [str(PYTHON), "-m", "gunicorn", "script.support.prepared:create_prepared_app()"]
    os.execve(PYTHON, gunicorn, {**os.environ, "HOST": host, "PORT": str(port)})


def _port() -> int:
    typed = os.environ.get("PORT") or "8000"
    if not typed.isascii() or not typed.isdigit() or not 0 < int(typed) < 65536:
        raise Stopped(f"PORT is {typed}, but a port is a number from 1 to 65535.")
    return int(typed)


def _check_address_is_free(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind(address)
    except socket.gaierror:
        raise Stopped(f"HOST is {host}, which is no address or name that this machine knows.") from None
    except OSError as error:
        reason = error.strerror or "the system does not say why"
        raise Stopped(
            f"The server cannot listen on {host} port {port}: {reason.lower()}. Nothing was started. "
            f"If something else uses it, choose another: PORT={8001 if port == 8000 else 8000} script/server"
        ) from None
