"""A Messages API on a real loopback socket, which answers well or fails on demand."""

from tests.fake_api.answers import (
    Answer,
    calling,
    cut_short,
    empty,
    refusing,
    saying,
    thinking_only,
)
from tests.fake_api.faults import (
    Cut,
    ErrorEvent,
    Fault,
    Framing,
    Garbage,
    Hang,
    Paced,
    Pings,
    Slow,
    Status,
    Strangers,
    Trickle,
    beyond,
    in_turn,
)
from tests.fake_api.server import FakeApi, Received

__all__ = [
    "Answer",
    "Cut",
    "ErrorEvent",
    "FakeApi",
    "Fault",
    "Framing",
    "Garbage",
    "Hang",
    "Paced",
    "Pings",
    "Received",
    "Slow",
    "Status",
    "Strangers",
    "Trickle",
    "beyond",
    "calling",
    "cut_short",
    "empty",
    "in_turn",
    "refusing",
    "saying",
    "thinking_only",
]
