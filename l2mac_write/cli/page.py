"""The live page in a terminal: the plan, the text as it grows, tokens, cost and time left."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from l2mac_write.cli.happening import Happening, Writing
from l2mac_write.cli.legible import legible
from l2mac_write.events import Event, Planned
from l2mac_write.text.languages import unit

WIDEST = 96
"""Columns; longer lines are tiring to read."""
PREVIEW = range(1, 11)
"""Lines of the text that is being written, as the window has room for them."""
CHAPTERS = 16
FRAME = 9
"""Lines for borders, blanks, and all that is not chapters or preview."""
REFRESHES = 8
DONE, AT_WORK, WAITING = "✓", "▸", "·"


class Page:
    """Redraws itself from what it was told; only how far the book is it asks, once its plan is there.

    Its height changes only with the plan and the window, however much is being written.
    """

    def __init__(
        self,
        root: Path,
        written: Callable[[], Mapping[int, int]] = dict,
        *,
        console: Console | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root = root
        self._now = now
        self._begun = now()
        self._written = written
        self._happening = Happening()
        self._is_over = False
        self._console = console or Console(stderr=True)
        self._live = Live(
            get_renderable=self.drawn, refresh_per_second=REFRESHES, console=self._console
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
        self._is_over = True
        self._live.stop()

    def tell(self, event: Event) -> None:
        if isinstance(event, Planned) and not self._happening.plan.chapters:
            self._happening.words = {**self._written(), **self._happening.words}
        self._happening.tell(event)

    def drawn(self) -> RenderableType:
        title = self._happening.plan.title or "a book"
        parts = [self._chapters(), self._growing(), self._meter()]
        return Panel(
            Group(*(part for part in parts if part)),
            title=Text(title, style="bold", end=""),
            subtitle=Text(str(self._root), style="dim", end=""),
            width=self._width,
            padding=(0, 1),
        )

    @property
    def _width(self) -> int:
        return min(self._console.width, WIDEST)

    @property
    def _rows(self) -> int:
        """How many chapters are shown: half of the room there is."""
        return min(
            len(self._happening.plan.chapters),
            CHAPTERS,
            max(1, (self._console.height - FRAME) // 2),
        )

    def _chapters(self) -> RenderableType:
        plan, growing = self._happening.plan, self._happening.growing
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column()
        table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        table.add_column(justify="right", no_wrap=True)
        for number in self._window(plan, growing):
            table.add_row(*self._row(number, growing))
        return table

    def _window(self, plan: Planned, growing: Mapping[int, int]) -> range:
        """Some chapters that are done, then those at work, then those to come."""
        unwritten = (n for n in range(1, len(plan.chapters)) if n not in self._happening.words)
        first = min(growing, default=0) or next(unwritten, len(plan.chapters))
        start = max(0, min(first - 1 - self._rows // 3, len(plan.chapters) - self._rows))
        return range(start + 1, start + self._rows + 1)

    def _row(self, number: int, growing: Mapping[int, int]) -> tuple[Text, Text, Text]:
        plan, done = self._happening.plan, self._happening.words
        mark, style = WAITING, "dim"
        if number in growing:
            mark, style = AT_WORK, "bold"
        elif number in done:
            mark, style = DONE, ""
        words = growing.get(number, done.get(number, 0))
        return (
            Text(f"{mark} {plan.shown(number):>{len(str(len(plan.chapters)))}}", style=style),
            Text(plan.chapters[number - 1], style=style),
            Text(f"{words:,} / {plan.words[number - 1]:,}", style=style),
        )

    def _growing(self) -> RenderableType | None:
        """The end of one text, always as many lines, under the name of what it is."""
        if self._is_over:
            return None
        writing = self._happening.shown
        room = self._console.height - FRAME - self._rows
        height = max(PREVIEW.start, min(room, PREVIEW.stop - 1))
        lines = self._tail(legible(writing.text) if writing else "", height)
        name = Text(
            f"\n{_name(writing, self._happening.plan)}",
            style="dim",
            no_wrap=True,
            overflow="ellipsis",
        )
        return Group(name, Text("\n".join(lines + [""] * (height - len(lines))), style="italic"))

    def _tail(self, text: str, height: int) -> list[str]:
        width = self._width - 4
        near = text[-width * height :]
        near = near if near == text else near.partition(" ")[2]
        wrapped = Text(near.strip()).wrap(self._console, width)
        lines = [line.plain.rstrip() for line in wrapped][-height:]
        return lines if not lines or lines[0] else lines[1:]

    def _meter(self) -> RenderableType:
        happening = self._happening
        target = sum(happening.plan.words)
        words = sum({**happening.words, **happening.growing}.values())
        line = Table.grid(padding=(0, 2))
        for _ in range(3):
            line.add_column(no_wrap=True, overflow="ellipsis")
        bar = ProgressBar(max(1, target), words, width=self._width // 4, complete_style="cyan")
        line.add_row(
            bar, f"{words:,} / {target:,} {unit(happening.plan.language)}", self._left(target)
        )
        cost = "price unknown" if happening.cost is None else f"${happening.cost:.2f}"
        calls = "1 call" if happening.calls == 1 else f"{happening.calls:,} calls"
        spent = f"{calls}  {happening.usage.total:,} tokens  {cost}"
        note = Text(happening.note, style="dim", no_wrap=True, overflow="ellipsis")
        return Group(Text(""), line, Text(spent), note)

    def _left(self, target: int) -> str:
        """Time left at the pace of this run so far."""
        if not self._happening.fresh:
            return ""
        left = max(0, target - sum(self._happening.words.values()))
        seconds = (self._now() - self._begun) / self._happening.fresh * left
        return f"about {max(1, round(seconds / 60))} min left" if left else ""


def _name(writing: Writing | None, plan: Planned) -> str:
    if not writing:
        return ""
    step, number = writing.instruction.step, plan.shown(writing.instruction.chapter)
    if writing.chapter:
        return f"{number}. {writing.title}" if number else writing.title
    chapter = f"chapter {number}" if number else writing.title
    return f"{step} of {chapter}" if writing.title else step
