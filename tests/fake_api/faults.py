"""What can go wrong between a server and us, as values to choose from."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from tests.fake_api.answers import sse

Wait: TypeAlias = Callable[[float], bool]
"""Waits so many seconds; true when the server is being stopped."""

AGES = 120.0
"""Seconds after which who was silent goes on as if nothing had been: who waited so long is caught."""
PING = sse({"type": "ping"})


class Framing(StrEnum):
    """How the end of a body is marked, and what its breaking off looks like."""

    CHUNKED = "chunked"
    CLOSE = "close"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Status:
    """An error response. `headers` may hold `retry-after` and the like."""

    code: int
    kind: str = "api_error"
    error_code: str = ""
    message: str = "No."
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        error: dict[str, Any] = {"type": self.kind, "message": self.message}
        if self.error_code:
            error["details"] = {"error_code": self.error_code}
        return json.dumps({"type": "error", "error": error}).encode()


@dataclass(frozen=True, slots=True)
class Cut:
    """The stream breaks off after this fraction of its bytes."""

    fraction: float
    framing: Framing = Framing.CHUNKED

    def spoil(self, events: Sequence[bytes], wait: Wait) -> Iterator[bytes]:
        whole = b"".join(events)
        yield whole[: int(len(whole) * self.fraction)]


@dataclass(frozen=True, slots=True)
class ErrorEvent:
    """An error inside a stream whose status was 200."""

    kind: str = "overloaded_error"
    fraction: float = 0.5
    message: str = "Overloaded"

    def spoil(self, events: Sequence[bytes], wait: Wait) -> Iterator[bytes]:
        yield from _part(events, self.fraction)
        yield sse({"type": "error", "error": {"type": self.kind, "message": self.message}})


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that are no JSON, in the place of an event."""

    fraction: float = 0.5

    def spoil(self, events: Sequence[bytes], wait: Wait) -> Iterator[bytes]:
        yield from _part(events, self.fraction)
        yield b'event: content_block_delta\ndata: {"type": "content_bl\n\n'


@dataclass(frozen=True, slots=True)
class Pings:
    """Nothing but pings for ages after this fraction of the events."""

    fraction: float = 0.0
    every: float = 0.02

    def spoil(self, events: Sequence[bytes], wait: Wait) -> Iterator[bytes]:
        begun = _part(events, self.fraction)
        yield from begun
        for _ in range(int(AGES / self.every)):
            if wait(self.every):
                return
            yield PING
        yield from events[len(begun) :]


@dataclass(frozen=True, slots=True)
class Trickle:
    """A line that does not end for ages, byte by byte."""

    every: float = 0.02

    def spoil(self, events: Sequence[bytes], wait: Wait) -> Iterator[bytes]:
        for _ in range(int(AGES / self.every)):
            if wait(self.every):
                return
            yield b"x"
        yield b"\n\n"
        yield from events


@dataclass(frozen=True, slots=True)
class Hang:
    """Silence for ages: after this fraction of the events, or before the headers when None."""

    fraction: float | None = None

    def spoil(self, events: Sequence[bytes], wait: Wait) -> Iterator[bytes]:
        begun = _part(events, self.fraction or 0.0)
        yield from begun
        if not wait(AGES):
            yield from events[len(begun) :]


@dataclass(frozen=True, slots=True)
class Slow:
    """A pause before each event, and nothing wrong."""

    every: float = 0.01

    def spoil(self, events: Sequence[bytes], wait: Wait) -> Iterator[bytes]:
        for event in events:
            wait(self.every)
            yield event


@dataclass(frozen=True, slots=True)
class Paced:
    """So many seconds to the first token, then so many tokens a second, and nothing wrong."""

    first: float = 1.0
    speed: float = 80.0

    def spoil(self, events: Sequence[bytes], wait: Wait) -> Iterator[bytes]:
        due = time.monotonic() + self.first
        deltas = sum(b'"content_block_delta"' in event for event in events)
        apart = _tokens(events) / self.speed / max(1, deltas)
        for event in events:
            if b'"content_block_delta"' in event:
                due += apart
                wait(max(0.0, due - time.monotonic()))
            yield event


@dataclass(frozen=True, slots=True)
class Strangers:
    """Events and deltas that no documentation knows, between those that it does."""

    def spoil(self, events: Sequence[bytes], wait: Wait) -> Iterator[bytes]:
        delta = {"type": "aroma_delta", "aroma": "rose"}
        for event in events:
            yield sse({"type": "weather_report", "sky": "blue"})
            yield event
            if b'"content_block_start"' in event:
                yield sse({"type": "content_block_delta", "index": 0, "delta": delta})


Spoiler: TypeAlias = Cut | ErrorEvent | Garbage | Pings | Trickle | Hang | Slow | Paced | Strangers
Fault: TypeAlias = Status | Spoiler
Faults: TypeAlias = Callable[[Mapping[str, Any]], Fault | None]


def in_turn(*faults: Fault | None) -> Faults:
    """Each fault for one request, in this order; then none."""
    waiting = iter(faults)
    return lambda body: next(waiting, None)


def beyond(window: int) -> Faults:
    """A server whose model holds no more tokens than that, at four characters each."""

    def refusal(body: Mapping[str, Any]) -> Fault | None:
        size = len(json.dumps([body.get("system"), body["messages"]])) // 4
        why = f"prompt is too long: {size} tokens > {window} maximum"
        return Status(400, "invalid_request_error", message=why) if size > window else None

    return refusal


def _tokens(events: Sequence[bytes]) -> int:
    """The tokens of an answer, as its last event but one tells them."""
    tokens: int = json.loads(events[-2].partition(b"data: ")[2])["usage"]["output_tokens"]
    return tokens


def _part(events: Sequence[bytes], fraction: float) -> Sequence[bytes]:
    return events[: int(len(events) * fraction)]
