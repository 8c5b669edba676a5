"""What models do to a chapter's Markdown out of habit, undone.

They repeat the title, start their headings at any level, fence a chapter in rules, underline a
sentence so that it turns into a heading, and draw scene breaks in a dozen ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from markdown_it.token import Token

from l2mac_write.book import Section
from l2mac_write.exporters.titles import says_title
from l2mac_write.text.naming import slug

Block: TypeAlias = tuple[Token, ...]
TOP = 2
DEEPEST = 6
ORNAMENT = re.compile(r"(?:[*•·~⁂◆❖✦✻☙❦§#]\s*){1,9}")
SENTENCE_END = re.compile(r"[.!?…,;:][\"'”’»)*_]*$")
EMPHASES = ({"strong_open", "strong_close"}, {"em_open", "em_close"})
LONG_HEADING = 100
OURS = re.compile(r"title|(?:note|ref)-\d+(?:-\d+)?")
"""Names that every page gives to its own title and notes."""


def undone(blocks: Sequence[Block], section: Section) -> Sequence[Block]:
    """The section's blocks with one title, which is not among them, and headings below it."""
    steps: tuple[Callable[[Sequence[Block]], Sequence[Block]], ...] = (
        _underlined_sentences_are_text,
        _ornaments_are_scene_breaks,
        lambda blocks: _without_title(blocks, section),
        _rules_only_between_text,
        _headings_without_jumps,
    )
    for step in steps:
        blocks = step(blocks)
    return blocks


def is_heading(block: Block) -> bool:
    return block[0].type == "heading_open"


def is_rule(block: Block) -> bool:
    return block[0].type == "hr"


def _underlined_sentences_are_text(blocks: Sequence[Block]) -> list[Block]:
    """A rule drawn right under a sentence makes Markdown take the sentence for a heading."""
    mended: list[Block] = []
    for block in blocks:
        if is_heading(block) and block[0].markup == "-" and _is_prose(block[1].content):
            mended += _as_text_and_rule(block)
        else:
            mended.append(block)
    return mended


def _is_prose(words: str) -> bool:
    return len(words) > LONG_HEADING or "\n" in words or bool(SENTENCE_END.search(words))


def _as_text_and_rule(block: Block) -> tuple[Block, Block]:
    start, end = block[0].map or (0, 0)
    opening = Token("paragraph_open", "p", 1, map=[start, end - 1], block=True)
    return (opening, block[1], Token("paragraph_close", "p", -1, block=True)), _rule(end - 1)


def _rule(line: int) -> Block:
    return (Token("hr", "hr", 0, map=[line, line + 1], markup="***", block=True),)


def _ornaments_are_scene_breaks(blocks: Sequence[Block]) -> list[Block]:
    return [_rule((b[0].map or [0])[0]) if _is_ornament(b) else b for b in blocks]


def _is_ornament(block: Block) -> bool:
    match block[0].type:
        case "paragraph_open":
            return bool(ORNAMENT.fullmatch(plain(block)))
        case "heading_open":
            return not block[1].content.strip() or bool(ORNAMENT.fullmatch(plain(block)))
        case "bullet_list_open":
            return not any(token.content.strip() for token in block)
    return False


def _without_title(blocks: Sequence[Block], section: Section) -> Sequence[Block]:
    """The first lines may say the title, even in two parts: `# Chapter 3`, `## The Storm`."""
    kept = 0
    while kept < len(blocks) and (is_rule(blocks[kept]) or _is_title(blocks[kept], section)):
        kept += 1
    return blocks[kept:]


def _is_title(block: Block, section: Section) -> bool:
    if block[0].type not in {"heading_open", "paragraph_open"}:
        return False
    return says_title(plain(block), section, in_heading=is_heading(block) or _is_bold(block))


def _is_bold(block: Block) -> bool:
    children = block[1].children or ()
    return len(children) > 1 and {children[0].type, children[-1].type} in EMPHASES


def _rules_only_between_text(blocks: Sequence[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        if is_heading(block) and kept and is_rule(kept[-1]):
            kept.pop()
        if not is_rule(block) or (kept and not is_rule(kept[-1]) and not is_heading(kept[-1])):
            kept.append(block)
    return kept[:-1] if kept and is_rule(kept[-1]) else kept


def _headings_without_jumps(blocks: Sequence[Block]) -> Sequence[Block]:
    levels: list[int] = []
    ids: set[str] = set()
    for block in filter(is_heading, blocks):
        levels = [level for level in levels if level < int(block[0].tag[1])]
        levels.append(int(block[0].tag[1]))
        block[0].tag = block[-1].tag = f"h{min(TOP + len(levels) - 1, DEEPEST)}"
        named = spared(str(block[0].attrs.get("id", "")) or plain(block))
        block[0].attrs["id"] = unused(named, ids)
        ids.add(str(block[0].attrs["id"]))
    return blocks


def spared(words: str) -> str:
    """A name for these words that is none of ours."""
    named = slug(words)
    return f"on-{named}" if OURS.fullmatch(named) else named


def unused(name: str, used: Iterable[str]) -> str:
    taken, count = frozenset(used), 1
    candidate = name
    while candidate in taken:
        count += 1
        candidate = f"{name}-{count}"
    return candidate


def plain(block: Block) -> str:
    """The words of a paragraph or heading, without its markup."""
    return "".join(_words(child) for child in block[1].children or ()).strip()


def _words(child: Token) -> str:
    return "\n" if child.type in {"softbreak", "hardbreak"} else child.content
