"""The bytes of a server-sent stream as events, given up when it says nothing for too long."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from l2mac_write.ports import Interrupted

CONTENT = frozenset(
    {
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    }
)

ESCAPED_SURROGATE = b"\\ud"


def events(
    chunks: Iterable[bytes], *, patience: float, clock: Callable[[], float]
) -> Iterator[dict[str, Any]]:
    """Every event but pings, its `type` always there.

    Pings, comments, unknown events and half lines keep a connection alive, but only content
    keeps us waiting: without any for `patience` seconds the stream counts as cut.
    """
    watch = _Watch(patience, clock, clock())
    for lines in _blocks(watch.over(chunks)):
        event = _event(lines)
        if event["type"] != "ping":
            yield event
        if event["type"] in CONTENT:
            watch.last = clock()


@dataclass(slots=True)
class _Watch:
    patience: float
    clock: Callable[[], float]
    last: float

    def over(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            yield chunk
            if self.clock() - self.last > self.patience:
                raise Interrupted("the stream stayed open and said nothing")


def _blocks(chunks: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines of each event that has data.

    Bytes are split, not text: `str.splitlines` also breaks at U+2028, which prose may contain.
    """
    rest, lines = b"", []
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            if line.strip():
                lines.append(line.rstrip(b"\r"))
            elif lines:
                yield lines
                lines = []


def _event(lines: Iterable[bytes]) -> dict[str, Any]:
    fields = [line.partition(b":") for line in lines]
    name = b"".join(value.strip() for key, _, value in fields if key == b"event")
    data = b"\n".join(value.strip() for key, _, value in fields if key == b"data")
    if not data:
        return {"type": "ping"}
    try:
        event = json.loads(data)
        if ESCAPED_SURROGATE in data:
            # half a surrogate pair is no text: nothing could store it
            json.dumps(event, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Interrupted("the stream held garbage") from None
    named = {"type": name.decode("ascii", "replace"), **event} if isinstance(event, dict) else {}
    if not isinstance(named.get("type"), str):
        raise Interrupted("the stream held garbage")
    return named
