"""JSON over HTTP, with a deadline for the whole exchange and errors told apart."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from kgkit.errors import MissingExtra
from kgkit.models.lm.failures import CallError, TransientError

if TYPE_CHECKING:
    import httpx2

__all__ = ["Reply", "open_client", "post_json"]

#: Bytes of the longest body that is read: an endpoint that sends more is broken.
_LONGEST = 32_000_000

#: Statuses after which the same request may succeed.
_TRANSIENT = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})

#: Statuses that mean the request itself was not accepted.
_REFUSED = frozenset({400, 413, 415, 422})

#: What the answer 429 says where no patience helps.
_NO_CREDIT = ("insufficient_quota", "billing")

#: Status and body of an answer that came whole.
Reply = tuple[int, dict[str, object]]


def open_client(base_url: str, key: str, timeout: float) -> httpx2.Client:
    """Return a client for an address; raises `MissingExtra` without httpx2."""
    try:
        import httpx2
    except ImportError as error:
        raise MissingExtra(
            "models behind an address need httpx2: pip install 'kgkit[llm]'"
        ) from error
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx2.Client(base_url=base_url, headers=headers, timeout=timeout)


def post_json(client: httpx2.Client, path: str, body: dict[str, object], timeout: float) -> Reply:
    """Send a body and return the answer: 200, or a status that refuses this very request.

    Raises `TransientError` where the same may succeed later (overload, no connection, no whole
    answer within `timeout` seconds, half of one) and `CallError` where it never will (no such
    model, wrong key, no credit).
    """
    status, wait, raw = _exchange(client, path, body, timeout)
    found = _decoded(raw)
    if status in _TRANSIENT:
        if status == 429 and any(word in raw.decode("utf-8", "replace") for word in _NO_CREDIT):
            raise CallError(f"{client.base_url} says: {_said(found, raw)} (status 429)")
        raise TransientError(f"status {status}: {_said(found, raw)}", wait)
    if status in _REFUSED:
        return status, {"message": _said(found, raw)}
    if status != 200:
        raise CallError(
            f"{client.base_url} answered with status {status}: {_said(found, raw)}; check the "
            "address, the key and the model's name"
        )
    if found is None:
        raise TransientError(f"the answer is no JSON object: {_said(found, raw)!r}")
    return status, found


def _exchange(
    client: httpx2.Client, path: str, body: dict[str, object], timeout: float
) -> tuple[int, float, bytes]:
    """Return status, seconds to wait and body; the errors of httpx2 come as our own."""
    import httpx2

    try:
        return _received(client, path, body, timeout)
    except httpx2.TimeoutException as error:
        raise TransientError(f"no answer in {timeout:g} s") from error
    except httpx2.InvalidURL as error:
        raise CallError(f"{client.base_url} is no address to send to: {error}") from error
    except httpx2.HTTPError as error:
        raise TransientError(f"the connection failed ({type(error).__name__}: {error})") from error


def _received(
    client: httpx2.Client, path: str, body: dict[str, object], timeout: float
) -> tuple[int, float, bytes]:
    deadline = time.monotonic() + timeout
    parts: list[bytes] = []
    size = 0
    with client.stream("POST", path, json=body) as response:
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            # A client's own time-out starts anew with every byte.
            if time.monotonic() > deadline or size > _LONGEST:
                raise TransientError(f"no whole answer in {timeout:g} s and {size:,} bytes")
        wait = _seconds(response.headers.get("retry-after", ""))
        return response.status_code, wait, b"".join(parts)


def _decoded(raw: bytes) -> dict[str, object] | None:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _said(found: dict[str, object] | None, raw: bytes) -> str:
    """Return an error's message, in the shapes that servers give it, cut to 300 characters."""
    error: object = found.get("error", found.get("detail", found)) if found else None
    if isinstance(error, dict):
        error = error.get("message", error)
    text = str(error) if error is not None else raw.decode("utf-8", "replace")
    return " ".join(text.split())[:300]


def _seconds(header: str) -> float:
    """Return the seconds of a Retry-After header (RFC 9110, 10.2.3): a number, or a date."""
    header = header.strip()
    if header.replace(".", "", 1).isdecimal():
        return float(header)
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
