"""How gunicorn serves the application: one process per core, and one more that does the queued jobs."""

import os
import subprocess
import sys
from typing import Any

_host = os.environ.get("HOST", "127.0.0.1")
_port = os.environ.get("PORT", "8000")

wsgi_app = "app:create_app()"
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
workers = int(os.environ.get("WEB_PROCESSES") or os.cpu_count() or 1)
# Threads make no page quicker. They are there because browsers open connections ahead of use: two idle ones would
# keep two processes without threads waiting for words that never come, and nobody else would be served.
worker_class = "gthread"
threads = 12
preload_app = True
timeout = 60
graceful_timeout = 20
loglevel = "warning"
# Nobody here steers a running server through a socket, so none is opened.
control_socket_disable = True

_jobs: "subprocess.Popen[bytes] | None" = None


def when_ready(server: Any) -> None:
    """Say that the service is there, and start the jobs worker."""
    global _jobs
    print(f"Listening on http://{bind} (Ctrl-C stops it).", flush=True)
    # It is in a session of its own: Ctrl-C is for the server, which then ends it in order.
    _jobs = subprocess.Popen([sys.executable, "-m", "script.support.jobs"], start_new_session=True)


def on_exit(server: Any) -> None:
    """End the jobs worker, which finishes the job in hand first."""
    if _jobs is not None:
        _jobs.terminate()
        _jobs.wait()
