"""A Word document, the same bytes for the same manuscript; also in the form that editors ask for.

`document.xml` is one string: to build it paragraph by paragraph takes time that grows with the
square of the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from markupsafe import Markup

from l2mac_write.book import Headword, Manuscript
from l2mac_write.exporters.labels import labels, tag
from l2mac_write.exporters.pages import (
    Page,
    around,
    chapters_by_place,
    colophon,
    common,
    has_colophon,
    imprint,
    line,
    pages,
)
from l2mac_write.exporters.tokens import stream
from l2mac_write.exporters.typesetting import set_type
from l2mac_write.exporters.word_markup import written
from l2mac_write.exporters.word_parts import TWIPS, Parts
from l2mac_write.exporters.word_runs import LINE_BREAK, Look, run
from l2mac_write.exporters.zipped import archive, squeezed, stored
from l2mac_write.templating import render, table
from l2mac_write.text.counting import count_words

LETTER, A4 = (12240, 15840), (11906, 16838)
ON_LETTER = frozenset({"en", "en-us", "en-ca", "es-mx", "fr-ca"})
PARTS = ("styles", "settings", "numbering", "footnotes", "header", "footer")
MANUSCRIPT = "manuscript"
SHORT, LONGEST_HEAD = 20_000, 40
AFTER_A_NAME = re.compile(r",?\s+(?:jr|sr|ii|iii|iv|phd|md)\.?$", re.IGNORECASE)


class Docx:
    def export(self, manuscript: Manuscript) -> bytes:
        return _document(manuscript, "document" if manuscript.kind == "document" else "book")


class ForEditors:
    """Double spaced, with its length on the first page, and `SURNAME / TITLE / 2` over the rest."""

    def export(self, manuscript: Manuscript) -> bytes:
        return _document(manuscript, MANUSCRIPT)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, and the bookmark where it leads."""

    level: int
    name: str
    words: str


def _document(manuscript: Manuscript, look_named: str) -> bytes:
    look, bound, parts = table("docx/looks.toml")[look_named], pages(manuscript), Parts()
    known = _known(manuscript, look, bound, for_editors=look_named == MANUSCRIPT)
    known["entries"] = _entries(bound, parts) if look["contents"] else ()
    document = [
        render("docx/start.xml.j2", **known),
        *_sections(manuscript, bound, look, parts),
        render("docx/end.xml.j2", **known),
    ]
    known = {**known, "links": parts.links, "images": [p.name for p in parts.pictures.values()]}
    notes = "".join(
        f'<w:footnote w:id="{at}">{note}</w:footnote>' for at, note in enumerate(parts.notes, 1)
    )
    files = {
        "[Content_Types].xml": render("docx/content_types.xml.j2"),
        "_rels/.rels": render("docx/package_rels.xml.j2"),
        "docProps/core.xml": render("docx/core.xml.j2", **known),
        "word/document.xml": "".join(document),
        "word/_rels/document.xml.rels": render("docx/rels.xml.j2", **known, parts=PARTS),
        "word/_rels/footnotes.xml.rels": render("docx/rels.xml.j2", **known, parts=()),
        **{
            f"word/{part}.xml": render(
                f"docx/{part}.xml.j2",
                **known,
                lists=parts.lists,
                notes=Markup(notes),  # noqa: S704 (escaped where it was written)
            )
            for part in PARTS
        },
    }
    return archive(
        [
            *((name, squeezed(content.encode())) for name, content in files.items()),
            *((f"word/media/{p.name}", stored(p.data)) for p in parts.pictures.values()),
        ]
    )


