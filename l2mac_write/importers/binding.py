"""Blocks that were read, bound to sections: each gets its own notes, numbered from 1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from l2mac_write.book import Section
from l2mac_write.importers import markdown
from l2mac_write.importers.blocks import Heading
from l2mac_write.importers.imported import Imported
from l2mac_write.importers.inline import NOTE
from l2mac_write.importers.scenes import ORNAMENT, RULE

CLOSING = re.compile(r"(?<!\\)#(?=#*$)")
REFERENCE = re.compile(rf"\[\^{NOTE}(\d+)\]")


def text(blocks: Iterable[Heading | str]) -> str:
    """As one Markdown text, its headings at their levels."""
    return "\n\n".join(
        _paragraph(block) if isinstance(block, str) else _heading(block) for block in blocks
    )


def _paragraph(words: str) -> str:
    """One that holds nothing but an ornament breaks a scene."""
    return RULE if ORNAMENT.fullmatch(words.replace("\\", "")) else words


def _heading(block: Heading) -> str:
    """A sign at the end would belong to those at the beginning."""
    return f"{'#' * block.level} {CLOSING.sub(chr(92) + '#', block.title)}"


def cut(
    name: str, blocks: Iterable[Heading | str], notes: Mapping[int, str], level: int
) -> Imported:
    """Sections by their headings, as in any Markdown text."""
    read = markdown.read({name: text(blocks)}, level)
    return replace(read, sections=bound(read.sections, notes))


def bound(sections: Iterable[Section], notes: Mapping[int, str]) -> tuple[Section, ...]:
    """With the notes that each refers to; those that nothing refers to go to the last."""
    every: list[Section] = []
    used: set[int] = set()
    for section in sections:
        numbers = _numbers(section.markdown, notes)
        used.update(numbers)
        every.append(replace(section, markdown=_with_notes(section.markdown, numbers, notes)))
    left = [number for number in notes if number not in used and notes[number]]
    if every and left:
        last = every[-1]
        more = {number: f"alone-{at}" for at, number in enumerate(left, start=1)}
        every[-1] = replace(last, markdown=_with_notes(last.markdown, more, notes))
    return tuple(every)


def _numbers(words: str, notes: Mapping[int, str]) -> dict[int, str]:
    """In the order in which text and notes refer to them."""
    numbers: dict[int, str] = {}
    open_texts = [words]
    while open_texts:
        for found in REFERENCE.findall(open_texts.pop(0)):
            number = int(found)
            if number not in numbers:
                numbers[number] = str(len(numbers) + 1)
                open_texts.append(notes.get(number, ""))
    return numbers


def _with_notes(words: str, numbers: Mapping[int, str], notes: Mapping[int, str]) -> str:
    whole = "\n\n".join((words, *_definitions(numbers, notes))).strip()
    return REFERENCE.sub(lambda found: f"[^{numbers.get(int(found[1]), found[1])}]", whole)


def _definitions(numbers: Mapping[int, str], notes: Mapping[int, str]) -> Iterator[str]:
    for number in numbers:
        lines = notes.get(number, "").split("\n")
        indented = "".join(f"\n    {line}".rstrip(" ") for line in lines[1:])
        yield f"[^{NOTE}{number}]: {lines[0]}{indented}"
