"""The sections of a printed book, as calls of the functions in `templates/pdf/book.typ`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten

from l2mac_write.book import Manuscript, Part
from l2mac_write.exporters.around import Around
from l2mac_write.exporters.galleys import Galley, label
from l2mac_write.exporters.labels import labels
from l2mac_write.exporters.mentions import Mentions, mentions
from l2mac_write.exporters.pages import (
    Page,
    around,
    chapters_by_place,
    colophon,
    has_colophon,
    line,
    pages,
)
from l2mac_write.exporters.shelf import Shelf
from l2mac_write.exporters.tokens import stream
from l2mac_write.exporters.typesetting import set_type
from l2mac_write.exporters.typst_section import fragment
from l2mac_write.exporters.typst_text import literal

ALONE = frozenset({"dedication", "epigraph"})
LONGEST_HEAD = 48
TEXT_BEGINS = """#pagebreak(weak: true, to: "odd")
#set page(numbering: "1")
#counter(page).update(1)
"""


def sections(manuscript: Manuscript, shelf: Shelf) -> Iterator[str]:
    """Dedication and epigraph, the contents, all else; with the text pages count from 1 again.

    The images that they show are on the shelf once all of them are made.
    """
    bound = pages(manuscript)
    found = mentions(manuscript.sections)
    setting = _Setting(chapters_by_place(bound), found, around(manuscript, bound), shelf)
    texts = {page.id: setting.text(page) for page in bound}
    alone = [page for page in bound if page.part is Part.FRONT and page.section.kind in ALONE]
    front = [page for page in bound if page.part is Part.FRONT and page not in alone]
    rest = [page for page in bound if page.part is not Part.FRONT]
    for page in alone:
        yield f"#alone({label(page.id)})[{texts[page.id]}]\n"
    if len(front) + len(rest) > 1:
        yield f"#contents({literal(labels(manuscript.language)['contents'])})\n"
    yield from (setting.section(page, texts[page.id]) for page in front)
    yield TEXT_BEGINS
    yield from (setting.section(page, texts[page.id]) for page in rest)
    if not has_colophon(manuscript):
        yield f"#colophon({literal(colophon(manuscript))})\n"
    yield "#the-end()\n"


def head(title: str) -> str:
    """Short enough for the head of a page."""
    words = shorten(title, LONGEST_HEAD, placeholder="…") if " " in title else title
    return title[: LONGEST_HEAD - 1] + "…" if words == "…" or len(words) > LONGEST_HEAD else words


@dataclass(frozen=True, slots=True)
class _Setting:
    chapters: Mapping[int, Page]
    mentions: Mentions
    around: Around
    shelf: Shelf

    @property
    def language(self) -> str:
        return self.around.manuscript.language

    def text(self, page: Page) -> str:
        parsed = stream(page.section, self.around)
        for tokens in (*parsed.blocks, *(note.tokens for note in parsed.notes)):
            set_type(tokens, self.language)
        place = next((at for at, one in self.chapters.items() if one is page), 0)
        level = 1 + page.section.within
        writer = self.mentions.writer(place)
        galley = Galley(
            page.id,
            level,
            writer,
            has_initial=place > 0,
            lists_headings=page.section.numbered,
            source=self.shelf.place,
        )
        return fragment(parsed, galley)

    def section(self, page: Page, text: str) -> str:
        said = {"label": page.label, "title": page.title, "entry": page.entry}
        within = f"[\n{text}{self._headwords(page)}]\n"
        name = label(page.id)
        if page.section.is_part:
            return f"#part-page({name}, ..{literal(said)}){within}"
        level, above = 1 + page.section.within, head(page.title or page.label)
        said_of_chapter = literal({**said, "level": level, "head": above})
        return f"#section({name}, ..{said_of_chapter}){within}"

    def _headwords(self, page: Page) -> str:
        if not page.section.headwords:
            return ""
        chapters = {place: page.id for place, page in self.chapters.items()}
        rows = tuple(
            (
                line(word.name, self.language),
                line(word.meaning, self.language),
                self.mentions.places(word, chapters),
            )
            for word in page.section.headwords
        )
        return f"#headwords({literal(rows)})\n"
