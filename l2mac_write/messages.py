"""What is said between the machine and a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more calls. `input_tokens` leaves out what the cache read or wrote."""

    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cache_read_tokens + other.cache_read_tokens,
            self.cache_write_tokens + other.cache_write_tokens,
        )

    def times(self, factor: float) -> Usage:
        return Usage(*(round(factor * count) for count in self.counts))

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """In the order in which they stand above; `astuple` takes many times as long."""
        return (
            self.input_tokens,
            self.output_tokens,
            self.cache_read_tokens,
            self.cache_write_tokens,
        )

    @property
    def prompt(self) -> int:
        """Every token that went to the model."""
        return self.input_tokens + self.cache_read_tokens + self.cache_write_tokens

    @property
    def total(self) -> int:
        """Every token that crossed the wire."""
        return self.prompt + self.output_tokens


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as the model sees it; `parameters` is a JSON Schema."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCall:
    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolResult:
    call_id: str
    text: str
    failed: bool = False


class Stop(StrEnum):
    """Why a model stopped talking."""

    END = "end"
    LENGTH = "length"
    TOOLS = "tools"
    REFUSED = "refused"
    CUT = "cut"
    """The line broke; the text is what arrived, up to the end of its last whole sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """Words from us to the model; those said but `once` are not worth a place in its cache.

    With those that are `shared`, other conversations begin too.
    """

    text: str
    once: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """Words, and possibly tool calls, from the model to us.

    `blocks` is the provider's own form of the reply, sent back unchanged inside one turn
    (thinking blocks are signed); empty for models that have none.
    """

    text: str
    calls: tuple[ToolCall, ...] = ()
    stop: Stop = Stop.END
    usage: Usage = Usage()
    blocks: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """What the tools answered."""

    results: tuple[ToolResult, ...]


Message: TypeAlias = Told | Reply | Returned
Conversation: TypeAlias = tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """The answer is running text of about so many words, or characters of an unspaced language."""

    words: int
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Structured:
    """The answer is one JSON object of this JSON Schema.

    A backend that can enforce the schema does; the prompt states it for those that cannot.
    """

    schema: Mapping[str, Any]


Shape: TypeAlias = Prose | Structured


@dataclass(frozen=True, slots=True)
class Request:
    """One call: `system` never changes within a run, `conversation` only grows at its end.

    `generosity` multiplies the room for an answer: more of it after one that thinking alone had
    filled, less of it where money is short.
    """

    system: str
    conversation: Conversation
    shape: Shape
    tools: tuple[ToolSpec, ...] = ()
    seed: int = 0
    generosity: float = 1
