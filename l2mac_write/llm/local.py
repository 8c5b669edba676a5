"""An open-weights model on this machine: no key, no network, no cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from l2mac_write.errors import LLMError, UsageError
from l2mac_write.llm.chat import chatml, messages
from l2mac_write.llm.local_server import LocalServer
from l2mac_write.messages import Prose, Reply, Request, Shape, Stop, Structured, Usage
from l2mac_write.ports import Abilities

WINDOW = 4096
TOKENS_PER_WORD = 1.4
STRUCTURED_TOKENS = 700
INSTALL = 'pip install "l2mac-write[local]"'
# Chosen by reading: cooler is duller, hotter falls apart at this size.
PROSE = {
    "temperature": 0.6,
    "min_p": 0.08,
    "top_p": 0.95,
    "top_k": 40,
    "repeat_penalty": 1.1,
    "repeat_last_n": 256,
    "dry_multiplier": 0.7,
    "dry_base": 1.75,
    "dry_allowed_length": 3,
    "dry_penalty_last_n": 2048,
}
# Penalties would forbid the quotes and braces that a schema demands.
STRUCTURED = {"temperature": 0.5, "min_p": 0.1}
GRAMMAR = Path(__file__).with_name("local.gbnf")


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
        self.abilities = Abilities(window=window, tools=False, guided=True)
        self._weights = weights
        self._is_chatml = is_chatml
        self._server: LocalServer | None = None
        self._grammar = GRAMMAR.read_text("utf-8")

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        """Asked once more if the child process died; then the error names its log."""
        try:
            return self._reply(request, hear)
        except LLMError:
            if self._server is None or self._server.alive:
                raise
        self.close()
        return self._reply(request, hear)

    def price(self, usage: Usage) -> float | None:
        return 0.0

    def close(self) -> None:
        if self._server:
            self._server.stop()
            self._server = None

    def _reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        server = self._server = self._server or LocalServer.start(
            self._weights(), self.abilities.window
        )
        body = {
            "prompt": self._prompt(server, request),
            "seed": request.seed,
            "cache_prompt": True,
            **self._sampling(request.shape),
        }
        text, last = "", {}
        for event in server.stream("/completion", body):
            piece = event.get("content", "")
            text, last = text + piece, event
            if piece:
                hear(piece)
        return _reply(text, last)

    def _prompt(self, server: LocalServer, request: Request) -> str:
        if self._is_chatml:
            return chatml(request)
        filled: dict[str, str] = server.ask("/apply-template", {"messages": messages(request)})
        return filled["prompt"]

    def _sampling(self, shape: Shape) -> dict[str, Any]:
        match shape:
            case Prose(words):
                most = int(words * TOKENS_PER_WORD) + 24
                return {**PROSE, "grammar": self._grammar, "n_predict": most}
            case Structured(schema):
                return {**STRUCTURED, "json_schema": schema, "n_predict": STRUCTURED_TOKENS}


def _reply(text: str, last: Mapping[str, Any]) -> Reply:
    if not last.get("stop"):
        raise LLMError("the local model broke off in the middle of its answer.")
    cached = int(last.get("timings", {}).get("cache_n", 0))
    read = max(0, int(last.get("tokens_evaluated", 0)) - cached)
    return Reply(
        text=text,
        stop=Stop.LENGTH if last.get("stop_type") == "limit" else Stop.END,
        usage=Usage(read, int(last.get("tokens_predicted", 0)), cache_read_tokens=cached),
    )
