"""What an author may say of an element in braces: `{#name}`, `{.smallcaps}`, `{lang=fr}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markdown_it.token import Token

from l2mac_write.exporters.habits import Block, is_heading, spared, unused
from l2mac_write.exporters.labels import TAG

HOLDERS = frozenset({"paragraph_open", "span_open", "blockquote_open", "bullet_list_open"})
ALLOWED = frozenset({"id", "class", "lang", "dir"})
CLASSES = frozenset(
    "smallcaps underline center right left verse letter epigraph source call".split()  # noqa: SIM905
)
DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
OF_A_HEADING = re.compile(r"\s*\{(?=[#.])(?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"]*\"|[\w-]+)|\s)+\}\s*$")
NAME = re.compile(r"#([\w:.-]+)")


def of_headings(blocks: Sequence[Block]) -> Sequence[Block]:
    """`# Words {#name}`: the braces are no words of the heading, and it goes by that name."""
    for block in filter(is_heading, blocks):
        words, children = block[1], block[1].children or []
        said = OF_A_HEADING.search(words.content)
        if said and children and children[-1].type == "text":
            children[-1].content = OF_A_HEADING.sub("", children[-1].content)
            words.content = words.content[: said.start()]
            if name := NAME.search(said[0]):
                block[0].attrs["id"] = name[1]
    return blocks


def settled(tokens: Iterable[Token], taken: Iterable[str]) -> None:
    """Names become ids that nothing else in the section has; what is not allowed goes."""
    used = {*taken}
    for token in (one for outer in tokens for one in (outer, *(outer.children or ()))):
        if token.type in HOLDERS and token.attrs:
            said = {name: str(token.attrs.pop(name)) for name in ALLOWED & token.attrs.keys()}
            token.attrs.update(_settled(said, used))


def _settled(said: Mapping[str, str], used: set[str]) -> Iterator[tuple[str, str]]:
    if "id" in said:
        name = unused(spared(said["id"]), used)
        used.add(name)
        yield "id", name
    if classes := [name for name in said.get("class", "").split() if name in CLASSES]:
        yield "class", " ".join(classes)
    if TAG.fullmatch(said.get("lang", "")):
        yield "lang", said["lang"]
    if said.get("dir") in DIRECTIONS:
        yield "dir", said["dir"]


def markup(token: Token, prefix: str) -> str:
    """As they stand in a tag. No value needs to be escaped."""
    said = {name: str(token.attrs[name]) for name in ALLOWED & token.attrs.keys()}
    if "id" in said:
        said["id"] = f"{prefix}-{said['id']}"
    if "lang" in said:
        said["xml:lang"] = said["lang"]
    if said.get("class") == "call":
        said["role"] = "note"
    return "".join(f' {name}="{value}"' for name, value in sorted(said.items()))
