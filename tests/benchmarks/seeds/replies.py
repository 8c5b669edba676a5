"""Replies of a model, kept in a file: what was answered once is never asked again."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import astuple, dataclass, field
from pathlib import Path

from l2mac_write.messages import Request, Structured, Told
from l2mac_write.ports import LLM


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    tokens: int
    seconds: float


@dataclass
class Replies:
    """Without an `llm`, only what the file holds can be had."""

    file: Path
    llm: LLM | None = None
    known: dict[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lines = self.file.read_text("utf-8").splitlines() if self.file.exists() else []
        for key, *answer in map(json.loads, lines):
            self.known[key] = Answer(*answer)

    def answer(self, system: str, prompt: str, schema: dict[str, object]) -> Answer:
        key = hashlib.sha256(f"{system}\n{prompt}".encode()).hexdigest()[:16]
        if key not in self.known:
            self.known[key] = self._asked(Request(system, (Told(prompt),), Structured(schema)))
            with self.file.open("a", encoding="utf-8") as file:
                file.write(json.dumps([key, *astuple(self.known[key])]) + "\n")
        return self.known[key]

    def _asked(self, request: Request) -> Answer:
        if self.llm is None:
            raise LookupError(f"`{self.file}` holds no reply to this. Name a model to ask.")
        llm, start = self.llm, time.monotonic()
        reply = llm.patiently(lambda: llm.reply(request, lambda _: None))
        return Answer(reply.text, reply.usage.total, round(time.monotonic() - start, 2))
