"""What stands within a paragraph, from runs of marked text to Markdown.

Elsewhere marks may begin and end anywhere, also around a space or in the middle of a word; in
Markdown each must lean on a word, and those that end must be those that began last. A letter that
stands where no mark could lean on it is written as its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from l2mac_write.importers.escaping import at_start, escaped

MARKS = {"strong": "**", "em": "*", "s": "~~"}
BREAK = "\\\n"
EDGE = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """`ready` is Markdown already; a mark is a word of `MARKS`, or `link:` with an address."""

    text: str
    marks: tuple[str, ...] = ()
    ready: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.ready and not self.text.strip()


def markdown(runs: Sequence[Run]) -> str:
    """One paragraph, without spaces around it or around its line breaks."""
    joined = [*_joined(_unmarked_blanks([*_spaced(runs)]))]
    writer = _Writer()
    for at, run in enumerate(joined):
        writer.add(run, joined[at + 1 :])
    writer.close(0)
    lines = writer.out.strip().split(BREAK)
    return BREAK.join(at_start(line.strip()) for line in lines).removesuffix("\\")


class _Writer:
    def __init__(self) -> None:
        self.out = ""
        self.open: list[tuple[str, str]] = []
        self.is_tight = False

    def add(self, run: Run, rest: Sequence[Run]) -> None:
        kept = len([*takewhile(lambda one: one[0] in run.marks, self.open)])
        head, body, tail = _edges(run)
        self.close(kept, before=body or head)
        already = {mark for mark, _ in self.open}
        new = sorted((m for m in run.marks if m not in already), key=lambda m: -_reach(m, rest))
        if new:
            self.out += head
            head = ""
        for mark in new:
            self._begin(mark, body)
        in_link = any(mark.startswith("link:") for mark in run.marks)
        first = f"&#{ord(body[0])};" if self.is_tight and not run.ready else ""
        words = body if run.ready else first + escaped(body[bool(first) :], in_link=in_link)
        self.out += head + words + tail
        self.is_tight = False

    def close(self, kept: int, before: str = "") -> None:
        """Ends what is open, the innermost first; spaces go outside."""
        if len(self.open) <= kept:
            return
        bare = self.out.rstrip(" ")
        room = self.out[len(bare) :]
        self.is_tight = not room and before[:1].isalnum() and not bare[-1:].isalnum()
        self.out = bare
        while len(self.open) > kept:
            self.out += self.open.pop()[1]
        self.out += room

    def _begin(self, mark: str, body: str) -> None:
        if mark.startswith("link:"):
            if self.out.endswith("!"):
                self.out = f"{self.out[:-1]}\\!"
            self.out += "["
            self.open.append((mark, f"]({_address(mark.removeprefix('link:'))})"))
            return
        sign = MARKS[mark]
        if self.out.endswith("*") and not self.out.endswith("\\*"):
            sign = sign.replace("*", "_")
        if self.out[-1:].isalnum() and not body[:1].isalnum():
            self.out = f"{self.out[:-1]}&#{ord(self.out[-1])};"
        self.out += sign
        self.open.append((mark, sign))


def _spaced(runs: Sequence[Run]) -> Iterator[Run]:
    """Spaces as HTML means them: one at most, across runs too."""
    blank = True
    for run in runs:
        if run.ready:
            blank = run.text == BREAK
            yield run
            continue
        text = re.sub(r"[ \t\n\r\f]+", " ", run.text)
        text = text[1:] if blank and text.startswith(" ") else text
        if text:
            blank = text.endswith(" ")
            yield replace(run, text=text)


def _unmarked_blanks(runs: list[Run]) -> list[Run]:
    """A space is emphasized only where the words on both sides are too."""
    for at, run in enumerate(runs):
        if run.is_blank or run.text == BREAK:
            before = runs[at - 1].marks if at else ()
            after = runs[at + 1].marks if at + 1 < len(runs) else ()
            own = before if run.text == BREAK else run.marks
            runs[at] = replace(run, marks=tuple(m for m in own if m in before and m in after))
    return runs


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    for (marks, ready), group in groupby(runs, key=lambda run: (run.marks, run.ready)):
        yield Run("".join(run.text for run in group), marks, ready)


def _edges(run: Run) -> tuple[str, str, str]:
    if run.ready:
        return "", run.text, ""
    found = EDGE.fullmatch(run.text)
    return (found[1], found[2], found[3]) if found else ("", run.text, "")


def _reach(mark: str, rest: Sequence[Run]) -> int:
    """How many of the runs that follow have it too."""
    return len([*takewhile(lambda run: mark in run.marks, rest)])


def _address(url: str) -> str:
    return f"<{url}>" if re.search(r"[\s()]", url) else url
