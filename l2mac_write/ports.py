"""The seams of the machine, on one page.

Each has a real implementation and a simple one, both in the folder of the same name, and both
ship. Nothing outside `wiring` needs to know which one it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from l2mac_write.book import Manuscript
from l2mac_write.findings import Finding, Work
from l2mac_write.instructions import Outcome
from l2mac_write.messages import Reply, Request, Usage


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a model can be trusted with. `window` is in tokens.

    A guided model is too small for free drafting: it is led scene by scene, with small schemas.
    """

    window: int = 200_000
    tools: bool = True
    guided: bool = False


class LLM(Protocol):
    """Who thinks. See `l2mac_write.llm`."""

    @property
    def model(self) -> str: ...

    @property
    def abilities(self) -> Abilities: ...

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        """The whole reply; `hear` gets its text piece by piece while it arrives.

        Raises `LLMError` or `Paused`; never returns a reply that was cut on the way.
        """
        ...

    def price(self, usage: Usage) -> float | None:
        """US dollars, 0 for a model that costs nothing, None where the price is unknown."""
        ...

    def close(self) -> None:
        """Let go of connections and processes; a closed model may be asked again."""
        ...


class Prompts(Protocol):
    """The words of the program that is being run. See `l2mac_write.templating`."""

    def render(self, name: str, **values: object) -> str: ...


class FileStore(Protocol):
    """Where the book's text lives. See `l2mac_write.store`."""

    def paths(self) -> Sequence[str]: ...

    def read(self, path: str) -> str:
        """The accepted text. Raises `PathRefused` or `NoSuchFile`."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a model, known by the hash of all that was sent."""

    instruction: str
    role: str
    model: str
    request: str


class Journal(Protocol):
    """What has been done, so that nothing is ever done twice. See `l2mac_write.store`."""

    def outcomes(self) -> Mapping[str, Outcome]: ...

    def recall(self, call: Call) -> Reply | None:
        """The reply this very call got before, or None."""
        ...

    def sending(self, call: Call) -> None: ...

    def heard(self, call: Call, text: str) -> None: ...

    def replied(self, call: Call, reply: Reply, cost: float | None) -> None: ...

    def commit(self, outcome: Outcome, files: Mapping[str, str]) -> None:
        """End an instruction: its outcome and its files become true together, or not at all."""
        ...


class Evaluator(Protocol):
    """Who judges a text. See `l2mac_write.evaluators`."""

    def __call__(self, work: Work, /) -> Sequence[Finding]: ...


class Exporter(Protocol):
    """What a reader gets. See `l2mac_write.exporters`."""

    @property
    def suffix(self) -> str: ...

    def export(self, manuscript: Manuscript) -> bytes: ...
