"""What happened, as it happens: progress for a person, lines for `--json`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from l2mac_write.findings import Finding
from l2mac_write.instructions import Instruction, Outcome
from l2mac_write.messages import Usage


@dataclass(frozen=True, slots=True)
class Noted:
    """Something a person should know that belongs to no instruction."""

    text: str


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan is there (again): its title, chapter titles and word targets, in order.

    `language` says what is counted: characters where no spaces part the words.
    """

    title: str
    chapters: tuple[str, ...]
    words: tuple[int, ...]
    language: str = "en"
    numbers: tuple[int, ...] = ()
    """By which readers know them, 0 for one without; none where all are numbered from 1."""

    def shown(self, place: int) -> str:
        """The number of the chapter at that place, from 1; empty for one that has none."""
        number = self.numbers[place - 1] if 0 < place <= len(self.numbers) else place
        return str(number or "")


@dataclass(frozen=True, slots=True)
class Started:
    instruction: Instruction
    title: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """The model said a bit more."""

    instruction: str
    text: str


@dataclass(frozen=True, slots=True)
class Rewound:
    """An attempt broke off. Of what was heard since the last answer, only `text` stays."""

    instruction: str
    text: str


@dataclass(frozen=True, slots=True)
class Spent:
    """An attempt ended, with an answer where it is `answered`.

    `cost` is in US dollars, None where the price is unknown.
    """

    instruction: str
    model: str
    usage: Usage
    cost: float | None
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft was judged; `accepted` when nothing is left to mend."""

    instruction: str
    round: int
    findings: tuple[Finding, ...]
    accepted: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """An instruction ended and its file is safe on disk."""

    instruction: Instruction
    outcome: Outcome
    words: int


@dataclass(frozen=True, slots=True)
class Pulled:
    """Some more of a local model's weights is here; both in bytes."""

    name: str
    done: int
    total: int


Event: TypeAlias = Noted | Pulled | Planned | Started | Heard | Rewound | Spent | Judged | Finished
Listener: TypeAlias = Callable[[Event], None]


def nobody(_: Event) -> None:
    """Listens to nothing."""
