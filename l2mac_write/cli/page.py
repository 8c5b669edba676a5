"""The live page in a terminal: the plan, the text as it grows, tokens, cost and time left."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from l2mac_write.book import count_words
from l2mac_write.events import (
    Event,
    Finished,
    Heard,
    Judged,
    Noted,
    Planned,
    Pulled,
    Spent,
    Started,
)
from l2mac_write.messages import Usage

SHOWN_CHARACTERS = 900
SHOWN_CHAPTERS = 12
REFRESHES = 8


class Page:
    """Redraws itself from what it was told; it asks nobody anything."""

    def __init__(self, root: Path, now: Callable[[], float] = time.monotonic) -> None:
        self._root = root
        self._now = now
        self._begun = now()
        self._plan = Planned("", (), ())
        self._words: dict[int, int] = {}
        self._fresh = 0
        self._doing = "starting"
        self._chapter = 0
        self._text = ""
        self._usage, self._cost, self._note = Usage(), 0.0, ""
        self._live = Live(
            get_renderable=self._drawn, refresh_per_second=REFRESHES, console=Console(stderr=True)
        )

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._text = ""
        self._live.stop()

    def tell(self, event: Event) -> None:
        match event:
            case Planned():
                self._plan = event
            case Started(instruction, title):
                self._doing, self._text = title or instruction.step, ""
                self._chapter = instruction.chapter if title else 0
            case Heard(_, text):
                self._text += text
            case Spent(_, _, usage, cost):
                self._usage, self._cost = self._usage + usage, self._cost + (cost or 0)
            case Judged() | Finished() | Noted() | Pulled():
                self._noted(event)

    def _noted(self, event: Judged | Finished | Noted | Pulled) -> None:
        match event:
            case Finished(instruction, _, words) if instruction.writes.startswith("chapters/"):
                self._words[instruction.chapter] = words
                self._fresh += words
            case Judged(_, _, findings, accepted):
                self._note = "" if accepted or not findings else f"mending: {findings[0].message}"
            case Noted(text):
                self._note = text
            case Pulled(name, done, total):
                self._note = f"fetching {name}: {done // 10**6} of {total // 10**6} MB"
            case _:
                self._note = ""

    def _drawn(self) -> RenderableType:
        title = self._plan.title or "a book"
        parts = [self._chapters(), self._growing(), self._meter()]
        return Panel(Group(*parts), title=f"[bold]{title}[/]", subtitle=str(self._root))

    def _chapters(self) -> RenderableType:
        table = Table.grid("", "", "", padding=(0, 2))
        rows = [*enumerate(zip(self._plan.chapters, self._plan.words, strict=True), start=1)]
        start = max(0, min(self._chapter - SHOWN_CHAPTERS // 2, len(rows) - SHOWN_CHAPTERS))
        for number, (title, target) in rows[start : start + SHOWN_CHAPTERS]:
            style = (
                "bold" if number == self._chapter else "dim" if number not in self._words else ""
            )
            words = self._words_of(number)
            table.add_row(str(number), Text(title), f"{words} / {target}", style=style)
        return table

    def _words_of(self, number: int) -> int:
        if number == self._chapter and number not in self._words:
            return count_words(self._text)
        return self._words.get(number, 0)

    def _growing(self) -> RenderableType:
        return Text("\n" + self._text[-SHOWN_CHARACTERS:].strip(), style="italic")

    def _meter(self) -> RenderableType:
        target = sum(self._plan.words)
        words = sum(self._words.values())
        line = Table.grid(padding=(0, 2))
        spent = f"{self._usage.total:,} tokens  ${self._cost:.2f}  {self._left(words, target)}"
        line.add_row(
            ProgressBar(total=max(1, target), completed=words, width=24),
            f"{words} / {target} words",
            spent,
        )
        return Group(Text(""), line, Text(f"{self._doing}  {self._note}", style="dim"))

    def _left(self, words: int, target: int) -> str:
        """Time left at the pace of this run so far."""
        if not self._fresh:
            return ""
        seconds = (self._now() - self._begun) / self._fresh * max(0, target - words)
        return f"about {max(1, round(seconds / 60))} min left"
