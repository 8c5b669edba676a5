"""Manuscripts of Markdown or plain text as authors have them, read for what is meant by their lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from l2mac_write.importers import gutenberg, marginalia, markdown
from l2mac_write.importers.imported import Imported, told
from l2mac_write.importers.manuscripts import plain
from l2mac_write.importers.typed import from_plain, with_paragraphs

PLAIN = ".txt"
FRAME_LEFT_OUT = (
    "What Project Gutenberg put around it was left out: its head, its licence, and marks for"
    " pictures that are not there."
)
HEAD = re.compile(
    r"\A(?=(?:.*\n)*?(?:Title|Author):)(?:[A-Z][\w ]{1,40}:[ \t]+\S[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+(?=\s*\n)"
)
LINE = re.compile(r"(?m)^(Title|Author|Language|Description|Publisher):[ \t]+(.+)$")


@dataclass(frozen=True, slots=True)
class Read:
    """A text as Markdown, with what it says of itself."""

    text: str
    said: Mapping[str, str]
    is_framed: bool = False
    changes: int = 0
    comments: int = 0


def read(texts: Mapping[str, str], level: int = 0) -> Imported:
    every = {name: _one(name, plain(text)) for name, text in texts.items()}
    found = markdown.read({name: one.text for name, one in every.items()}, level)
    said = {key: value for one in reversed(every.values()) for key, value in one.said.items()}
    typed = any(PurePosixPath(name).suffix.lower() == PLAIN for name in texts)
    sections = found.sections
    if typed:
        sections = tuple(replace(s, markdown=gutenberg.with_notes(s.markdown)) for s in sections)
    changes = sum(one.changes for one in every.values())
    comments = sum(one.comments for one in every.values())
    framed = (FRAME_LEFT_OUT,) if any(one.is_framed for one in every.values()) else ()
    remarks = (*framed, *told(changes=changes, comments=comments))
    return Imported(sections, {**found.said, **said}, found.images, (*found.remarks, *remarks))


def _one(name: str, text: str) -> Read:
    if PurePosixPath(name).suffix.lower() == PLAIN:
        said, book = gutenberg.unframed(text)
        return Read(from_plain(book), said, book != text)
    head = HEAD.match(text)
    said = {key.lower(): value.strip() for key, value in LINE.findall(head[0])} if head else {}
    text, changes, comments = marginalia.taken(text[head.end() :] if head else text)
    return Read(with_paragraphs(text), said, changes=changes, comments=comments)
