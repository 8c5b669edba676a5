"""A whole section as Typst markup: its first paragraph, its blocks, and the notes nothing leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from markdown_it.token import Token

from l2mac_write.exporters.galleys import Galley
from l2mac_write.exporters.quotations import EPIGRAPH
from l2mac_write.exporters.tokens import Stream
from l2mac_write.exporters.typst_markup import (
    CLOSINGS,
    OPENINGS,
    apart,
    note_text,
    rendered,
    rendered_one,
    span_open,
)

ENDS_WORD = re.compile(r"[ \n]+")
FIRST_LETTER = re.compile(r"[“‘«„]?(\w)")
INITIAL = re.compile(r"((?:#mention\(\d+\);)?)([“‘«„]?\w)")
LONG_ENOUGH = 220
"""Characters: a shorter paragraph would not fill the lines beside a large initial."""


def fragment(stream: Stream, galley: Galley) -> str:
    """The section's body; each note stands where the text first refers to it."""
    inside = replace(galley, notes={note.number: note for note in stream.notes})
    return "".join(_blocks(stream, inside)) + _left_over(stream, inside)


def _blocks(stream: Stream, galley: Galley) -> Iterable[str]:
    is_opened = False
    for before, block in zip(((), *stream.blocks), stream.blocks, strict=False):
        opens = galley.has_initial and (not before or _is_epigraph(before)) and _is_long(block)
        if is_opened and block[0].type == "paragraph_open":
            yield "#second();"
        yield _opening(block, galley) if opens else rendered(block, galley)
        is_opened = opens


def _is_epigraph(block: Sequence[Token]) -> bool:
    return block[0].attrs.get("class") == EPIGRAPH


def _left_over(stream: Stream, galley: Galley) -> str:
    """Notes that only a note refers to, or nothing at all: no word of the book is lost."""
    children = (c for block in stream.blocks for token in block for c in token.children or ())
    shown = {child.meta["note"] for child in children if child.type == "footnote_ref"}
    lost = (note for note in stream.notes if note.number not in shown)
    return "".join(f"#left-over({note.number})[{note_text(note, galley)}]\n\n" for note in lost)


def _is_long(block: Sequence[Token]) -> bool:
    """A paragraph that begins with a letter that may stand apart: no Arabic one may."""
    children = block[1].children or () if block[0].type == "paragraph_open" else ()
    if block[0].attrs or any(child.type == "hardbreak" for child in children):
        return False
    words = "".join(child.content for child in children)
    first = FIRST_LETTER.match(words)
    return len(words) >= LONG_ENOUGH and first is not None and first[1].lower() != first[1].upper()


def _opening(block: Sequence[Token], galley: Galley) -> str:
    """The words of the first paragraph one by one, for those beside the initial are counted."""
    initial, *words = _initial(_words(block[1].children or (), galley))
    return f"#opening([{initial}], ({', '.join(f'[{word}]' for word in words)},))\n\n"


def _initial(words: Sequence[str]) -> Sequence[str]:
    """The first letter, and the words without it; a mark for the index stays with its word."""
    found = INITIAL.match(words[0])
    return (found[2], found[1] + words[0][found.end() :], *words[1:]) if found else ("", *words)


def _words(children: Sequence[Token], galley: Galley) -> Sequence[str]:
    words, wrapped = [""], [""]
    for child in apart(children):
        if child.type in OPENINGS or child.type == "span_open":
            wrapped.append(OPENINGS.get(child.type) or span_open(child, galley))
        elif child.type in CLOSINGS or child.type == "span_close":
            wrapped.pop()
        elif child.type in {"text", "softbreak"}:
            first, *others = ENDS_WORD.split(child.content or " ")
            words[-1] += _wrapped(first, wrapped, galley)
            words += [_wrapped(word, wrapped, galley) for word in others]
        else:
            words[-1] += rendered_one(child, galley)
    return words


def _wrapped(word: str, wrapped: Sequence[str], galley: Galley) -> str:
    if not word:
        return ""
    return "".join(wrapped) + galley.written(word) + "]" * (len(wrapped) - 1)
