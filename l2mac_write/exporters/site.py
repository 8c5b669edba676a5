"""A book as a folder of pages, one for each section, to be read from the web or from a disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from l2mac_write.book import Manuscript
from l2mac_write.exporters import searchable
from l2mac_write.exporters.around import Place
from l2mac_write.exporters.browser import alone, assets, in_folder, styled
from l2mac_write.exporters.covers import cover
from l2mac_write.exporters.headwords import rows
from l2mac_write.exporters.html import said, section, text, whole
from l2mac_write.exporters.labels import style
from l2mac_write.exporters.linked import linked
from l2mac_write.exporters.pages import Page, around, outline, pages
from l2mac_write.exporters.shelf import Shelf
from l2mac_write.templating import render

HOME, WHOLE, MISSING = "index", "whole", "404"
WORDS = "assets/words.js"
NEAR = 40
"""So many entries the side bar shows before and after the current one: pages of a long book stay small."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A section's page. `searched` is what the search reads of it, `ahead` what comes before it.

    `above` is the part that it belongs to, without which its heading would skip a level.
    """

    page: Page
    address: str
    markup: Markup
    searched: bytes
    ahead: int
    above: Page | None = None

    @property
    def title(self) -> str:
        return _title(self.page)

    @property
    def size(self) -> int:
        return len(self.searched)


class Site:
    def files(self, manuscript: Manuscript) -> Mapping[str, bytes]:
        bound = pages(manuscript)
        rest, shelf, front = around(manuscript, bound), Shelf(manuscript), cover(manuscript)
        texts = [text(page, rest, shelf.place, _place) for page in bound]
        leaves = _leaves(manuscript, bound, texts)
        known = _at(said(manuscript, cover=front.name if front else ""))
        book = {**known, **in_folder("theme", "load"), "searched": WORDS}
        css = style("html", manuscript)
        return {
            f"{HOME}.html": _home(manuscript, bound, book),
            **{leaf.address: drawn for leaf, drawn in _drawn(leaves, book)},
            f"{WHOLE}.html": whole(_at(known, f"{WHOLE}.html"), rest, bound, texts),
            f"{MISSING}.html": _missing(book, css),
            WORDS: searchable.script(leaf.searched for leaf in leaves),
            **_map(manuscript, leaves),
            **assets(css),
            **{path: content for path, _, content in shelf.files()},
            **({front.name: front.content} if front else {}),
        }


def _at(book: Mapping[str, object], address: str = "") -> Mapping[str, object]:
    """What that page of the book may say, where it is known at which address the book will be."""
    url, cover = book["url"], book["cover"]
    return {**book, "url": url and f"{url}{address}", "shown": url and cover and f"{url}{cover}"}


def _map(manuscript: Manuscript, leaves: Sequence[Leaf]) -> Mapping[str, bytes]:
    """For search engines, which take no addresses that are not whole."""
    if not manuscript.edition.url:
        return {}
    addresses = ("", *(leaf.address for leaf in leaves))
    date = f"{manuscript.modified:%Y-%m-%d}"
    url = manuscript.edition.url
    drawn = render("html/sitemap.xml.j2", url=url, addresses=addresses, date=date)
    return {"sitemap.xml": drawn.encode()}


def _address(page: Page, name: str = "") -> str:
    return f"{_file(page.id)}{name and f'#{name}'}"


def _place(place: Place) -> str:
    return f"{_file(place.page)}{place.anchor and f'#{place.page}-{place.anchor}'}"


def _file(page: str) -> str:
    """No id of a section ends in a hyphen: none takes the place of a page of ours."""
    return f"{page}-.html" if page in {HOME, WHOLE, MISSING} else f"{page}.html"


def _leaves(
    manuscript: Manuscript, bound: Sequence[Page], texts: Sequence[Markup]
) -> tuple[Leaf, ...]:
    leaves: list[Leaf] = []
    ahead, part = 0, None
    for page, markup in zip(bound, texts, strict=True):
        looked_up = rows(page, bound, manuscript.language, address=_address)
        full = markup + looked_up if looked_up else markup
        address, paragraphs = _address(page), searchable.texts(full)
        searched = searchable.row(address, page.id, _title(page), paragraphs)
        part = page if page.section.is_part else part
        above = part if page.section.within else None
        leaves.append(Leaf(page, address, full, searched, ahead, above))
        ahead += leaves[-1].size
    return tuple(leaves)


def _title(page: Page) -> str:
    return " ".join(filter(None, (page.label, page.title)))


def _home(manuscript: Manuscript, bound: Sequence[Page], book: Mapping[str, object]) -> bytes:
    return render(
        "html/home.html.j2",
        **book,
        heading="",
        linked=linked(manuscript),
        outline=outline(bound),
        first=_address(bound[0]) if bound else "",
        address=_address,
    ).encode()


def _missing(book: Mapping[str, object], css: str) -> bytes:
    """A server shows it at any address, from which no other file may be found: it needs none."""
    return render("html/missing.html.j2", **{**book, **alone(styled(css))}, heading="").encode()


def _drawn(leaves: Sequence[Leaf], book: Mapping[str, object]) -> Iterator[tuple[Leaf, bytes]]:
    entries = [_entry(leaf) for leaf in leaves]
    total = leaves[-1].ahead + leaves[-1].size if leaves else 0
    for at, leaf in enumerate(leaves):
        near = slice(max(0, at - NEAR), at + NEAR + 1)
        side = Markup().join(
            (*entries[near.start : at], _entry(leaf, current=True), *entries[at + 1 : near.stop])
        )
        drawn = render(
            "html/chapter.html.j2",
            **_at(book, leaf.address),
            heading=leaf.title,
            leaf=leaf,
            address=_address,
            before=leaves[at - 1] if at else None,
            after=leaves[at + 1] if at + 1 < len(leaves) else None,
            section=section(leaf.page, leaf.markup),
            side=side,
            total=total,
        )
        yield leaf, drawn.encode()


def _entry(leaf: Leaf, *, current: bool = False) -> Markup:
    drawn = render("html/entry.html.j2", page=leaf.page, address=leaf.address, current=current)
    return Markup(drawn)  # noqa: S704 (our own file)
