"""A reply as JSON, and back: what makes paying twice for one answer needless."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from l2mac_write.messages import Reply, Stop, ToolCall, Usage


def dump(reply: Reply) -> str:
    # ASCII keeps lone surrogates, which SQLite would refuse.
    return json.dumps(asdict(reply), ensure_ascii=True)


def load(text: str) -> Reply:
    document: dict[str, Any] = json.loads(text)
    return Reply(
        text=document["text"],
        calls=tuple(ToolCall(**call) for call in document["calls"]),
        stop=Stop(document["stop"]),
        usage=Usage(**document["usage"]),
        blocks=tuple(document["blocks"]),
    )
