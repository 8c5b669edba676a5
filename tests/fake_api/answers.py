"""What the model of the fake API says, whole or as a stream of events."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

PIECE = 40

Block: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """Content blocks and the reason to stop; empty means `tool_use` or `end_turn`, as fits.

    The `input` of a `tool_use` block may be a string: raw JSON, good or bad. `thought` are tokens
    that are charged for beyond those of the blocks.
    """

    blocks: tuple[Block, ...] = ()
    stop: str = ""
    thought: int = 0

    @property
    def stop_reason(self) -> str:
        called = any(block["type"] == "tool_use" for block in self.blocks)
        return self.stop or ("tool_use" if called else "end_turn")

    @property
    def output_tokens(self) -> int:
        return self.thought + 1 + len(json.dumps(self.blocks)) // 4


def answer(given: str | Sequence[Block] | Answer) -> Answer:
    if isinstance(given, Answer):
        return given
    return saying(given) if isinstance(given, str) else Answer(tuple(given))


def saying(text: str) -> Answer:
    return Answer(({"type": "text", "text": text},))


def calling(tool: str, arguments: Mapping[str, Any] | str, *, stop: str = "") -> Answer:
    return Answer(
        ({"type": "tool_use", "id": "toolu_1", "name": tool, "input": arguments},), stop=stop
    )


def refusing(text: str = "") -> Answer:
    return Answer(saying(text).blocks if text else (), stop="refusal")


def cut_short(text: str) -> Answer:
    return Answer(saying(text).blocks, stop="max_tokens")


def empty() -> Answer:
    return Answer()


def thinking_only(stop: str = "end_turn") -> Answer:
    return Answer(({"type": "thinking", "thinking": "Hm.", "signature": "s1"},), stop=stop)


def message(given: Answer, model: str, usage: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": "msg_fake",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": list(given.blocks),
        "stop_reason": given.stop_reason,
        "stop_sequence": None,
        "usage": {**usage, "output_tokens": given.output_tokens},
    }


def stream(given: Answer, model: str, usage: Mapping[str, int]) -> list[bytes]:
    """The server-sent events, one by one."""
    return [sse(event) for event in _events(given, model, usage)]


def sse(event: Mapping[str, Any]) -> bytes:
    data = json.dumps(event, ensure_ascii=False)
    return f"event: {event['type']}\ndata: {data}\n\n".encode()


def _events(given: Answer, model: str, usage: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    opening = message(given, model, usage)
    opening |= {"content": [], "stop_reason": None, "usage": {**usage, "output_tokens": 1}}
    yield {"type": "message_start", "message": opening}
    yield {"type": "ping"}
    for index, block in enumerate(given.blocks):
        opened, deltas = _unfolded(block)
        yield {"type": "content_block_start", "index": index, "content_block": opened}
        for delta in deltas:
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    yield {
        "type": "message_delta",
        "delta": {"stop_reason": given.stop_reason, "stop_sequence": None},
        "usage": {"output_tokens": given.output_tokens},
    }
    yield {"type": "message_stop"}


def _unfolded(block: Block) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A block as it opens, and the deltas that fill it."""
    match block["type"]:
        case "text":
            return {**block, "text": ""}, _deltas("text_delta", "text", block["text"])
        case "thinking":
            thoughts = _deltas("thinking_delta", "thinking", block["thinking"])
            seal = {"type": "signature_delta", "signature": block["signature"]}
            return {**block, "thinking": "", "signature": ""}, [*thoughts, seal]
        case "tool_use":
            given = block["input"]
            written = given if isinstance(given, str) else json.dumps(given)
            deltas = _deltas("input_json_delta", "partial_json", written)
            return {**block, "input": {}}, deltas
        case _:
            return dict(block), []


def _deltas(kind: str, key: str, text: str) -> list[dict[str, Any]]:
    pieces = (text[start : start + PIECE] for start in range(0, len(text), PIECE))
    return [{"type": kind, key: piece} for piece in pieces]
