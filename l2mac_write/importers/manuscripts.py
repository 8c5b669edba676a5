"""Texts that belong to no project: a Markdown file, cut at its chapter headings, or a folder of them."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from l2mac_write.errors import UsageError
from l2mac_write.text.counting import count_words
from l2mac_write.text.naming import slug
from l2mac_write.text.numbers import CHAPTER_NAME

HEADING = re.compile(r"(?m)^ {0,3}(#{1,6})(?:[ \t]+([^\n]*))?$|^(\S[^\n]*)\n(=+|-{2,})[ \t]*$")
FENCE = re.compile(r"(?m)^ {0,3}(`{3,}|~{3,})")
SAYS_CHAPTER = re.compile(rf"\W*(?:{CHAPTER_NAME})", re.IGNORECASE)
SUFFIXES = frozenset({".md", ".markdown", ".txt"})
LARGEST = 64_000_000
"""Bytes; a book of ten million words has fewer."""
LEAST = 50
"""Words; what is shorter before the first chapter, or below the title of a part, is no chapter."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A chapter of a file: its text stands there from character `start` on.

    `path` is the file's, with the chapter's name after a `#` where the file holds several. What is
    `above` stands before the first chapter, or below the title of a part.
    """

    path: str
    file: str
    title: str
    text: str
    start: int
    above: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    title: str
    start: int
    end: int


def files(root: Path) -> dict[str, str]:
    """What the file holds, or each in that folder by the order of their names, as it is on disk.

    Raises `UsageError` for what is not there, or is not text.
    """
    found = {
        _name(file, root): decoded(file) for file in (_files(root) if root.is_dir() else (root,))
    }
    if not any(text.strip("\ufeff \t\r\n") for text in found.values()):
        raise UsageError(f"`{root}` holds no text.")
    return found


def decoded(file: Path) -> str:
    """What the file holds, character by character. Raises `UsageError` for what is not text."""
    try:
        size = file.stat().st_size
        text = file.read_bytes().decode() if size <= LARGEST else ""
    except OSError as error:
        raise UsageError(f"`{file}` cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"`{file}` is not UTF-8 text. Save it as that first.") from error
    if size > LARGEST:
        raise UsageError(f"`{file}` has more than {LARGEST // 1_000_000} MB. Check it in parts.")
    if "\0" in text:
        raise UsageError(f"`{file}` is not text: there are zero bytes in it.")
    return text


def plain(text: str) -> str:
    """The text without a mark of the byte order, its lines ended as evaluators know them."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def cut(file: str, text: str) -> Iterator[Piece]:
    """The chapters of a text, without their headings; a text without headings is one."""
    return (p for p in pieces(file, text) if not p.above or count_words(p.text) >= LEAST)


def pieces(file: str, text: str, level: int = 0) -> Iterator[Piece]:
    """The same with all that stands above them, however short.

    `level` is that of the chapters' headings, where somebody knows; 0 has it found out.
    """
    headings = [*_headings(text)]
    level = level or _level(headings, text)
    starts = [Heading(0, "", 0, 0), *(h for h in headings if h.level <= level)]
    ends = [*(h.start for h in starts[1:]), len(text)]
    is_one = sum(heading.level == level for heading in headings) <= 1
    names: Counter[str] = Counter()
    for heading, end in zip(starts, ends, strict=True):
        body = text[heading.end : end]
        above = heading.level != level
        names[name := slug(heading.title)] += not above or count_words(body) >= LEAST
        own = f"#{name}-{names[name]}" if names[name] > 1 else f"#{name}"
        start = heading.end + len(body) - len(body.lstrip())
        path = file if is_one or not heading.level else file + own
        yield Piece(path, file, heading.title, body.strip(), start, above)


def headed(text: str) -> tuple[str, str]:
    """The title that the text begins with, and what follows; no title where it begins otherwise."""
    first = next(_headings(text), None)
    if not first or text[: first.start].strip():
        return "", text
    return first.title, text[first.end :]


def _headings(text: str) -> Iterator[Heading]:
    """Those outside of fenced code."""
    fences = [fence.start() for fence in FENCE.finditer(text)]
    for match in HEADING.finditer(text):
        marks, atx, setext, line = match.groups()
        if bisect(fences, match.start()) % 2 == 0:
            level = len(marks) if marks else 1 + line.startswith("-")
            yield Heading(level, (atx or setext or "").strip(" #\t"), *match.span())


def _level(headings: Sequence[Heading], text: str) -> int:
    """The level of the chapters' headings, 0 where there are none.

    It is the first that more than one has. Parts have one above another's, with nothing between.
    """
    levels = Counter(heading.level for heading in headings)
    several = sorted(level for level, count in levels.items() if count > 1)
    for level in several:
        if not _are_parts(level, headings, text):
            return level
    return several[-1] if several else min(levels, default=0)


def _are_parts(level: int, headings: Sequence[Heading], text: str) -> bool:
    """Whether most of them have a deeper heading right below, and do not say that they are chapters."""
    own = [heading for heading in headings if heading.level == level]
    if 2 * sum(bool(SAYS_CHAPTER.match(heading.title)) for heading in own) > len(own):
        return False
    pairs = [(h, below) for h, below in pairwise(headings) if h.level == level]
    bare = [
        h for h, below in pairs if below.level > level and not text[h.end : below.start].strip()
    ]
    return 2 * len(bare) > len(own)


def _files(folder: Path) -> tuple[Path, ...]:
    found = (f for f in folder.rglob("*") if f.suffix.lower() in SUFFIXES and f.is_file())
    seen = (f for f in found if not _is_hidden(f.relative_to(folder)))
    files = tuple(sorted(seen, key=lambda file: (_counted(file.relative_to(folder)), file)))
    if not files:
        raise UsageError(f"`{folder}` holds no Markdown file, and no book of this program.")
    return files


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _counted(path: Path) -> list[tuple[int, int, str]]:
    """As people order names: `2.md` comes before `10.md`."""
    parts = re.split(r"(\d+)", path.as_posix())
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts if p]


def _name(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file != root else file.name
