"""Whose words a block quotation holds: their source stands apart below them, as in print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from l2mac_write.exporters.habits import Block

DASH = re.compile(r"[—–―]|--(?!-)")
LONGEST = 90
BREAKS = frozenset({"softbreak", "hardbreak"})
EPIGRAPH, SOURCE = "epigraph", "source"
WITH_A_PARAGRAPH = 5
"""Tokens: the quotation's two around the three of a paragraph."""


def attributed(blocks: Sequence[Block]) -> list[Block]:
    """The same; a quotation with a source that opens a chapter is its epigraph."""
    told = [_attributed(block) if block[0].type == "blockquote_open" else block for block in blocks]
    if told and any(token.attrs.get("class") == SOURCE for token in told[0]):
        told[0][0].attrs.setdefault("class", EPIGRAPH)
    return told


def _attributed(block: Block) -> Block:
    """Where more than the last line begins with a dash, people are speaking."""
    if len(block) < WITH_A_PARAGRAPH or block[-4].type != "paragraph_open":
        return block
    *before, opening, words, closing, end = block
    quoted, source = _parted(words.children or ())
    if not source or not (quoted or before[1:]) or sum(map(_dashes, block)) > 1:
        return block
    text = (opening, _inline(quoted), closing) if quoted else ()
    apart = (opening.copy(attrs={"class": SOURCE}), _inline(source), closing)
    return (*before, *text, *apart, end)


def _parted(children: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """The words, and the last line where it says whose they are."""
    cut = max((at for at, child in enumerate(children) if child.type in BREAKS), default=-1)
    last = children[cut + 1 :]
    said = "".join(child.content for child in last)
    is_whole = sum(child.nesting for child in last) == 0
    if is_whole and DASH.match(said) and len(said) <= LONGEST:
        return children[: max(cut, 0)], last
    return children, ()


def _dashes(token: Token) -> int:
    """How many of its lines begin with one."""
    count, begins = 0, True
    for child in token.children or ():
        count += begins and bool(DASH.match(child.content))
        begins = child.type in BREAKS or (begins and not child.content)
    return count


def _inline(children: Sequence[Token]) -> Token:
    words = "".join(child.content for child in children)
    return Token("inline", "", 0, content=words, children=[*children], block=True)
