"""What the program draws in a chapter with raw HTML, kept apart while the rest is cleaned.

It is marked by characters that no text of the book can hold, so that nothing can pass for it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import nh3
from markdown_it.token import Token

OURS, OURS_END = "\ue000", "\ue001"
PUT_ASIDE = re.compile(f"{OURS}(\\d+){OURS_END}")


KINDS = frozenset({"html_inline", "html_block"})
NAMED = re.compile(r"<[a-z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([\w:.-]+)", re.IGNORECASE)


def unmarked(text: str) -> str:
    return text.replace(OURS, "").replace(OURS_END, "")


def set_apart(tokens: Iterable[Token]) -> list[str]:
    """Whoever knows no raw HTML finds its words as the token's content. Gives the names in it."""
    names: list[str] = []
    for token in (one for outer in tokens for one in (outer, *(outer.children or ()))):
        if token.type in KINDS:
            token.meta = {"html": token.content}
            names += NAMED.findall(token.content)
            token.content = html.unescape(nh3.clean(token.content, tags=set()))
    return names


def is_in(tokens: Iterable[Token]) -> bool:
    return any(one.type in KINDS for outer in tokens for one in (outer, *(outer.children or ())))


@dataclass(frozen=True, slots=True)
class Aside:
    kept: list[str] = field(default_factory=list)

    def put(self, markup: str) -> str:
        self.kept.append(markup)
        return f"{OURS}{len(self.kept) - 1}{OURS_END}"

    def again(self, markup: str) -> str:
        return PUT_ASIDE.sub(lambda found: self.kept[int(found[1])], markup)
