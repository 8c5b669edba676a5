"""On which pages does a book speak of what its glossary and index list?

A headword says in which chapters to look; the words of those chapters are marked wherever they
name it, and the printer turns the marks into page numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from l2mac_write.book import Headword, Section
from l2mac_write.exporters.typst_text import escaped


@dataclass(frozen=True, slots=True)
class Mentions:
    """What is looked for, each under a number, and in which chapters it was `found` so far."""

    names: Sequence[Headword]
    found: set[tuple[int, int]] = field(default_factory=set)

    def writer(self, chapter: int) -> Callable[[str], str]:
        """Writes a text of that chapter, with a mark before each headword that it names."""
        sought = {
            " ".join(word.name.casefold().split()): number
            for number, word in enumerate(self.names)
            if chapter in word.chapters and word.name.strip()
        }
        if not sought:
            return escaped
        longest_first = sorted(map(re.escape, sought), key=len, reverse=True)
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)

        def written(text: str) -> str:
            parts, position = [], 0
            for mention in pattern.finditer(text):
                number = sought.get(mention[0].casefold())
                if number is not None:
                    self.found.add((number, chapter))
                    parts += [escaped(text[position : mention.start()]), f"#mention({number});"]
                    position = mention.start()
            return "".join((*parts, escaped(text[position:])))

        return written

    def places(self, word: Headword, chapters: Mapping[int, str]) -> tuple[str, ...]:
        """The labels to turn to: its marks, and the chapters that speak of it in other words."""
        number = self.names.index(word)
        named = {c for c in word.chapters if (number, c) in self.found}
        others = [chapters[c] for c in word.chapters if c not in named]
        return (*((f"mention:{number}",) if named else ()), *others)


def mentions(sections: Iterable[Section]) -> Mentions:
    return Mentions([word for section in sections for word in section.headwords])
