"""What a manuscript has become, or would become, as prose or as one JSON object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any

from l2mac_write.adopting.adoption import Adoption
from l2mac_write.book import Section
from l2mac_write.cli import printing, report
from l2mac_write.cli.money import WIDTH
from l2mac_write.opened import Book
from l2mac_write.plan import Plan
from l2mac_write.store.places import SOURCES
from l2mac_write.text.counting import known_words
from l2mac_write.text.languages import unit

CHAPTERS = "chapters/"
NARROW = 16
"""Columns before a title."""


def foreseen(adoption: Adoption, *, as_json: bool) -> None:
    settings, rows = adoption.settings, [*_rows(adoption.sections, adoption.plan)]
    if as_json:
        printing.document(
            {
                "title": settings.title,
                "author": settings.author,
                "language": settings.language,
                "words": sum(row["words"] for row in rows),
                "chapters": [row for row in rows if row["path"].startswith(CHAPTERS)],
                "around": [row for row in rows if not row["path"].startswith(CHAPTERS)],
                "images": [*adoption.images],
                "sources": [f"{SOURCES}/{name}" for name in adoption.sources],
                "fiction": adoption.plan.fiction,
                "remarks": [*adoption.remarks],
            }
        )
        return
    by = f" by {settings.author}" if settings.author else ""
    printing.lines((f"{settings.title}{by} ({settings.language})", *_told(rows, settings.language)))
    printing.lines(_remarked(adoption.remarks))


def done(book: Book, remarks: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        printing.document({**report.state(book), "remarks": [*remarks]})
        return
    manuscript = book.manuscript
    rows = [*_rows(manuscript.sections, book.plan)]
    printing.lines((manuscript.title, *_told(rows, manuscript.language)))
    printing.lines(_remarked(remarks))
    printing.lines(_next(book))


def _remarked(remarks: Sequence[str]) -> Iterator[str]:
    yield from ("", *(printing.wrapped(remark, indent="") for remark in remarks)) if remarks else ()


def _rows(sections: Iterable[Section], plan: Plan | None) -> Iterator[Mapping[str, Any]]:
    """`number` is what a chapter shows, 0 for a prologue and for what stands around them."""
    numbers = {chapter.path: chapter.shown for chapter in plan.chapters} if plan else {}
    for section in sections:
        yield {
            "number": numbers.get(section.path, 0),
            "kind": section.kind,
            "title": section.title,
            "path": section.path,
            "words": known_words(section.markdown),
        }


def _told(rows: Sequence[Mapping[str, Any]], language: str) -> Iterator[str]:
    for row in rows:
        number, words = row["number"] or "", row["words"] or ""
        name = row["title"] or ("(no title)" if number else row["kind"])
        yield f"{number:>5} {words:>8}  {shorten(name, WIDTH - NARROW, placeholder=' …')}"
    counted = sum(bool(row["number"]) for row in rows)
    chapters = counted or sum(row["path"].startswith(CHAPTERS) for row in rows)
    yield f"{sum(row['words'] for row in rows):>14}  {unit(language)}, {chapters} chapters"


def _next(book: Book) -> Iterator[str]:
    where = Path(book.root)
    yield f"\nThe book is in {where}, the original in {where / SOURCES}."
    yield from report.unread(book.root, book.plan, book.chapters)
