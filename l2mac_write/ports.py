"""The seams of the machine, on one page.

Each has a real implementation and a simple one, both in the folder of the same name, and both
ship. Nothing outside `wiring` needs to know which one it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

from l2mac_write.book import Manuscript
from l2mac_write.errors import L2macError
from l2mac_write.findings import Finding, Whole, Work
from l2mac_write.instructions import Move, Outcome
from l2mac_write.ledger.rows import Entity, Event, Fact, Row, Thread
from l2mac_write.messages import Reply, Request, Usage

T = TypeVar("T")
Sought: TypeAlias = Sequence[Sequence[str]]
"""What a passage is to speak of: of each thing, the words and phrases that it goes by."""
NOTHING = Usage()


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a model can be trusted with. `window` is in tokens.

    A guided model is too small for free drafting: it is led scene by scene, with small schemas.
    One that `goes_on` takes up a reply of its own that broke off; others are asked again.
    """

    window: int = 200_000
    tools: bool = True
    guided: bool = False
    goes_on: bool = True


class Interrupted(L2macError):
    """One attempt at a call failed, and another may well succeed; no person ever hears of it.

    `usage` is what it is known to have cost; unless `exact`, it may have cost up to its ceiling.
    `after` is the wait in seconds that the server asked for; `shared` when everyone who talks to
    this server should hold their breath.
    """

    def __init__(
        self,
        why: str,
        *,
        usage: Usage = NOTHING,
        exact: bool = False,
        after: float | None = None,
        shared: bool = False,
    ) -> None:
        super().__init__(why)
        self.usage = usage
        self.exact = exact
        self.after = after
        self.shared = shared


class EmptyReply(L2macError):
    """The reply is whole, paid for, and says nothing: more room for it may help."""

    def __init__(self, usage: Usage) -> None:
        super().__init__("the reply was empty")
        self.usage = usage


class LLM(Protocol):
    """Who thinks. See `l2mac_write.llm`."""

    @property
    def model(self) -> str: ...

    @property
    def abilities(self) -> Abilities: ...

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        """One attempt at the whole reply; `hear` gets its text piece by piece while it arrives.

        Raises `Interrupted`, `EmptyReply`, `LLMError` or `Paused`; never returns a reply that was
        cut on the way.
        """
        ...

    def patiently(self, attempt: Callable[[], T]) -> T:
        """What `attempt` gives, repeated after an `Interrupted` as long as that makes sense.

        Raises `LLMUnavailable` when it no longer does.
        """
        ...

    def ceiling(self, request: Request) -> float | None:
        """The most, in US dollars, that one attempt can cost; None where the price is unknown."""
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

    def read(self, path: str, *, by: str = "") -> str:
        """The accepted text. Raises `PathRefused` or `NoSuchFile`.

        The instruction that reads may replace what a person wrote there; others may not.
        """
        ...


class Ledger(Protocol):
    """What is true in the book. See `l2mac_write.ledger` and `l2mac_write.store`.

    Rows are those of the plan and of the `chapters` named by their ids, in the order of the book:
    what other chapters say changes nothing.
    """

    def entities(self, chapters: Collection[str]) -> Sequence[Entity]: ...

    def facts(
        self, chapters: Collection[str], *, subjects: Collection[str] = (), key: str = ""
    ) -> Sequence[Fact]:
        """Of all subjects and keys, unless some are named."""
        ...

    def events(self, chapters: Collection[str]) -> Sequence[Event]: ...

    def threads(self, chapters: Collection[str]) -> Sequence[Thread]: ...

    def rows(self, ids: Collection[str]) -> Sequence[Row]:
        """Those with these ids, which is what `Item.facts` holds."""
        ...


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the book, or some sentences of a long one; `number` counts from 1.

    `share` is how much it says of all that was sought; what few passages speak of counts for more.
    """

    path: str
    number: int
    text: str
    share: float = 0.0


class Passages(Protocol):
    """What the book says of something. See `l2mac_write.store.retrieval`."""

    def best(self, sought: Sought, seen: Sequence[str], most: int) -> Sequence[Passage]:
        """Those of the files `seen` that speak most of it, the best first.

        What else the book holds changes nothing. Of equals the one that comes first is better.
        """
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

    def waived(self) -> Collection[str]:
        """The keys of findings that a person lets stand."""
        ...

    def recall(self, call: Call) -> Reply | None:
        """The reply this very call got before, or None."""
        ...

    def sending(self, call: Call, ceiling: float | None) -> None:
        """An attempt begins that may cost so much; what an earlier one had said is dropped."""
        ...

    def heard(self, call: Call, text: str) -> None: ...

    def partial(self, call: Call) -> str:
        """What the last attempt had said when it broke off, in this run or an earlier one."""
        ...

    def broke(self, call: Call, usage: Usage, cost: float | None, *, exact: bool) -> None:
        """The attempt ended without an answer. Unless `exact`, it may have cost its ceiling."""
        ...

    def salvaged(self, call: Call, reply: Reply) -> None:
        """What a broken attempt had said answers the call, and costs no more than it did."""
        ...

    def replied(self, call: Call, reply: Reply, cost: float | None) -> None: ...

    def commit(self, outcome: Outcome, files: Mapping[str, str]) -> None:
        """End an instruction: its outcome and its files become true together, or not at all."""
        ...

    def rearrange(self, moves: Sequence[Move]) -> None:
        """What finished instructions wrote goes elsewhere, all at once or not at all."""
        ...


class Evaluator(Protocol):
    """Who judges a text. See `l2mac_write.evaluators`."""

    def __call__(self, work: Work, /) -> Sequence[Finding]: ...


class WholeEvaluator(Protocol):
    """Who judges all texts of a book together, in time that grows no faster than they do."""

    def __call__(self, whole: Whole, /) -> Sequence[Finding]: ...


class Exporter(Protocol):
    """What a reader gets. See `l2mac_write.exporters`."""

    @property
    def suffix(self) -> str: ...

    def export(self, manuscript: Manuscript) -> bytes: ...


class FolderExporter(Protocol):
    """The same for what is not one file but a folder of them. See `l2mac_write.exporters`."""

    def files(self, manuscript: Manuscript) -> Mapping[str, bytes]:
        """By their paths in the folder, with `/` between the parts."""
        ...
