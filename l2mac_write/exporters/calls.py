"""`> [!NOTE]`: what calls for the reader's attention, under a label in the language of the book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markdown_it.token import Token

from l2mac_write.exporters.habits import Block

KINDS = {
    "note": "note", "info": "note", "tip": "tip", "hint": "tip", "important": "important",
    "warning": "warning", "caution": "caution", "danger": "caution",
}  # fmt: skip
"""What may stand in the brackets, and which label that is."""
CALL = re.compile(r"\[!(\w+)\][+-]?[ \t]*")
CALLED = "call"


def labelled(block: Block, labels: Mapping[str, str]) -> Block:
    if "blockquote_open" not in {token.type for token in block}:
        return block
    return tuple(_labelled(block, labels))


def _labelled(block: Block, labels: Mapping[str, str]) -> Iterator[Token]:
    unsaid: tuple[Token, ...] = ()
    for at, token in enumerate(block):
        paragraph = block[at + 1 : at + 4]
        calls = token.type == "blockquote_open" and paragraph[0].type == "paragraph_open"
        kind = _kind(paragraph[1]) if calls else ""
        if not any(token is one for one in unsaid):
            yield token
        if kind:
            token.attrs["class"] = CALLED
            unsaid = () if paragraph[1].children else paragraph
            yield from _label(labels[f"call-{kind}"])


def _kind(words: Token) -> str:
    """What the quotation calls itself, in words that it then no longer has."""
    children = words.children or []
    found = CALL.match(children[0].content) if children and children[0].type == "text" else None
    kind = KINDS.get(found[1].lower(), "") if found else ""
    if found and kind:
        children[0].content = children[0].content[found.end() :]
        if not children[0].content:
            del children[:2]  # with the end of its line
    return kind


def _label(words: str) -> Iterator[Token]:
    bold = [
        Token("strong_open", "strong", 1),
        Token("text", "", 0, content=words),
        Token("strong_close", "strong", -1),
    ]
    yield Token("paragraph_open", "p", 1, block=True)
    yield Token("inline", "", 0, content=words, children=bold, block=True)
    yield Token("paragraph_close", "p", -1, block=True)