def _known(
    manuscript: Manuscript, look: Mapping[str, Any], bound: tuple[Page, ...], *, for_editors: bool
) -> dict[str, object]:
    """What the files of the document may say."""
    book = common(manuscript)
    page = LETTER if tag(manuscript.language).lower() in ON_LETTER else A4
    has_parts = any(p.section.within for p in bound)
    made = () if for_editors or has_colophon(manuscript) else colophon(manuscript)
    return {
        **book,
        "look": look,
        "rtl": book["direction"] == "rtl",
        "page": page,
        "text_width": page[0] - 2 * look["margin"],
        "top": 1 + has_parts,
        "depth": 1 + has_parts,
        "contents": bool(look["contents"] and bound),
        "imprint": () if for_editors else imprint(manuscript),
        "colophon": made,
        "length": _length(manuscript) if for_editors else "",
        "head": _head(manuscript) if for_editors else book["title"],
        "numbered_head": for_editors,
        "description": line(manuscript.description, manuscript.language),
        "subjects": manuscript.edition.subjects,
        "identifier": manuscript.identifier,
        "modified": f"{manuscript.modified.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }


def _entries(bound: tuple[Page, ...], parts: Parts) -> tuple[Entry, ...]:
    return tuple(Entry(1 + page.section.within, parts.place(page.id), page.entry) for page in bound)


def _sections(
    manuscript: Manuscript, bound: tuple[Page, ...], look: Mapping[str, Any], parts: Parts
) -> Iterator[str]:
    rtl = common(manuscript)["direction"] == "rtl"
    width = (A4[0] - 2 * look["margin"]) // TWIPS
    rest = around(manuscript, bound)
    for page in bound:
        yield _heading(page, parts, rtl=rtl)
        parsed = stream(page.section, rest)
        for tokens in (*parsed.blocks, *(note.tokens for note in parsed.notes)):
            set_type(tokens, manuscript.language)
        deeper = int(page.section.within)
        shown = Look(page.id, deeper, look["scene"], rtl=rtl, width=width, manuscript=manuscript)
        yield written(parsed, shown, parts)
        for headword in page.section.headwords:
            yield _headword(headword, bound, parts, manuscript.language)


def _heading(page: Page, parts: Parts, *, rtl: bool) -> str:
    """On a page of its own; label and title are one heading of two lines."""
    marks = ("right",) if rtl else ()
    said = ((page.label, ("label", *marks)), (page.title, marks))
    lines = LINE_BREAK.join(run(words, *of_line) for words, of_line in said if words)
    style = f'<w:pStyle w:val="Heading{1 + page.section.within}"/><w:pageBreakBefore/>'
    return f"<w:p><w:pPr>{style}</w:pPr>{parts.bookmark(parts.place(page.id), lines)}</w:p>"


def _headword(headword: Headword, bound: tuple[Page, ...], parts: Parts, language: str) -> str:
    """Its name, its meaning, and the chapters to turn to."""
    chapters = {
        at: (parts.place(page.id), page.entry) for at, page in chapters_by_place(bound).items()
    }
    links = run("; ").join(
        f'<w:hyperlink w:anchor="{name}">{run(entry)}</w:hyperlink>'
        for name, entry in (chapters[at] for at in headword.chapters)
    )
    meaning = line(headword.meaning, language)
    said = run(": ") + run(meaning) if meaning else ""
    return (
        '<w:p><w:pPr><w:pStyle w:val="ListParagraph"/></w:pPr>'
        f"{run(line(headword.name, language), 'strong')}{said}{run(' ') if links else ''}{links}</w:p>"
    )


def _length(manuscript: Manuscript) -> str:
    """As editors want it: not to the word."""
    words = sum(count_words(section.markdown) for section in manuscript.sections)
    step = 100 if words < SHORT else 1_000
    rounded = f"{max(step, round(words / step) * step):,}"
    english = manuscript.language.lower().startswith("en")
    number = rounded if english else rounded.replace(",", "\u202f")
    return labels(manuscript.language)["length"].format(words=number)


def _head(manuscript: Manuscript) -> str:
    book = common(manuscript)
    surname = AFTER_A_NAME.sub("", str(book["author"])).rpartition(" ")[2]
    title = str(book["title"]).partition(":")[0][:LONGEST_HEAD].strip()
    return " / ".join(filter(None, (surname, title.upper())))
