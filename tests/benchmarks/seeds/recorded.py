"""A judge whose answers were recorded, passage by passage: whatever else a prompt says, it says the same again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from l2mac_write.messages import Reply, Request, Told, Usage
from l2mac_write.ports import Abilities
from tests.benchmarks.seeds import PROSE

T = TypeVar("T")
SET = re.compile(r"<set>\n(.*?)\n</set>", re.DOTALL)
EARLIER = re.compile(r'<earlier pair="(\w+)"[^>]*>\n(.*?)\n</earlier>', re.DOTALL)
LATER = re.compile(r"<later[^>]*>\n(.*?)\n</later>", re.DOTALL)
PAIR = re.compile(r'<pair id="(\w+)">\n(.*?)\n</pair>', re.DOTALL)
SIDE = re.compile(r"<earlier[^>]*>\n(.*?)\n</earlier>", re.DOTALL)
ANSWERS = PROSE / "capable.answers.jsonl"
COMPARED, JUDGED, AGAIN = "compared", "judged", "judged again"
CHARACTERS_PER_TOKEN = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """Two passages under the name that the prompt gives them; `asked` is what is wanted of them."""

    asked: str
    name: str
    earlier: str
    later: str

    @property
    def key(self) -> str:
        said = f"{self.asked}\x1f{self.earlier}\x1f{self.later}"
        return hashlib.sha256(said.encode()).hexdigest()[:12]


@dataclass
class Recorded:
    """Implements `ports.LLM`: each line of the file is the key of two passages, and what was said of them.

    Answers were given passage by passage, without a look at what was planted where; the two second
    judges without a look at each other. What nobody has answered yet is `missing`, and is let pass.
    """

    file: Path
    model: str = "recorded: a capable model"
    abilities: Abilities = field(default_factory=lambda: Abilities(tools=False))
    missing: dict[str, Shown] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    voted: set[str] = field(default_factory=set)
    """Pairs that one of the two second judges has seen, and the other has not yet."""

    def __post_init__(self) -> None:
        lines = self.file.read_text("utf-8").splitlines() if self.file.exists() else []
        self.known = dict(map(json.loads, lines))

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        asked = next(m for m in request.conversation if isinstance(m, Told) and not m.shared)
        shown = [*map(self._turn, _shown(asked.text))]
        rows = [row for one in shown if (row := self._row(one))]
        text = json.dumps({"claims" if shown[0].asked == COMPARED else "judgements": rows})
        sent = (len(request.system) + len(asked.text)) // CHARACTERS_PER_TOKEN
        return Reply(text, usage=Usage(sent, len(text) // CHARACTERS_PER_TOKEN))

    def _turn(self, shown: Shown) -> Shown:
        """Whoever judges a pair for the second time is somebody else."""
        if shown.asked != JUDGED or shown.key not in self.voted:
            self.voted.add(shown.key)
            return shown
        self.voted.remove(shown.key)
        return replace(shown, asked=AGAIN)

    def _row(self, shown: Shown) -> dict[str, Any] | None:
        if shown.key not in self.known:
            self.missing[shown.key] = shown
        if not (said := self.known.get(shown.key)):
            return None
        return {"pair": shown.name, **said}

    def patiently(self, attempt: Callable[[], T]) -> T:
        return attempt()

    def ceiling(self, request: Request) -> float | None:
        return 0.0

    def price(self, usage: Usage) -> float | None:
        return 0.0

    def close(self) -> None:
        pass


def _shown(prompt: str) -> Iterator[Shown]:
    for of_one in SET.findall(prompt):
        for name, earlier in EARLIER.findall(of_one):
            yield Shown(COMPARED, name, earlier, LATER.findall(of_one)[0])
    for name, sides in PAIR.findall(prompt):
        yield Shown(JUDGED, name, SIDE.findall(sides)[0], LATER.findall(sides)[0])
