"""A small server on this machine that speaks the protocol of OpenAI's chat completions."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Body = dict[str, object]


@dataclass(frozen=True)
class Answer:
    """What the server does with one request: a status and body, sent whole, slowly or in half."""

    status: int = 200
    body: object = None
    headers: tuple[tuple[str, str], ...] = ()
    part: float = 1.0  # the share of the body that is sent
    drip: float = 0.0  # seconds between bytes


def said(text: str | None, *, read: int = 7, written: int = 3, finish: str = "stop") -> Answer:
    """Return an answer with one message."""
    message = {"role": "assistant", "content": text}
    usage = {"prompt_tokens": read, "completion_tokens": written}
    return Answer(body={"choices": [{"message": message, "finish_reason": finish}], "usage": usage})


def failed(status: int, message: str, *headers: tuple[str, str], code: str = "") -> Answer:
    """Return an answer that is an error."""
    return Answer(status, {"error": {"message": message, "code": code}}, headers)


@dataclass
class Endpoint:
    """The running server: its address, what it was sent, and the most it served at once."""

    url: str
    bodies: list[Body] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    at_once: int = 0


@contextmanager
def endpoint(answer: Callable[[int, Body], Answer]) -> Iterator[Endpoint]:
    """Serve `answer(number of the request, body)` while the block runs."""
    lock = threading.Lock()
    now = 0

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            nonlocal now
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            body = json.loads(raw)
            with lock:
                number = len(state.bodies)
                state.bodies.append(body)
                state.keys.append(self.headers.get("Authorization", ""))
                now += 1
                state.at_once = max(state.at_once, now)
            try:
                self.send(answer(number, body))
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client has given up
            finally:
                with lock:
                    now -= 1

        def send(self, given: Answer) -> None:
            data = given.body if isinstance(given.body, bytes) else json.dumps(given.body).encode()
            self.send_response(given.status)
            for name, value in given.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            data = data[: int(len(data) * given.part)]
            if not given.drip:
                self.wfile.write(data)
            for byte in data if given.drip else b"":
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(given.drip)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
