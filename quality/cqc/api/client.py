"""Asking CQC's API: one request after the other, never too fast, tried again where that can help.

CQC publishes no limit of requests; its header `Ocp-Apim-Subscription-Key`, the need for a User-Agent and the meaning of
its answers are described in its developer portal (https://api-portal.service.cqc.org.uk).
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, Timeout
from urllib3.exceptions import HTTPError

USER_AGENT = "provider-quality/0.1 (council quality assurance)"
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_PIECE = 65_536


class ApiError(Exception):
    """CQC's API gave nothing usable. `sentence` says what happened and what to do, to the person who asked."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class _Passing(Exception):
    """An attempt that may go better the next time; `wait` is how long CQC asked us to wait, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.wait = reason, wait


@dataclass(frozen=True)
class Manners:
    """How a client behaves. Times are in seconds, sizes in bytes."""

    requests_per_second: float = 4.0
    tries: int = 6
    first_pause: float = 1.0  # Doubled after each try, and made shorter by chance by up to a half.
    longest_pause: float = 60.0
    longest_wait_asked_for: float = 120.0
    request_timeout: float = 30.0  # For one request, from the first byte sent to the last one received.
    most_bytes: int = 20_000_000  # The longest real reply has 60 kB, a page of 1,000 ids about 100 kB.


@dataclass(frozen=True)
class Answer:
    """What CQC answered: the HTTP status, 200 or 404, and the JSON it sent; an empty object with 404."""

    status: int
    body: Any


class Client:
    """A client of CQC's API with a key. It opens no connection before it is asked for something."""

    def __init__(
        self,
        *,
        key: str,
        url: str,
        manners: Manners | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url = url
        self._manners = manners or Manners()
        self._sleep = sleep
        self._headers = {
            "Ocp-Apim-Subscription-Key": key,
            "User-Agent": USER_AGENT,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
        }
        self._pool = _pool(url)
        self._next_start = 0.0

    def get(self, path: str) -> Answer:
        """Ask for a path such as `/changes/location`, whose answer is an object, as often as that is sensible.

        ApiError when CQC refuses, is out of order, cannot be reached, or answers with something else than an object.
        """
        answer = self._get(path)
        if not isinstance(answer.body, dict):
            raise ApiError(f"CQC's API answered {path} with something else than an object. Please tell us.")
        return answer

    def get_record(self, kind: str, cqc_id: str) -> Answer:
        """Ask for a location or a provider, whatever the JSON of the answer. `kind` is `location` or `provider`.

        CQC answers 400 for an id with small letters; it is then asked for in capitals. ApiError as with `get`.
        """
        path = f"/{kind}s/{cqc_id}"
        try:
            return self._get(path)
        except _BadRequest:
            if cqc_id == cqc_id.upper():
                raise
            return self._get(f"/{kind}s/{cqc_id.upper()}")

    def _get(self, path: str) -> Answer:
        for attempt in range(1, self._manners.tries + 1):
            try:
                return self._once(path)
            except _Passing as passing:
                if attempt == self._manners.tries:
                    raise ApiError(
                        f"CQC's API gave no usable answer in {attempt} tries: {passing.reason}. "
                        "What was fetched is kept; go on with the sync later."
                    ) from passing
                self._sleep(self._pause(attempt, passing.wait))
        raise AssertionError("A client tries at least once.")

    def _once(self, path: str) -> Answer:
        self._wait_for_turn()
        deadline = time.monotonic() + self._manners.request_timeout
        try:
            response = self._pool.request(
                "GET",
                self._url + path,
                headers=self._headers,
                preload_content=False,
                redirect=False,
                retries=False,
                timeout=Timeout(total=self._manners.request_timeout),
            )
            try:
                body = self._body(response, deadline)
            finally:
                # An unread rest would be taken for the next answer, so such a connection is not used again.
                response.close()
        except HTTPError as error:
            raise _Passing(_why(error)) from error
        return _understood(response, body, path)

    def _body(self, response: BaseHTTPResponse, deadline: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        # read1 gives what has come so far: a full piece of an answer that trickles might take hours to come.
        while piece := response.read1(_PIECE, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > self._manners.most_bytes:
                raise ApiError(
                    f"CQC's API answered with more than {self._manners.most_bytes // 1_000_000} MB, which is no answer "
                    "we know. Nothing of it was kept; please tell us."
                )
            if time.monotonic() > deadline:
                raise _Passing("the answer came too slowly")
        return b"".join(pieces)

    def _wait_for_turn(self) -> None:
        pause = self._next_start - time.monotonic()
        if pause > 0:
            self._sleep(pause)
        self._next_start = time.monotonic() + 1 / self._manners.requests_per_second

    def _pause(self, attempt: int, asked: float | None) -> float:
        if asked is not None:
            if asked > self._manners.longest_wait_asked_for:
                raise ApiError(
                    f"CQC's API asks us to wait {asked / 60:,.0f} minutes. What was fetched is kept; "
                    "go on with the sync after that."
                )
            return asked
        longest = min(self._manners.longest_pause, self._manners.first_pause * 2 ** (attempt - 1))
        # By chance, so that many installations do not come back at the same moment.
        return random.uniform(longest / 2, longest)  # noqa: S311 -- Nothing is kept secret by it.


class _BadRequest(ApiError):
    """CQC answered 400."""


def _pool(url: str) -> PoolManager:
    """Through the council's proxy where the environment names one, as curl and Git do."""
    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme)
    if proxy and not proxy_bypass(parts.hostname or ""):
        return ProxyManager(proxy)
    return PoolManager()


def _understood(response: BaseHTTPResponse, body: bytes, path: str) -> Answer:
    """The answer that status and body make. ApiError or _Passing for anything but 200 and 404."""
    status = response.status
    if status == 404:
        return Answer(404, {})
    if status in TRY_AGAIN:
        raise _Passing(f"it answered with the status {status}", _seconds(response.headers.get("Retry-After")))
    if status != 200:
        raise _refusal(status, response.headers.get("Content-Type", ""), path)
    try:
        return Answer(200, json.loads(body))
    except (ValueError, RecursionError) as error:
        raise _Passing("the answer was cut off, or is not JSON") from error


def _refusal(status: int, content_type: str, path: str) -> ApiError:
    if status == 401:
        return ApiError(
            "CQC's API does not accept the key. Check the setting CQC_API_KEY against your subscription "
            "on https://api-portal.service.cqc.org.uk, then go on with the sync."
        )
    if status == 403 and "html" in content_type.lower():
        return ApiError(
            "CQC's gateway turns every request away at the moment, which it does when CQC's API is out of order. "
            "What was fetched is kept; go on with the sync later."
        )
    if status == 403:
        return ApiError(
            "CQC's API says that this key may not read it. Check your subscription on "
            "https://api-portal.service.cqc.org.uk, then go on with the sync."
        )
    if status == 400:
        return _BadRequest(f"CQC's API does not understand the request for {path}. Please tell us.")
    return ApiError(
        f"CQC's API answered {path} with the status {status}, which we do not know. Please tell us."
    )


def _seconds(retry_after: str | None) -> float | None:
    """How long Retry-After asks to wait: it holds seconds or a date (RFC 9110, section 10.2.3)."""
    if retry_after is None:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _why(error: HTTPError) -> str:
    name = type(error).__name__
    if "Timeout" in name:
        return "it did not answer in time"
    if "SSL" in name:
        return "its certificate could not be checked"
    if "Proxy" in name:
        return "the proxy could not be reached"
    if "Connection" in name or "NameResolution" in name:
        return "it could not be reached from this machine"
    return "the connection broke off"
