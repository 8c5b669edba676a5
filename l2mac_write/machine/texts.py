"""Parts of a text: its first and last words, lines and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l2mac_write.errors import NoSuchFile
from l2mac_write.items import FRAME, tokens
from l2mac_write.ports import FileStore
from l2mac_write.text.languages import is_unspaced, scaled

LONGEST_SENTENCE = 400
SENTENCE_END = re.compile(r"([.!?…]+)[\"'”’»)]*(?=\s|\Z)|([。！？])[”’」』）]*")
TITLE = re.compile(r"\b[A-Z]\w{0,2}\Z")


def text_of(store: FileStore, path: str, *, by: str = "") -> str:
    """What the file holds; empty while there is no such file."""
    try:
        return store.read(path, by=by)
    except NoSuchFile:
        return ""


def beginning(text: str, words: int, language: str) -> str:
    """So many words from the first on, in languages without spaces the characters of as many."""
    if is_unspaced(language):
        return text[: scaled(words, language)]
    return " ".join(text.split(" ", words)[:words])


def first_lines(text: str, room: int) -> str:
    """The whole lines from the first on that take so many tokens as an item of a window."""
    if tokens(text) <= room:
        return text
    return text.encode()[: max(0, room - FRAME) * 4].decode(errors="ignore").rpartition("\n")[0]


def ending(text: str, words: int, language: str) -> str:
    """The last so many words, from the beginning of a paragraph where there is one."""
    if is_unspaced(language):
        end = text[-scaled(words, language) :]
    else:
        end = " ".join(text.rsplit(" ", words)[-words:])
    return end if end == text else end.partition("\n\n")[2] or end


def first_sentences(text: str, most: int) -> str:
    """As many whole ones as so many bytes hold, but one at least; a line where none ends."""
    if len(text.encode()) <= most:
        return text
    start = text[: max(most, LONGEST_SENTENCE)]
    ends = [*sentence_ends(start)]
    fitting = [end for end in ends if len(start[:end].encode()) <= most]
    return start[: max(fitting, default=ends[0])] if ends else start.partition("\n")[0]


def sentence_ends(text: str) -> Iterator[int]:
    """Behind the signs that close each sentence.

    A short word with a capital before the full stop is taken for a title, such as `Dr.`.
    """
    return (end.end() for end in SENTENCE_END.finditer(text) if not _is_title(text, end))


def _is_title(text: str, end: re.Match[str]) -> bool:
    return end[1] == "." and bool(TITLE.search(text[: end.start()]))
