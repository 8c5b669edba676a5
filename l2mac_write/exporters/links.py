"""Which links and images may a book keep? Web and mail addresses, and its own headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from urllib.parse import unquote

from markdown_it.common.normalize_url import validateLink
from markdown_it.token import Token

WEB = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,4})?"
    r"(?:[/?#](?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
    r"(?:#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?)?",
    re.IGNORECASE,
)
MAIL = re.compile(r"mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

LOOKS_LIKE_ADDRESS = re.compile(r"[./#@]|^(?:https?|mailto):", re.IGNORECASE)


def is_address(url: str) -> bool:
    """`[Thunder]: Boom` is a line of a play, which no reader may miss, and not a link."""
    return bool(LOOKS_LIKE_ADDRESS.search(url)) and validateLink(url)


def made_safe(tokens: Iterable[Token]) -> None:
    """Every other link loses its address, every image becomes its description."""
    every = list(tokens)
    headings = frozenset(str(t.attrs["id"]) for t in every if "id" in t.attrs)
    for token in every:
        if token.children:
            token.children = list(_safe(token.children, headings))


def _safe(children: Iterable[Token], headings: AbstractSet[str]) -> Iterable[Token]:
    dropped = False
    for child in children:
        if child.type == "image":
            yield Token("text", "", 0, content=_description(child))
        elif child.type == "link_open" and not _may_stay(str(child.attrs["href"]), headings):
            dropped = True
        elif child.type == "link_close" and dropped:
            dropped = False
        else:
            yield child


def _description(image: Token) -> str:
    return "".join(child.content for child in image.children or ())


def _may_stay(address: str, headings: AbstractSet[str]) -> bool:
    if address.startswith("#"):
        return unquote(address[1:]) in headings
    return bool(WEB.fullmatch(address) or MAIL.fullmatch(address))
