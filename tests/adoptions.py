"""Manuscripts for tests of adopting, and what has become of them."""

from pathlib import Path

from l2mac_write import adopt
from l2mac_write.book import Part, Section
from l2mac_write.exporters import EXPORTERS
from tests.importers.test_round_trip import shown

NOVEL = """\
# The Long Tide

by Ada Quill

Before it all, the sea was a rumour.

## The Ford

It rained.[^1] “Go,” he said, and *went*.

[^1]: As always.

***

> A letter.

## The Mill

See [the ford](#the-ford), and ![a map](map.png).
"""


def manuscript(folder: Path, text=NOVEL, name="novel.md") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8", newline="")
    return file


def adopted(folder: Path, text=NOVEL, name="novel.md", **how):
    return adopt(manuscript(folder, text, name), folder / "book", **how)


def exported(manuscript, kind, folder: Path) -> Path:
    file = folder / f"novel{EXPORTERS[kind].suffix}"
    file.write_bytes(EXPORTERS[kind].export(manuscript))
    return file


def bound(book):
    """What a reader sees of each chapter."""
    return [(chapter.title, shown(chapter)) for chapter in book.manuscript.chapters]


def tokens(book):
    """All that a reader sees of the Markdown that it is exported to."""
    text = book.export("markdown").read_text("utf-8")
    return shown(Section("chapter", Part.BODY, "", "", text))
