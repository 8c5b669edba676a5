"""Which links and images may a book keep? Web and mail addresses, its own places, its own images."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markdown_it.common.normalize_url import validateLink
from markdown_it.token import Token

from l2mac_write.book import Section
from l2mac_write.exporters.around import Around, Image, Place, only_letters
from l2mac_write.exporters.formulas import told_apart

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


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets pass what a section may keep: `around` is the rest of its book, where that is known."""

    section: Section
    anchors: Mapping[str, str]
    around: Around | None

    def let_pass(self, tokens: Iterable[Token]) -> None:
        """Every other link loses its address, every other image becomes its description."""
        for token in tokens:
            if token.children:
                token.children = [*self._safe([*told_apart(token.children)])]

    def link(self, address: str) -> Place | str | None:
        """A place in the book, an address outside of it, or None for what may not stay."""
        if WEB.fullmatch(address) or MAIL.fullmatch(address):
            return address
        own = self.anchors.get(only_letters(address[1:])) if address.startswith("#") else ""
        if own:
            return Place("", own)
        found = self.around.place(address, self.section.path) if self.around else None
        if self.around and not found:
            self._warn(f"the link to `{_short(address)}` leads nowhere; its words stay.")
        if found and found.near:
            self._warn(f"`{_short(address)}` names no heading; the link leads to its chapter.")
        return found

    def image(self, address: str) -> Image | None:
        if not self.around:
            return None
        found = self.around.image(address, self.section.path)
        if isinstance(found, str):
            self._warn(f"the image `{_short(address)}`: {found}; its description takes its place.")
            return None
        return found

    def _safe(self, children: Iterable[Token]) -> Iterator[Token]:
        dropped = False
        for child in children:
            if child.type == "image":
                yield self._shown(child)
                continue
            if child.type == "link_open":
                dropped = not self._leads_somewhere(child)
            if not (dropped and child.type in {"link_open", "link_close"}):
                yield child

    def _leads_somewhere(self, link: Token) -> bool:
        """Whether it may stay; a place in the book is then known."""
        place = self.link(str(link.attrs["href"]))
        if isinstance(place, Place):
            link.meta = {"place": place}
            link.attrs["href"] = link.attrs["href"] if place.page else f"#{place.anchor}"
        return place is not None

    def _shown(self, token: Token) -> Token:
        """Whoever knows no images finds its description as the token's content."""
        words = "".join(child.content for child in token.children or ())
        image = self.image(str(token.attrs["src"]))
        if not image:
            return Token("text", "", 0, content=words)
        return token.copy(content=words, meta={"image": image})

    def _warn(self, what: str) -> None:
        if self.around:
            self.around.warn(self.section, what)


def _short(address: str) -> str:
    return address if len(address) <= 80 else f"{address[:77]}…"  # noqa: PLR2004 (a line)
