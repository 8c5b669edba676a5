"""The server: it speaks HTTP/1.1, remembers every request and keeps a prompt cache."""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any, Self, TypeAlias

from tests.fake_api.answers import Answer, Block, answer, message, stream
from tests.fake_api.bills import Bill
from tests.fake_api.faults import (
    AGES,
    Cut,
    ErrorEvent,
    Fault,
    Faults,
    Framing,
    Garbage,
    Hang,
    Spoiler,
    Status,
    in_turn,
)
from tests.fake_api.prompt_cache import PromptCache, tokens

MODELS = ("claude-opus-5-5", "claude-sonnet-5-5")

Respond: TypeAlias = Callable[[dict[str, Any]], str | Sequence[Block] | Answer]


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came; the names of headers are in lower case."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    at: float


class FakeApi:
    """`with FakeApi(respond) as api:` and point a client at `api.url`.

    `respond` takes the request's JSON and says what the model says; `faults` takes the same and
    says what goes wrong with it. `bills` is what its owner charges for: each prompt that was
    answered at all, and of the answer as much as was sent before somebody hung up.
    """

    def __init__(
        self,
        respond: Respond | str | Answer = "It was a dark and stormy night.",
        faults: Faults | None = None,
    ) -> None:
        self.requests: list[Received] = []
        self.bills: list[Bill] = []
        self.respond: Respond = respond if callable(respond) else lambda _: respond
        self.faults = faults or in_turn()
        self.stopping = threading.Event()
        self.cache = PromptCache()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.api = self

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What was asked of the model, in order."""
        return [r.body for r in self.requests if r.path == "/v1/messages"]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64
    api: FakeApi

    def shutdown_request(self, request: Any) -> None:
        # no polite FIN first, so that a reset really is one
        self.close_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._receive()
        models = [
            {"id": m, "type": "model", "display_name": m, "created_at": "2026-01-01T00:00:00Z"}
            for m in MODELS
        ]
        if self.path.split("?")[0] == "/v1/models":
            self._send_json({"data": models, "has_more": False, "first_id": None, "last_id": None})
        else:
            self._send_error(Status(404, "not_found_error"))

    def do_POST(self) -> None:
        body = self._receive()
        match self.path.split("?")[0]:
            case "/v1/messages":
                self._send_message(body, self.server.api.faults(body))
            case "/v1/messages/count_tokens":
                self._send_json({"input_tokens": tokens(body)})
            case _:
                self._send_error(Status(404, "not_found_error"))

    def _receive(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(
            self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}"
        )
        headers = {name.lower(): value for name, value in self.headers.items()}
        path = self.path.split("?")[0]
        self.server.api.requests.append(Received(path, headers, body, time.monotonic()))
        return body

    def _send_message(self, body: dict[str, Any], fault: Fault | None) -> None:
        if isinstance(fault, Status):
            self._send_error(fault)
        elif fault != Hang():
            self._send_answer(body, fault)
        elif not self.server.api.stopping.wait(AGES):
            self._send_answer(body, None)

    def _send_answer(self, body: dict[str, Any], fault: Spoiler | None) -> None:
        api = self.server.api
        given, usage = answer(api.respond(body)), api.cache.usage(body)
        if not body.get("stream"):
            api.bills.append(Bill(usage, given.output_tokens, sent=1))
            self._send_json(message(given, body["model"], usage))
            return
        events = stream(given, body["model"], usage)
        pieces = fault.spoil(events, api.stopping.wait) if fault else events
        bill = Bill(usage, given.output_tokens, sum(map(len, events)))
        api.bills.append(bill)
        framing = fault.framing if isinstance(fault, Cut) else Framing.CHUNKED
        self.close_connection = True
        with contextlib.suppress(ConnectionError):
            self._send_stream(pieces, framing, bill)
            if not isinstance(fault, Cut | ErrorEvent | Garbage) and not api.stopping.is_set():
                self.wfile.write(b"0\r\n\r\n")
                self.close_connection = False

    def _send_stream(self, pieces: Iterable[bytes], framing: Framing, bill: Bill) -> None:
        self._send_head(200, {"content-type": "text/event-stream", **_framing_header(framing)})
        for piece in filter(None, pieces):
            chunked = framing is not Framing.CLOSE
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
            bill.sent += len(piece)
        if framing is Framing.RESET:
            # closing with nothing lingering sends RST instead of FIN
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _send_json(self, document: Mapping[str, Any]) -> None:
        self._send_whole(200, json.dumps(document).encode(), {})

    def _send_error(self, status: Status) -> None:
        self._send_whole(status.code, status.body, status.headers)

    def _send_whole(self, code: int, data: bytes, headers: Mapping[str, str]) -> None:
        length = str(len(data))
        self._send_head(
            code, {"content-type": "application/json", "content-length": length, **headers}
        )
        self.wfile.write(data)

    def _send_head(self, code: int, headers: Mapping[str, str]) -> None:
        self.send_response_only(code)
        for name, value in {"date": self.date_time_string(), **headers}.items():
            self.send_header(name, value)
        self.end_headers()


def _framing_header(framing: Framing) -> dict[str, str]:
    return {"connection": "close"} if framing is Framing.CLOSE else {"transfer-encoding": "chunked"}
