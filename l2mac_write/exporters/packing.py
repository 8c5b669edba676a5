"""The package of an EPUB: its description, its table of contents for old readers, its zip.

EbookLib, which only this module knows, writes package document and NCX. It never sees a page: it
would rewrite it. What stands in the zip is written here, with fixed dates and in order.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ebooklib import epub  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.exporters.metadata import Entry
from l2mac_write.exporters.zipped import Squeezed, archive, squeezed, stored

XHTML = "application/xhtml+xml"
PACKAGE = "EPUB/content.opf"
PLACEHOLDER = b"-"
"""What EbookLib gets instead of a page."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the package; those that are XHTML are its pages, in reading order."""

    id: str
    path: str
    media: str
    content: Squeezed
    properties: tuple[str, ...] = ()


def page_item(name: str, content: Squeezed, *properties: str) -> Item:
    return Item(name, f"text/{name}.xhtml", XHTML, content, properties)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of contents, with those below it."""

    path: str
    words: str
    below: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    identifier: str
    title: str
    author: str
    language: str
    direction: str
    modified: datetime
    entries: Sequence[Entry]
    items: Sequence[Item]
    contents: Sequence[Row]


def packed(package: Package) -> bytes:
    files = {f"EPUB/{item.path}": item.content for item in package.items}
    return archive(_entries(package, files))


def _entries(package: Package, files: dict[str, Squeezed]) -> Iterator[tuple[str, Squeezed]]:
    with zipfile.ZipFile(_written(package)) as skeleton:
        for name in skeleton.namelist():
            if name in files:
                yield name, files[name]
            elif name == "mimetype":  # which comes first, as it is
                yield name, stored(skeleton.read(name))
            else:
                yield name, squeezed(_mended(name, skeleton.read(name), package))


def _mended(name: str, content: bytes, package: Package) -> bytes:
    """EbookLib gives the package no language of its own."""
    said = f'<package xml:lang="{package.language}" dir="{package.direction}" '
    return content.replace(b"<package ", said.encode(), 1) if name == PACKAGE else content


def _written(package: Package) -> io.BytesIO:
    written = io.BytesIO()
    moment = package.modified
    options = {
        "epub2_guide": False,
        "epub3_landmark": False,
        "epub3_pages": False,
        "mtime": (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC),
        "raise_exceptions": True,
        "compresslevel": 0,
    }
    epub.write_epub(written, _described(package), options)
    return written


def _described(package: Package) -> epub.EpubBook:
    book = epub.EpubBook()
    book.set_identifier(package.identifier)
    book.set_title(package.title)
    book.set_language(package.language)
    book.direction = package.direction
    if package.author:
        book.add_author(package.author, role="aut")
    for entry in package.entries:
        space = None if entry.is_meta else "DC"
        book.add_metadata(space, entry.name, entry.value, dict(entry.attributes))
    book.add_item(epub.EpubNcx())
    items = [(item, _item(item)) for item in package.items]
    for _, made in items:
        book.add_item(made)
    book.spine = [made for item, made in items if item.media == XHTML]
    book.toc = [_row(row) for row in package.contents]
    return book


def _item(item: Item) -> epub.EpubItem:
    made = epub.EpubItem(item.id, item.path, item.media, PLACEHOLDER)
    made.properties = [*item.properties]
    return made


def _row(row: Row) -> object:
    name = row.path.rpartition("/")[2].partition(".")[0]
    link = epub.Link(row.path, row.words, f"toc-{name}")
    return (link, [_row(inner) for inner in row.below]) if row.below else link
