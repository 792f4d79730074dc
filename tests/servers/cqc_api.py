"""A small server that answers as CQC's API does, on loopback, and misbehaves when it is told to."""

from __future__ import annotations

import json
import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "a-key-of-the-tests"
Reply = dict[str, Any]
_GATEWAY = b"<html><head><title>403 Forbidden</title></head><body>Microsoft-Azure-Application-Gateway/v2</body></html>"


@dataclass
class Trouble:
    """One bad answer: a status with its headers and body; `cut` stops half-way, `hang` says nothing at all."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b'{"message": "no"}'
    cut: bool = False
    hang: bool = False


RATE_LIMIT = Trouble(429, {"Retry-After": "1", "Content-Type": "application/json"})
OUT_OF_ORDER = Trouble(500)
OUTAGE = Trouble(403, {"Content-Type": "text/html"}, _GATEWAY)
NOT_ALLOWED = Trouble(403, {"Content-Type": "application/json"})
CUT = Trouble(cut=True)
HANG = Trouble(hang=True)


@dataclass
class CqcApi:
    """What the server holds, and what it was asked. Everything may be changed while it runs."""

    locations: dict[str, Reply] = field(default_factory=dict)
    providers: dict[str, Reply] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)  # By `location` and `provider`.
    per_page: int = 1000
    url: str = ""
    asked: list[str] = field(default_factory=list)
    # The answers that come first for a path, before the right one.
    trouble: defaultdict[str, deque[Trouble]] = field(default_factory=lambda: defaultdict(deque))
    stopped: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def go_wrong(self, path: str, *troubles: Trouble) -> None:
        """Answer a path, such as `/locations/1-900000001`, with these first."""
        self.trouble[path].extend(troubles)

    def count(self, path: str) -> int:
        """How often a path was asked for, whatever the query."""
        return sum(urlsplit(one).path == path for one in self.asked)

    def note(self, address: str) -> Trouble | None:
        """Write down what was asked; the trouble that is due for it."""
        with self._lock:
            self.asked.append(address)
            waiting = self.trouble[urlsplit(address).path]
            return waiting.popleft() if waiting else None

    def answer(self, address: str) -> tuple[int, Reply]:
        """The right answer."""
        parts = urlsplit(address)
        query, words = parse_qs(parts.query), parts.path.strip("/").split("/")
        if words == ["locations"]:
            return 200, self._listing(query)
        if words[0] == "changes":
            return 200, self._changes(words[1], query)
        held = self.locations if words[0] == "locations" else self.providers
        if words[1] != words[1].upper():
            return 400, {"message": "Invalid id"}
        found = held.get(words[1])
        return (200, found) if found else (404, {"message": f"No {words[0]} found with id {words[1]}"})

    def _listing(self, query: dict[str, list[str]]) -> Reply:
        wanted = query.get("localAuthority")
        rows = [
            {
                "locationId": cqc_id,
                "locationName": reply.get("name", ""),
                "postalCode": reply.get("postalCode", ""),
            }
            for cqc_id, reply in self.locations.items()
            if wanted is None or reply.get("localAuthority") in wanted
        ]
        return self._page(rows, "locations", query)

    def _changes(self, kind: str, query: dict[str, list[str]]) -> Reply:
        assert query["startTimestamp"] < query["endTimestamp"]
        return self._page(self.changed.get(kind, []), "changes", query)

    def _page(self, rows: list[Any], name: str, query: dict[str, list[str]]) -> Reply:
        number = int(query["page"][0])
        size = min(self.per_page, int(query["perPage"][0]))
        pages = -(-len(rows) // size)
        return {
            name: rows[(number - 1) * size : number * size],
            "page": number,
            "perPage": size,
            "total": len(rows),
            "totalPages": pages,
            "nextPageUri": None,
        }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body go out together: apart, the second would wait for the first to be acknowledged.
    wbufsize = -1
    api: CqcApi

    def do_GET(self) -> None:
        if "User-Agent" not in self.headers:
            return self._send(Trouble(403, {"Content-Type": "text/html"}, _GATEWAY))
        address = self.path.removeprefix("/public/v1")
        trouble = self.api.note(address)
        if trouble and trouble.hang:
            self.api.stopped.wait(60)
            self.close_connection = True
            return None
        if trouble and not trouble.cut:
            return self._send(trouble)
        if self.headers.get("Ocp-Apim-Subscription-Key") != KEY:
            return self._send(Trouble(401))
        status, reply = self.api.answer(address)
        body = json.dumps(reply).encode()
        return self._send(Trouble(status, body=body, cut=trouble is not None))

    def _send(self, answer: Trouble) -> None:
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) // 2] if answer.cut else answer.body)
        self.close_connection = answer.cut

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- The parent's own name.
        """Say nothing: the tests read what was asked from `CqcApi.asked`."""


@contextmanager
def serving(api: CqcApi) -> Iterator[CqcApi]:
    """Serve on a free port of this machine's own address; `api.url` says where. Ended afterwards."""
    handler = type("Handler", (_Handler,), {"api": api})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_port}/public/v1"
    try:
        yield api
    finally:
        api.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()
