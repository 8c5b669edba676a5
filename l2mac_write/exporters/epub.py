"""An EPUB 3.3 file, the same bytes for the same manuscript."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from l2mac_write.book import Manuscript, Part
from l2mac_write.exporters.again import again
from l2mac_write.exporters.around import Around, Place
from l2mac_write.exporters.covers import Cover, cover, words_of
from l2mac_write.exporters.frames import Frame
from l2mac_write.exporters.headwords import rows
from l2mac_write.exporters.labels import direction, labels, style, tag
from l2mac_write.exporters.metadata import Entry, entries
from l2mac_write.exporters.packing import Item, Package, Row, packed, page_item
from l2mac_write.exporters.pages import (
    Page,
    around,
    body,
    colophon,
    common,
    has_colophon,
    imprint,
    line,
    outline,
    pages,
    title_of,
)
from l2mac_write.exporters.shelf import FOLDER, Shelf
from l2mac_write.exporters.zipped import squeezed, stored
from l2mac_write.templating import render

COVER_IMAGE = "cover-image"
COLOPHON, IMPRINT = "book-colophon", "imprint"
PART_TYPES = {Part.FRONT: "frontmatter", Part.BODY: "bodymatter", Part.BACK: "backmatter"}


class Epub:
    def export(self, manuscript: Manuscript) -> bytes:
        bound = pages(manuscript)
        items = tuple(_items(manuscript, bound))
        package = Package(
            identifier=manuscript.identifier,
            title=title_of(manuscript),
            author=line(manuscript.author, manuscript.language),
            language=tag(manuscript.language),
            direction=direction(manuscript.language),
            modified=manuscript.modified,
            entries=tuple(_described(manuscript, items)),
            items=items,
            contents=tuple(_contents(manuscript, bound)),
        )
        return packed(package)


def _described(manuscript: Manuscript, items: tuple[Item, ...]) -> Iterator[Entry]:
    return entries(
        manuscript,
        shows_images=any(item.path.startswith(FOLDER) for item in items),
        has_formulas=any("mathml" in item.properties for item in items),
        cover=next((item.id for item in items if COVER_IMAGE in item.properties), ""),
    )


def _items(manuscript: Manuscript, bound: tuple[Page, ...]) -> Iterator[Item]:
    """Everything in the package, its pages in reading order."""
    known = common(manuscript)
    sheet = style("epub", manuscript)
    yield Item("css", "css/book.css", "text/css", squeezed(sheet.encode()))
    front = cover(manuscript)
    if front:
        yield from _cover(front, manuscript)
    yield _item("title-page", render("epub/title.xhtml.j2", **known))
    if printed := imprint(manuscript):
        yield _item(IMPRINT, render("epub/imprint.xhtml.j2", **known, lines=printed))
    yield _nav(manuscript, bound, has_cover=bool(front))
    shelf, rest = Shelf(manuscript), around(manuscript, bound)
    drawn = again(rest, shelf)
    for page in bound:
        yield drawn.page(page, partial(_page, page, bound, rest, shelf))
    if not has_colophon(manuscript):
        lines = colophon(manuscript)
        yield _item(COLOPHON, render("epub/colophon.xhtml.j2", **known, lines=lines))
    for number, (path, media, content) in enumerate(shelf.files(), start=1):
        yield Item(f"image-{number}", path, media, squeezed(content))


def _page(page: Page, bound: tuple[Page, ...], rest: Around, shelf: Shelf) -> Item:
    manuscript = rest.manuscript
    frame = Frame(
        page.id,
        labels(manuscript.language),
        semantics=True,
        address=_address,
        source=lambda image: f"../{shelf.place(image)}",
    )
    markup = body(page, rest, frame)
    markup += rows(
        page, bound, manuscript.language, address=lambda to: f"{to.id}.xhtml", semantics=True
    )
    known, part = common(manuscript), PART_TYPES[page.part]
    return _item(
        page.id,
        render("epub/section.xhtml.j2", **known, page=page, part=part, body=markup),
        *(["mathml"] if "<math " in markup else ()),
    )


def _address(place: Place) -> str:
    anchor = f"#{place.page}-{place.anchor}" if place.anchor else ""
    return f"{place.page}.xhtml{anchor}"


def _cover(front: Cover, manuscript: Manuscript) -> Iterator[Item]:
    words = words_of(manuscript)
    page = render("epub/cover.xhtml.j2", **common(manuscript), image=front.name, words=words)
    yield _item("cover", page)
    yield Item(COVER_IMAGE, front.name, front.media, stored(front.content), (COVER_IMAGE,))


def _nav(manuscript: Manuscript, bound: tuple[Page, ...], *, has_cover: bool) -> Item:
    return _item(
        "contents",
        render(
            "epub/nav.xhtml.j2",
            **common(manuscript),
            outline=outline(bound),
            has_cover=has_cover,
            colophon="" if has_colophon(manuscript) else COLOPHON,
            first=next((p.id for p in bound if p.part is Part.BODY), "title-page"),
        ),
        "nav",
    )


def _contents(manuscript: Manuscript, bound: tuple[Page, ...]) -> Iterator[Row]:
    """The table of contents of older readers: links, and for a part its own beside its pages'."""
    for page, within in outline(bound):
        yield _row(page.id, page.entry, *(_row(inner.id, inner.entry) for inner in within))
    if not has_colophon(manuscript):
        yield _row(COLOPHON, labels(manuscript.language)["colophon"])


def _row(name: str, entry: str, *below: Row) -> Row:
    return Row(f"text/{name}.xhtml", entry, below)


def _item(name: str, page: str, *properties: str) -> Item:
    return page_item(name, squeezed(page.encode()), *properties)
