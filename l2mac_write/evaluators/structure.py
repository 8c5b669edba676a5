"""Does the text have the shape of a chapter: prose, without a title of its own?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l2mac_write.evaluators.passages import (
    Passage,
    cut,
    excerpt,
    fences,
    paragraphs,
    without_code,
)
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.text.counting import count_words
from l2mac_write.text.languages import scaled, unit
from l2mac_write.text.numbers import CHAPTER, CHINESE_TITLE, WORDS

HEADING = re.compile(r"(?m)^ {0,3}(#{1,6})(?:[ \t]+([^\n]*)|$)")
SETEXT = re.compile(r"[^\n]+\n(?:={2,}|-{2,})[ \t]*(?=\n|\Z)")
BOLD = re.compile(r"(\*\*|__)[^*_\n]+\1")
MARKS = re.compile(r"[*_#\s]+")
NUMBER = (
    r"(?:\d{1,3}|[ivxlc]{1,7}"
    r"|(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty[- ]?)?"
    r"(?:one|two|three|four|five|six|seven|eight|nine)"
    r"|(?:ten|eleven|twelve)|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif)ty)"
)
TITLE = re.compile(
    rf"(?i){CHAPTER}[ ](?:{NUMBER}|{WORDS})(?:[ ]?[-:.–—(][^\n]*)?"
    rf"|{CHINESE_TITLE}"
)
LINE = 160
"""A longer line is no heading."""
ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+\S")
RULE = re.compile(r"[-*_ \t]+")
OUTLINE = 4
"""Fewer list items than this are a list, not an outline."""
WALL = 600


def judge(work: Work) -> tuple[Finding, ...]:
    plain = without_code(work.text)
    blocks = list(paragraphs(plain))
    return (
        *titles(work, blocks),
        *jumps(work, plain),
        *open_fences(work),
        *_outline(work, blocks),
        *wall(work, blocks),
    )


def titles(work: Work, blocks: Sequence[Passage]) -> Iterator[Finding]:
    for number, block in enumerate(blocks):
        heading = _heading(block)
        if heading and _is_title(heading.text, work.title, is_first=number == 0):
            yield Finding(
                code="DOC-STRUCT",
                severity=Severity.ADVISE,
                path=work.path,
                message="The text carries a title of its own; the book sets the title above it.",
                quote=excerpt(work.text[heading.start : heading.end]),
                hint="Begin with the first sentence of the text itself.",
                mend=cut(work.text, heading.start, heading.end),
            )


def _heading(block: Passage) -> Passage | None:
    """The line at the head of a paragraph, if it stands alone or is marked as a heading."""
    setext = SETEXT.match(block.text)
    head = setext.group() if setext else block.text.split("\n", maxsplit=1)[0]
    stands_alone = head == block.text or setext or HEADING.match(head)
    if len(head) > LINE or not stands_alone:
        return None
    return Passage(block.start, block.start + len(head), head)


def _is_title(head: str, title: str, *, is_first: bool) -> bool:
    line = _plain(head.split("\n", maxsplit=1)[0])
    if TITLE.fullmatch(line):
        return True
    own = _plain(title).casefold()
    if not is_first or not _is_marked(head):
        return is_first and bool(own) and line.casefold() == own
    return head.startswith("# ") or (bool(own) and line.casefold().endswith(own))


def _is_marked(head: str) -> bool:
    return bool(HEADING.match(head) or SETEXT.match(head) or BOLD.fullmatch(head))


def _plain(line: str) -> str:
    return MARKS.sub(" ", line).strip()


def jumps(work: Work, plain: str) -> Iterator[Finding]:
    level = 0
    for heading in HEADING.finditer(plain):
        depth = len(heading[1])
        if level and depth > level + 1:
            yield Finding(
                code="DOC-STRUCT",
                severity=Severity.ADVISE,
                path=work.path,
                message=f"A heading of level {depth} follows one of level {level}.",
                quote=excerpt(work.text[heading.start() : heading.end()]),
                hint=f"Make it a heading of level {level + 1}.",
            )
        level = depth


def open_fences(work: Work) -> Iterator[Finding]:
    marks = fences(work.text)
    if len(marks) % 2:
        last = marks[-1]
        at_the_end = not work.text[last.end() :].strip()
        yield Finding(
            code="DOC-STRUCT",
            severity=Severity.REVISE,
            path=work.path,
            message="A code fence is opened and never closed.",
            quote=excerpt(last.group()),
            hint="Close it, or remove it if the text holds no code.",
            mend=cut(work.text, last.start(), last.end()) if at_the_end else None,
        )


def _outline(work: Work, blocks: Sequence[Passage]) -> Iterator[Finding]:
    lines = [line for block in blocks for line in _units(block.text)]
    items = [line for line in lines if ITEM.match(line)]
    if len(items) >= OUTLINE and len(items) * 2 > len(lines):
        yield Finding(
            code="DOC-STRUCT",
            severity=Severity.REVISE,
            path=work.path,
            message="Most of the text is a list; running prose was asked for.",
            quote=excerpt(items[0]),
            hint="Write out in full paragraphs what the list only names.",
        )


def _units(block: str) -> list[str]:
    """A list counts item by item, a paragraph as one, a rule not at all."""
    if RULE.fullmatch(block):
        return []
    lines = block.split("\n")
    return lines if any(ITEM.match(line) for line in lines) else [block]


def wall(work: Work, blocks: Sequence[Passage]) -> Iterator[Finding]:
    counts = [count_words(block.text) for block in blocks]
    longest = max(counts, default=0)
    if longest > scaled(WALL, work.language) and longest * 2 > sum(counts):
        yield Finding(
            code="DOC-STRUCT",
            severity=Severity.ADVISE,
            path=work.path,
            message=f"One paragraph holds {longest:,} {unit(work.language)}, most of the text.",
            quote=excerpt(
                work.text[blocks[counts.index(longest)].start : blocks[counts.index(longest)].end]
            ),
            hint="Begin a new paragraph where speaker, place or thought changes.",
        )
