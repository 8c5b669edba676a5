"""An open-weights model on this machine: no key, no network, no cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self, TypeVar

from l2mac_write.errors import UsageError, WindowOverflow
from l2mac_write.llm.chat import Piece, chatml, filled, places
from l2mac_write.llm.local_server import Gone, LocalServer
from l2mac_write.llm.room import room
from l2mac_write.messages import Prose, Reply, Request, Shape, Stop, Structured, Usage
from l2mac_write.ports import Abilities

WINDOW = 4096
ABILITIES = Abilities(window=WINDOW, tools=False, guided=True)
SEEDS = 2**32 - 1
"""The engine's largest seed means chance to it."""
ONE_PARAGRAPH = 90
"""So few words are one paragraph, and end with it."""
LEAST_CHARACTERS = 3
"""For each word asked for, about half of what it takes: left free, a small model soon says next to nothing."""
LEAST_ROOM = 64
INSTALL = 'pip install "l2mac-write[local]"'
# Chosen by reading: cooler it loops, hotter it falls apart at this size.
PROSE = {
    "temperature": 0.55,
    "min_p": 0.08,
    "top_p": 0.95,
    "top_k": 40,
    "repeat_penalty": 1.05,
    "repeat_last_n": 256,
    "dry_multiplier": 0.6,
    "dry_base": 1.75,
    "dry_allowed_length": 3,
    "dry_penalty_last_n": 1024,
}
STRUCTURED = {"temperature": 0.5, "min_p": 0.1}
# Left free, a small model fills its whole limit with blank lines between two keys.
COMPACT = {"whitespace_flexible": False, "key_separator": ": ", "item_separator": ", "}
GRAMMAR = Path(__file__).with_name("local.gbnf")

T = TypeVar("T")


class Local:
    """A guided model: it is led by small prompts and small schemas, and never blocks anything.

    A conversation that ends in a `Reply` is gone on with from there. `weights` gives the model
    file, fetching it first if need be. The child process starts with the first request.
    """

    def __init__(
        self,
        title: str,
        weights: Callable[[], Path],
        *,
        is_chatml: bool = True,
        window: int = WINDOW,
    ) -> None:
        if not find_spec("xllamacpp"):
            raise UsageError(f"the local model needs its engine. Type: {INSTALL}")
        self.model = f"{title} (local)"
        self.abilities = replace(ABILITIES, window=window)
        self._weights = weights
        self._is_chatml = is_chatml
        self._server: LocalServer | None = None
        self._grammar = GRAMMAR.read_text("utf-8")

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        """Asked once more if the child process died; `hear` then gets the reply from its start."""
        try:
            return self._reply(request, hear)
        except Gone:
            self._discard()
        return self._reply(request, hear)

    def patiently(self, attempt: Callable[[], T]) -> T:
        return attempt()

    def ceiling(self, request: Request) -> float | None:
        return 0.0

    def price(self, usage: Usage) -> float | None:
        return 0.0

    def close(self) -> None:
        if self._server:
            self._server.stop()
            self._server = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _discard(self) -> None:
        if self._server:
            self._server.discard()
            self._server = None

    def _reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        server = self._server = self._server or LocalServer.start(
            self._weights(), self.abilities.window
        )
        tokens = server.tokens(self._pieces(server, request))
        body = {
            "prompt": tokens,
            "n_predict": self._room(len(tokens), request.shape),
            "seed": request.seed % SEEDS,
            "cache_prompt": True,
            **self._sampling(request.shape),
        }
        text, last = "", {}
        with closing(server.stream("/completion", body)) as events:
            for event in events:
                piece = event.get("content", "")
                text, last = text + piece, event
                if piece:
                    hear(piece)
        return _reply(text, last)

    def _pieces(self, server: LocalServer, request: Request) -> tuple[Piece, ...]:
        if self._is_chatml:
            return chatml(request)
        rendered = server.ask("/apply-template", {"messages": places(request)})
        return filled(rendered["prompt"], request)

    def _room(self, prompt: int, shape: Shape) -> int:
        wanted, left = room(shape), self.abilities.window - prompt
        if left < min(wanted, LEAST_ROOM):
            raise WindowOverflow(
                f"the request takes {prompt} tokens of the local model's {self.abilities.window}, "
                "which leaves no room for an answer. Ask with less text."
            )
        return min(wanted, left)

    def _sampling(self, shape: Shape) -> dict[str, Any]:
        match shape:
            case Prose(words):
                stop = ["\n"] if words <= ONE_PARAGRAPH else []
                least = LEAST_CHARACTERS * min(words, ONE_PARAGRAPH)
                grammar = self._grammar.replace("LEAST", str(least))
                return {**PROSE, "grammar": grammar, "stop": stop}
            case Structured(schema):
                return {**STRUCTURED, "json_schema": {**schema, "x-guidance": COMPACT}}


def _reply(text: str, last: Mapping[str, Any]) -> Reply:
    cached = int(last.get("timings", {}).get("cache_n", 0))
    read = max(0, int(last.get("tokens_evaluated", 0)) - cached)
    return Reply(
        text=text,
        stop=Stop.LENGTH if last.get("stop_type") == "limit" else Stop.END,
        usage=Usage(read, int(last.get("tokens_predicted", 0)), cache_read_tokens=cached),
    )
