"""What a person sees while a book is written: a live page, plain lines, or JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from l2mac_write.cli.page import Page
from l2mac_write.errors import L2macError
from l2mac_write.events import (
    Event,
    Finished,
    Heard,
    Judged,
    Listener,
    Noted,
    Planned,
    Pulled,
    Started,
)
from l2mac_write.instructions import Status
from l2mac_write.opened import open_book
from l2mac_write.plan import PLAN
from l2mac_write.text.languages import unit


@contextmanager
def shown(root: Path, *, as_json: bool) -> Iterator[Listener]:
    """A listener that shows what happens in the way that suits whoever is reading."""
    if as_json:
        yield json_line
    elif sys.stderr.isatty() and sys.stdout.isatty():
        with Page(root, partial(_written, root)) as page:
            yield page.tell
    else:
        yield Lines().tell


def _written(root: Path) -> dict[int, int]:
    """Words of the chapters that are there before this run: of an earlier one, or a person's."""
    # whatever is wrong with the book, the run itself will say
    with suppress(L2macError):
        chapters = open_book(root).chapters
        return {c.number: c.words for c in chapters if c.status is not Status.WAITING}
    return {}


def json_line(event: Event) -> None:
    click.echo(json.dumps({"event": type(event).__name__.lower(), **asdict(event)}, default=str))


class Lines:
    """One plain line for each thing worth a line; text that streams in is not.

    Whether a chapter has left its plan behind is asked after each, and told only if it has.
    """

    def __init__(self, *, err: bool = False) -> None:
        self._err = err
        self._tenths = -1
        self._unsaid: dict[str, Started] = {}

    def tell(self, event: Event) -> None:
        if (worth_it := self._worth_telling(event)) and (line := self._line(worth_it)):
            click.echo(line, err=self._err)

    def _worth_telling(self, event: Event) -> Event | None:
        """The start of a look at the plan waits until a model is heard, and is never told if none is."""
        match event:
            case Started(instruction) if instruction.chapter and instruction.writes == PLAN:
                self._unsaid[instruction.id] = event
                return None
            case Heard(name):
                return self._unsaid.pop(name, None)
            case Finished(instruction) if self._unsaid.pop(instruction.id, None):
                return None
        return event

    def _line(self, event: Event) -> str:
        match event:
            case Noted(text):
                return text
            case Pulled():
                return self._pulled(event)
            case Planned(title, chapters, words, language):
                return f"plan: {title} ({len(chapters)} chapters, {sum(words)} {unit(language)})"
            case Started() | Judged() | Finished():
                return _step(event)
            case _:
                return ""

    def _pulled(self, event: Pulled) -> str:
        tenths = event.done * 10 // max(1, event.total)
        if tenths == self._tenths:
            return ""
        self._tenths = tenths
        return f"fetching {event.name}: {event.done // 10**6} of {event.total // 10**6} MB"


def _step(event: Started | Judged | Finished) -> str:
    match event:
        case Started(instruction, title):
            return f"{instruction.id}: {title or instruction.writes}"
        case Finished(instruction, outcome, words):
            return f"{instruction.id}: {outcome.status}, {words} words in {instruction.writes}"
        case Judged(instruction, round_, findings, accepted):
            complaints = "; ".join(f.message for f in findings[:3])
            return "" if accepted else f"{instruction}: to mend (round {round_}): {complaints}"
