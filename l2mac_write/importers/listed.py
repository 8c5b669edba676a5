"""A list of the chapters that stands before them: the book makes its own, so it is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from l2mac_write.book import Part, Section
from l2mac_write.importers.unmarked import CONTENTS, ENDS_A_SENTENCE, letters

PAGE = re.compile(r"[\s.…·_]{1,200}(?:\d{1,4}|[ivxlc]{1,7})\\?\Z")
LINE = re.compile(r"\\?\n")
LEAST, MOST = 2, 0.6
"""Lines of such a list, and the share of the chapters that it names."""


def without_contents(sections: Sequence[Section]) -> tuple[Section, ...]:
    """What is left of the text before the first chapter; a section with nothing left goes, too."""
    titles = {letters(section.title) for section in sections} - {""}
    cut = (
        replace(section, markdown=_unlisted(section.markdown, titles))
        if section.part is Part.FRONT
        else section
        for section in sections
    )
    pairs = zip(sections, cut, strict=True)
    return tuple(new for old, new in pairs if new.markdown.strip() or not old.markdown.strip())


def _unlisted(text: str, titles: set[str]) -> str:
    blocks = re.split(r"\n{2,}", text)
    start = next((at for at, block in enumerate(blocks) if CONTENTS.fullmatch(block)), None)
    if start is None:
        return text
    end, lines = start + 1, 0
    while end < len(blocks) and _names_chapters(LINE.split(blocks[end]), titles):
        lines += len(LINE.split(blocks[end]))
        end += 1
    if lines < max(LEAST, MOST * len(titles)):
        return text
    return "\n\n".join((*blocks[:start], *blocks[end:]))


def _names_chapters(lines: Sequence[str], titles: set[str]) -> bool:
    return 2 * sum(_names_one(line, titles) for line in lines) > len(lines)


def _names_one(line: str, titles: set[str]) -> bool:
    """With a number before it, or a page behind it, or without the number that the title has."""
    forms = {letters(line), letters(PAGE.sub("", line))} - {""}
    return not ENDS_A_SENTENCE.search(line) and any(
        form.endswith(title) or title.endswith(form) or form.startswith(title)
        for form in forms
        for title in titles
    )
