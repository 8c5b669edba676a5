"""Pages that an earlier export has drawn, drawn no second time as long as all they hang on is the same.

A page is what it is by its section, by the edition and the program, which its key tells, and by what
it has asked of the book around it: links and images. The answers are kept with it and asked for anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from l2mac_write import __version__
from l2mac_write.exporters.around import Around
from l2mac_write.exporters.labels import labels
from l2mac_write.exporters.packing import Item, page_item
from l2mac_write.exporters.pages import Page
from l2mac_write.exporters.shelf import Shelf
from l2mac_write.exporters.zipped import Squeezed
from l2mac_write.templating import sources


@dataclass(frozen=True, slots=True)
class Again:
    """`fixed` is what all pages of this export hang on."""

    rest: Around
    shelf: Shelf
    fixed: str

    def page(self, page: Page, draw: Callable[[], Item]) -> Item:
        kept = self.rest.manuscript.kept
        if kept is None or page.section.headwords:
            return draw()
        name, key = f"epub/{page.id}", self._key(page)
        found = _read(kept.get(name), key, page)
        if found and self._is_answered(found):
            for sentence in found.said:
                self.rest.manuscript.warn(sentence)
            return found.item
        self.rest.log.clear()
        item = draw()
        kept.put(name, _written(key, item, self._asked(), self.rest.log.said))
        return item

    def _key(self, page: Page) -> str:
        text = page.section.markdown  # too long to be spelled out
        others = replace(page, section=replace(page.section, markdown=""))
        said = f"{self.fixed}\n{others!r}\n{text}"
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def _asked(self) -> list[list[str]]:
        """Questions with their answers, in order."""
        return [[*question, self._answer(*question)] for question in self.rest.log.asked]

    def _is_answered(self, found: _Found) -> bool:
        return all(
            self._answer(kind, address, path) == said for kind, address, path, said in found.asked
        )

    def _answer(self, kind: str, address: str, path: str) -> str:
        if kind == "link":
            return repr(self.rest.place(address, path))
        image = self.rest.image(address, path)
        return image if isinstance(image, str) else f"{image!r} {self.shelf.place(image)}"


@dataclass(frozen=True, slots=True)
class _Found:
    item: Item
    asked: list[list[str]]
    said: list[str]


def again(rest: Around, shelf: Shelf) -> Again:
    book = rest.manuscript
    words = sorted(labels(book.language).items())
    return Again(
        rest, shelf, repr((book.language, book.kind, words, book.edition.raw_html, _program()))
    )


def _program() -> str:
    """Changes whenever the code or the templates that draw a page do."""
    templates = (file for source in sources() for file in (source / "epub").glob("*"))
    files = [*Path(__file__).parent.glob("*.py"), *templates]
    marks = sorted((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)
    return blake2b(repr((__version__, marks)).encode(), digest_size=8).hexdigest()


def _written(key: str, item: Item, asked: list[list[str]], said: list[str]) -> bytes:
    content = item.content
    head = {
        "key": key,
        "properties": item.properties,
        "size": content.size,
        "checksum": content.checksum,
        "asked": asked,
        "said": said,
    }
    return json.dumps(head).encode() + b"\n" + content.data


def _read(kept: bytes, key: str, page: Page) -> _Found | None:
    """None unless it was drawn from the same."""
    head, _, data = kept.partition(b"\n")
    if not head:
        return None
    told = json.loads(head)
    if told["key"] != key:
        return None
    content = Squeezed(data, told["size"], told["checksum"])
    return _Found(page_item(page.id, content, *told["properties"]), told["asked"], told["said"])
