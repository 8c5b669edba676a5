"""What has happened so far, told in the same room whether the book is at chapter 5 or at chapter 200."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from l2mac_write.items import FRAME, Item
from l2mac_write.machine.replanning import DEPARTS
from l2mac_write.machine.situation import PART_SUMMARY, SUMMARY, Situation
from l2mac_write.machine.texts import first_sentences

RECENT = 3
"""Chapters that are summed up whole, whatever else is left out."""
NEAR = 6
"""Chapters before those that come next, each in a sentence."""
MOST = 1_000
"""Tokens: about four summaries, so that it is no longer later on than it is at chapter 5."""
LEAST = 40
"""Bytes; with fewer left, nothing more is read."""
APART = 4
"""Bytes that a line takes beside its words."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A chapter, or a part of which all is known: from that chapter to that one."""

    first: int
    last: int
    name: str
    path: str


def so_far(situation: Situation, room: int) -> Item:
    left = (room - FRAME) * 4
    told: dict[Stretch, str] = {}
    for stretch, is_whole in _best_first(situation):
        if left < LEAST:
            break
        free = left + _size(told.get(stretch, ""))
        line = _line(stretch, situation, free if is_whole else 0)
        if len(told.get(stretch, "")) < len(line) and _size(line) <= free:
            told[stretch] = line
            left = free - _size(line)
    text = "\n\n".join(told[stretch] for stretch in sorted(told, key=lambda s: (s.first, -s.last)))
    return Item("so_far", "What is written so far", "what the reader already knows", text)


def _line(stretch: Stretch, situation: Situation, room: int) -> str:
    """As many of its sentences as so many bytes hold, but one at least."""
    summary = DEPARTS.sub("", situation.body(stretch.path)).strip()
    text = first_sentences(summary, room - _size(f"{stretch.name}: "))
    return f"{stretch.name}: {text}" if text else ""


def _size(line: str) -> int:
    return len(line.encode()) + APART if line else 0


def _best_first(situation: Situation) -> Iterator[tuple[Stretch, bool]]:
    """What is to be told, and whether whole or in a sentence; where room is left, more of it."""
    chapters, parts = [*_chapters(situation)], [*_parts(situation)]
    recent, earlier = chapters[:RECENT], chapters[RECENT:]
    yield from ((stretch, True) for stretch in recent)
    yield from ((stretch, False) for stretch in (*earlier[:NEAR], *parts))
    yield from ((stretch, False) for stretch in sorted(earlier[NEAR:], key=_spread))
    yield from ((stretch, True) for stretch in (*parts, *earlier))


def _chapters(situation: Situation) -> Iterator[Stretch]:
    """From the last one back; but for the recent ones, only those that no part's summary tells of."""
    told = {c.number for part in situation.parts_before for c in part}
    for n, chapter in enumerate(reversed(situation.before)):
        if n < RECENT or chapter.number not in told:
            number = chapter.number
            yield Stretch(number, number, chapter.called, SUMMARY.format(number))


def _parts(situation: Situation) -> Iterator[Stretch]:
    """From the last one back."""
    for chapters in reversed(situation.parts_before):
        part, first, last = chapters[0].part, chapters[0].number, chapters[-1].number
        name = f"Part {part} (chapters {chapters[0].address} to {chapters[-1].address})"
        yield Stretch(first, last, name, PART_SUMMARY.format(part))


def _spread(stretch: Stretch) -> int:
    """The first chapter before all, then every 2^n-th: where there is room for few, from everywhere."""
    n = stretch.first - 1
    return -(n & -n) if n else -(1 << 30)
