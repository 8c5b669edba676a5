"""A text that was typed, not marked up: what its author meant by lines and indents, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import mean

from l2mac_write.importers.escaping import at_start
from l2mac_write.importers.scenes import ORNAMENT, RULE, outside_of_code

BLOCKS = re.compile(r"\n(?:[ \t]*\n)+")
ENDS_A_PARAGRAPH = re.compile(r"[.!?…:;,。！？][\W_]{0,9}\Z|[\"”’»“)*_—–-]\Z")
ITEM = re.compile(r"[-+*•][ \t]|\d{1,3}[.)][ \t]|[|>]|[#=-]{1,6}(?:[ \t]|\Z)|\[\^")
UNDERLINE = re.compile(r"=+|-+")
LINES_IN_A_BLOCK = 8
"""On average; more have no blank lines between their paragraphs."""
ENDING = 0.7
"""Of the lines; where these are less, a paragraph has several."""
VERSE = 50
"""Characters that lines of verse have at most, on average."""
SET_IN = 2


def with_paragraphs(text: str) -> str:
    """The text with a blank line between its paragraphs where each was typed as one line.

    A blank line that was there is wider than that: the author meant more by it.
    """
    return outside_of_code(text, _parted) if _has_a_line_each(text) else text


def from_plain(text: str) -> str:
    """A plain text as the Markdown that shows it: verse in its lines, no paragraph as code or list."""
    text = text.replace("\f", "\n\n").expandtabs(4)
    text = _parted(text) if _has_a_line_each(text) else text
    gaps = [*BLOCKS.findall(text), ""]
    return "".join(
        "\n\n".join(_block(block.split("\n"))) + re.sub(r"[ \t]", "", gap)
        for block, gap in zip(BLOCKS.split(text), gaps, strict=True)
    )


def _has_a_line_each(text: str) -> bool:
    blocks = [block.split("\n") for block in BLOCKS.split(text.strip("\n"))]
    followed = [line.strip() for block in blocks for line in block[:-1] if not ITEM.match(line)]
    ending = sum(bool(ENDS_A_PARAGRAPH.search(line)) for line in followed)
    long = mean(map(len, blocks)) > LINES_IN_A_BLOCK
    return bool(followed) and long and ending >= ENDING * len(followed)


def _parted(text: str) -> str:
    return re.sub(r"\n(?=\n*[^\n])", "\n\n", text)


def _block(lines: Sequence[str]) -> Iterator[str]:
    """The paragraphs of what no blank line parts."""
    if len(lines) > 1 and all(_depth(line) >= SET_IN for line in lines):
        yield _set_in([line.strip() for line in lines])
        return
    if len(lines) == SET_IN and UNDERLINE.fullmatch(lines[1]):
        yield "\n".join(lines)
        return
    starts = [0, *(at for at in range(1, len(lines)) if _begins(lines, at)), len(lines)]
    for start, end in pairwise(starts):
        yield _paragraph([line.strip() for line in lines[start:end]])


def _begins(lines: Sequence[str], at: int) -> bool:
    """Whether a paragraph begins with that line, or an ornament that parts two."""
    sides = (lines[at].strip(), lines[at - 1].strip())
    is_new = _depth(lines[at]) >= SET_IN > _depth(lines[at - 1]) and not ITEM.match(sides[1])
    return is_new or any(ORNAMENT.fullmatch(side) for side in sides)


def _paragraph(lines: Sequence[str]) -> str:
    if len(lines) == 1 and ORNAMENT.fullmatch(lines[0]):
        return RULE
    is_list = sum(bool(ITEM.match(line)) for line in lines) > 1 or lines[0].startswith("#")
    return "\n".join(lines if is_list else [at_start(lines[0]), *lines[1:]])


def _set_in(lines: Sequence[str]) -> str:
    """Short lines are verse, each one as it is; long ones a quotation."""
    if mean(map(len, lines)) <= VERSE:
        return "\\\n".join(lines)
    return "\n".join(f"> {line}" for line in lines)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
