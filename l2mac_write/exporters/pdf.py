"""A PDF for the printer: the same tokens as every other format, set by Typst.

The inner margin follows from the number of pages, which is known only once the book is set: it
is guessed from the length of the text, and the book set again where the guess was wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain

from l2mac_write.book import Manuscript
from l2mac_write.errors import SettingsError, Unprintable
from l2mac_write.exporters.fonts import Font, fonts
from l2mac_write.exporters.glyphs import is_letter, missing, shown_too
from l2mac_write.exporters.labels import direction, tag
from l2mac_write.exporters.looks import THEMES, look
from l2mac_write.exporters.pages import imprint, line, title_of
from l2mac_write.exporters.printing import head, sections
from l2mac_write.exporters.shelf import FOLDER, Shelf
from l2mac_write.exporters.trims import MOST_PAGES, Trim, trim
from l2mac_write.exporters.typst_engine import MAIN, Limits, are_drawn, printed
from l2mac_write.exporters.typst_text import Value, literal
from l2mac_write.templating import extras, text

STANDARDS = ("ua-1", "a-1a", "a-1b", "a-2a", "a-2b", "a-2u", "a-3a", "a-3b", "a-3u", "a-4")
PAGE_TREE = re.compile(rb"/Type/Pages/Count (\d+)")
OPENING = '#import "book.typ": *\n#show: printed\n'
PASSES = 3
SHORT = "short.typ"
"""Names the chapters that end with a few lines on a page of their own. Where one volume cannot hold
the book, nobody looks: to set it again takes as much memory again."""
MOST_UNSEEN = 0.02
"""The share of letters that no font has, above which a book cannot be read."""
SHOWN = 12


class Pdf:
    def export(self, manuscript: Manuscript) -> bytes:
        own = fonts(manuscript)
        with shown_too(chain.from_iterable(font.shown for font in own)):
            return self._set(manuscript, own)

    def _set(self, manuscript: Manuscript, own: Sequence[Font]) -> bytes:
        size, theme = trim(manuscript.edition.trim), look(manuscript)
        standards = _standards(manuscript.edition.pdf_standard)
        _insist_on_glyphs(manuscript)
        shelf = Shelf(manuscript)
        body = "".join(sections(manuscript, shelf))
        images = _images(shelf)
        pages = size.pages(body)
        margin = size.inside(pages)
        limits = Limits(again=SHORT if pages <= MOST_PAGES else "")
        made = b""
        for _ in range(PASSES):
            sheet = _sheet(size, margin, manuscript.language)
            given = _given(manuscript, sheet, own, strict="ua-1" in standards)
            files = _files(given, body, theme, images)
            made = printed(files, "pdf", standards=standards, fonts=own, limits=limits)
            needed = size.inside(page_count(made))
            if needed <= margin:
                break
            margin = needed
        if page_count(made) > MOST_PAGES:
            manuscript.warn(f"No printer on demand binds {page_count(made):,} pages in one volume.")
        return made


def page_count(pdf: bytes) -> int:
    return max(map(int, PAGE_TREE.findall(pdf)))


def _images(shelf: Shelf) -> Mapping[str, bytes]:
    """What Typst cannot draw is empty; its description takes its place."""
    files = {path: content for path, _, content in shelf.files()}
    if not files or are_drawn(files):
        return files
    drawn = {path for path, content in files.items() if are_drawn({path: content})}
    for image, name in shelf.names.items():
        if FOLDER + name not in drawn:
            shelf.manuscript.warn(f"The image `{image.path}` cannot be printed.")
    return {path: content if path in drawn else b"" for path, content in files.items()}


def _files(given: str, body: str, theme: str, images: Mapping[str, bytes]) -> Mapping[str, bytes]:
    own = {name: text(f"pdf/{name}") for name in ("book.typ", "looks.typ")}
    own["theme.typ"] = text(f"{THEMES}/{theme}.typ")
    missing = literal(tuple(path for path, content in images.items() if not content))
    given += f"#let missing = {missing}\n"
    files = {MAIN: f"{OPENING}{body}", SHORT: "#let short = ()\n", "given.typ": given, **own}
    return {
        **extras("pdf"),
        **images,
        **{name: content.encode() for name, content in files.items()},
    }


def _standards(asked: str) -> tuple[str, ...]:
    """Those of PDF that the file must keep to."""
    names = tuple(name.strip().lower() for name in asked.split(",") if name.strip())
    if unknown := [name for name in names if name not in STANDARDS]:
        raise SettingsError(
            f"there is no `{unknown[0]}`; `edition.pdf_standard` may be: {', '.join(STANDARDS)}."
        )
    return names


def _insist_on_glyphs(manuscript: Manuscript) -> None:
    """Raises `Unprintable` for a book in a script that no font here has."""
    titles = (manuscript.title, manuscript.author, *(s.title for s in manuscript.sections))
    texts = [*titles, *(section.markdown for section in manuscript.sections)]
    unseen = [character for text in texts for character in missing(text)]
    letters = sum(map(is_letter, unseen))
    if letters > MOST_UNSEEN * sum(map(len, texts)):
        raise Unprintable(
            f"the fonts of the printer lack {letters:,} letters of this book"
            f" (`{tag(manuscript.language)}`). EPUB and HTML files show them; so does a font that"
            " `edition.fonts` names."
        )
    if unseen:
        shown = " ".join(sorted(set(unseen))[:SHOWN])
        manuscript.warn(f"The fonts of the printer lack {len(unseen):,} characters: {shown}")


def _sheet(size: Trim, margin: float, language: str) -> Mapping[str, Value]:
    return {
        "width": size.width,
        "height": size.height,
        "inside": margin,
        "outside": size.outside,
        "top": size.top,
        "bottom": size.bottom,
        "size": size.size,
        "rtl": direction(language) == "rtl",
    }


def _given(
    manuscript: Manuscript, sheet: Mapping[str, Value], own: Sequence[Font], *, strict: bool
) -> str:
    edition = manuscript.edition
    volume = f" {edition.volume:g}" if edition.volume else ""
    language, _, region = tag(manuscript.language).partition("-")
    moment = manuscript.modified
    date = f"datetime(year: {moment.year}, month: {moment.month}, day: {moment.day})"
    book: Mapping[str, Value] = {
        "title": title_of(manuscript),
        "head": head(title_of(manuscript)),
        "author": line(manuscript.author, manuscript.language),
        "series": line(f"{edition.series}{volume}" * bool(edition.series), manuscript.language),
        "publisher": line(edition.publisher, manuscript.language),
        "description": line(manuscript.description, manuscript.language),
        "subjects": edition.subjects,
        "imprint": imprint(manuscript),
        "lang": language if language != "und" else "en",
        "region": region if len(region) == len("US") else "",
    }
    return (
        f"#let book = (..{literal(book)}, date: {date})\n#let sheet = {literal(sheet)}\n"
        f"#let strict = {literal(strict)}\n"
        f"#let own-fonts = {literal(tuple(font.family for font in own))}\n"
    )
