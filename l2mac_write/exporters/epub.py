"""An EPUB 3.3 file, the same bytes for the same manuscript.

EbookLib, which only this module knows, packs it and writes package document and NCX. It never
sees a page as HTML: it would rewrite it. What it packed is packed again with fixed dates.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

from ebooklib import epub  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.book import Manuscript, Part
from l2mac_write.exporters.headwords import rows
from l2mac_write.exporters.labels import direction, labels, style, tag
from l2mac_write.exporters.metadata import entries
from l2mac_write.exporters.pages import (
    Page,
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
from l2mac_write.templating import render

XHTML = "application/xhtml+xml"
COLOPHON, IMPRINT = "book-colophon", "imprint"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold
READABLE = 0o100644 << 16
PACKAGE = "EPUB/content.opf"
PART_TYPES = {Part.FRONT: "frontmatter", Part.BODY: "bodymatter", Part.BACK: "backmatter"}


class Epub:
    suffix = ".epub"

    def export(self, manuscript: Manuscript) -> bytes:
        bound = pages(manuscript)
        book = _described(manuscript)
        for item in _items(manuscript, bound):
            book.add_item(item)
            if item.media_type == XHTML:
                book.spine.append(item)
        book.toc = [*_toc(manuscript, bound)]
        return _repacked(_packed(book, manuscript.modified), _package_attributes(manuscript))


def _described(manuscript: Manuscript) -> epub.EpubBook:
    book = epub.EpubBook()
    book.set_identifier(manuscript.identifier)
    book.set_title(title_of(manuscript))
    book.set_language(tag(manuscript.language))
    book.direction = direction(manuscript.language)
    book.spine = []
    if author := line(manuscript.author, manuscript.language):
        book.add_author(author, role="aut")
    for entry in entries(manuscript):
        space = None if entry.is_meta else "DC"
        book.add_metadata(space, entry.name, entry.value, dict(entry.attributes))
    return book


def _items(manuscript: Manuscript, bound: tuple[Page, ...]) -> Iterator[epub.EpubItem]:
    """Everything in the package, its pages in reading order."""
    known = common(manuscript)
    yield epub.EpubNcx()
    sheet = style("epub", manuscript)
    yield epub.EpubItem("css", "css/book.css", "text/css", sheet.encode())
    yield _item("title-page", render("epub/title.xhtml.j2", **known))
    if printed := imprint(manuscript):
        yield _item(IMPRINT, render("epub/imprint.xhtml.j2", **known, lines=printed))
    yield _nav(manuscript, bound)
    for page in bound:
        markup = body(page, manuscript.language, semantics=True) + rows(
            page,
            bound,
            manuscript.language,
            address=lambda to: f"{to.id}.xhtml",
            semantics=True,
        )
        part = PART_TYPES[page.part]
        yield _item(
            page.id, render("epub/section.xhtml.j2", **known, page=page, part=part, body=markup)
        )
    if not has_colophon(manuscript):
        lines = colophon(manuscript)
        yield _item(COLOPHON, render("epub/colophon.xhtml.j2", **known, lines=lines))


def _nav(manuscript: Manuscript, bound: tuple[Page, ...]) -> epub.EpubItem:
    nav = _item(
        "contents",
        render(
            "epub/nav.xhtml.j2",
            **common(manuscript),
            outline=outline(bound),
            colophon="" if has_colophon(manuscript) else COLOPHON,
            first=next((p.id for p in bound if p.part is Part.BODY), "title-page"),
        ),
    )
    nav.properties = ["nav"]
    return nav


def _toc(manuscript: Manuscript, bound: tuple[Page, ...]) -> Iterator[object]:
    """The table of contents of older readers: links, and for a part its own beside its pages'."""
    for page, within in outline(bound):
        own = _link(page.id, page.entry)
        yield (own, [_link(inner.id, inner.entry) for inner in within]) if within else own
    if not has_colophon(manuscript):
        yield _link(COLOPHON, labels(manuscript.language)["colophon"])


def _link(name: str, entry: str) -> epub.Link:
    return epub.Link(f"text/{name}.xhtml", entry, f"toc-{name}")


def _item(name: str, page: str) -> epub.EpubItem:
    return epub.EpubItem(name, f"text/{name}.xhtml", XHTML, page.encode())


def _packed(book: epub.EpubBook, modified: datetime) -> io.BytesIO:
    packed = io.BytesIO()
    moment = modified if modified.tzinfo else modified.replace(tzinfo=UTC)
    options = {
        "epub2_guide": False,
        "epub3_landmark": False,
        "epub3_pages": False,
        "mtime": moment.astimezone(UTC),
        "raise_exceptions": True,
        "compresslevel": 0,
    }
    epub.write_epub(packed, book, options)
    return packed


def _package_attributes(manuscript: Manuscript) -> bytes:
    language, towards = tag(manuscript.language), direction(manuscript.language)
    return f'<package xml:lang="{language}" dir="{towards}" '.encode()


def _repacked(packed: io.BytesIO, package: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.external_attr = READABLE
            stored = name == "mimetype"  # which comes first, as it is
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            content = old.read(name)
            if name == PACKAGE:
                content = content.replace(b"<package ", package, 1)
            new.writestr(entry, content)
    return out.getvalue()
