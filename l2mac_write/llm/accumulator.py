"""The events of one streamed reply, gathered into a `Reply` that is whole or not there at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from l2mac_write.errors import WindowOverflow
from l2mac_write.messages import Reply, Stop, ToolCall, Usage
from l2mac_write.ports import Interrupted
from l2mac_write.text.characters import encodable_all

UNREADABLE = "unreadable_json"
"""The one argument of a call whose JSON was broken: no tool has it, so every tool refuses it."""

FIELDS = {
    "text_delta": "text",
    "thinking_delta": "thinking",
    "signature_delta": "signature",
    "input_json_delta": "partial_json",
}
STOPS = {
    "end_turn": Stop.END,
    "stop_sequence": Stop.END,
    "tool_use": Stop.TOOLS,
    "max_tokens": Stop.LENGTH,
    "pause_turn": Stop.LENGTH,
    "refusal": Stop.REFUSED,
}
OVERFLOW = "model_context_window_exceeded"
BYTES_PER_TOKEN = 3


@dataclass(slots=True)
class _Block:
    """A content block while it arrives; `pieces` are the parts of each of its texts."""

    opening: dict[str, Any]
    pieces: dict[str, list[str]] = field(default_factory=dict)
    closed: bool = False

    @property
    def texts(self) -> dict[str, str]:
        return {key: "".join(pieces) for key, pieces in self.pieces.items()}

    @property
    def finished(self) -> dict[str, Any]:
        """The block as the server would have sent it unstreamed."""
        if _calls(self.opening):
            return {**self.opening, "input": self._input}
        grown = {key: f"{self.opening.get(key) or ''}{text}" for key, text in self.texts.items()}
        return {**self.opening, **grown}

    @property
    def _input(self) -> dict[str, Any]:
        if written := self.texts.get("partial_json"):
            return _arguments(written)
        given = self.opening.get("input")
        return given if isinstance(given, dict) else {}


class Accumulator:
    """Takes the events of one attempt as they come; `hear` gets its text at once.

    Unknown events and unknown deltas change nothing. What cannot be events of this protocol
    raises `Interrupted`, as does asking for the reply of a stream that was cut.
    """

    def __init__(self, hear: Callable[[str], None]) -> None:
        self._hear = hear
        self._blocks: dict[int, _Block] = {}
        self._counts: dict[str, int] = {}
        self._stop: str | None = None
        self._ended = False
        self._takers: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
            "message_start": self._start,
            "content_block_start": self._open,
            "content_block_delta": self._grow,
            "content_block_stop": self._close,
            "message_delta": self._conclude,
            "message_stop": self._end,
        }

    def add(self, event: Mapping[str, Any]) -> None:
        take = self._takers.get(event["type"], _nothing)
        try:
            text = take(event)
        except (KeyError, TypeError, AttributeError):
            raise Interrupted("the stream held garbage") from None
        if text:
            self._hear(text)

    @property
    def usage(self) -> Usage:
        """What the server counted; of a stream that was cut, at least what it must have cost."""
        written = 0 if self._whole else self._written // BYTES_PER_TOKEN
        return Usage(
            input_tokens=self._counts.get("input_tokens", 0),
            output_tokens=max(written, self._counts.get("output_tokens", 0)),
            cache_read_tokens=self._counts.get("cache_read_input_tokens", 0),
            cache_write_tokens=self._counts.get("cache_creation_input_tokens", 0),
        )

    @property
    def reply(self) -> Reply:
        """Raises `Interrupted` unless the server said that, and why, it stopped."""
        if not self._whole:
            raise Interrupted("the reply was cut on the way")
        if self._stop == OVERFLOW:
            raise WindowOverflow(
                "The model's context window was full before the reply was whole."
                " Let the request carry less, or choose a model with a larger window."
            )
        # a reason we do not know is no proof that the text is finished
        stop = STOPS.get(str(self._stop), Stop.LENGTH)
        blocks = self._delivered(stop)
        calls = tuple(ToolCall(b["id"], b["name"], b["input"]) for b in blocks if _calls(b))
        if stop is Stop.TOOLS and not calls:
            raise Interrupted("the reply announced tool calls and held none")
        text = "".join(b.get("text", "") for b in blocks if b["type"] == "text")
        return Reply(text, calls, stop, self.usage, blocks)

    @property
    def _whole(self) -> bool:
        return self._ended and self._stop is not None

    @property
    def _written(self) -> int:
        texts = (text for block in self._blocks.values() for text in block.texts.values())
        return sum(len(text.encode("utf-8", "replace")) for text in texts)

    def _delivered(self, stop: Stop) -> tuple[dict[str, Any], ...]:
        """The blocks in order, without the calls that must not be carried out."""
        ordered = (block for _, block in sorted(self._blocks.items()))
        return tuple(
            block.finished
            for block in ordered
            if not _calls(block.opening) or (stop is Stop.TOOLS and block.closed)
        )

    def _start(self, event: Mapping[str, Any]) -> str:
        self._count(event["message"].get("usage"))
        return ""

    def _open(self, event: Mapping[str, Any]) -> str:
        opening = dict(event["content_block"])
        if _calls(opening):
            _require(opening["id"], str)
            _require(opening["name"], str)
        self._blocks[_require(event["index"], int)] = _Block(opening)
        return opening.get("text") or "" if opening["type"] == "text" else ""

    def _grow(self, event: Mapping[str, Any]) -> str:
        delta = event["delta"]
        key = FIELDS.get(delta["type"])
        if key is None:
            return ""
        piece: str = _require(delta[key], str)
        self._blocks[event["index"]].pieces.setdefault(key, []).append(piece)
        return piece if key == "text" else ""

    def _close(self, event: Mapping[str, Any]) -> str:
        self._blocks[event["index"]].closed = True
        return ""

    def _conclude(self, event: Mapping[str, Any]) -> str:
        self._stop = event["delta"].get("stop_reason") or self._stop
        self._count(event.get("usage"))
        return ""

    def _end(self, event: Mapping[str, Any]) -> str:
        self._ended = True
        return ""

    def _count(self, usage: Mapping[str, Any] | None) -> None:
        # counts only grow within a reply; some servers give them at its start, some at its end
        for key, value in (usage or {}).items():
            if isinstance(value, int):
                self._counts[key] = max(value, self._counts.get(key, 0))


def _nothing(_: Mapping[str, Any]) -> str:
    """What an unknown event adds to the text."""
    return ""


def _require(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError
    return value


def _calls(block: Mapping[str, Any]) -> bool:
    return bool(block["type"] == "tool_use")


def _arguments(written: str) -> dict[str, Any]:
    try:
        arguments = json.loads(written, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return {UNREADABLE: written}
    return encodable_all(arguments) if isinstance(arguments, dict) else {UNREADABLE: written}


def _no_constant(name: str) -> None:
    raise ValueError(name)
