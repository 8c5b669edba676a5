"""Small books for the exporters' tests."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from l2mac_write.book import Manuscript, Part, Section

CASES = Path(__file__).parent / "cases"
BOOK = Manuscript(
    title="The Long Tide",
    author="Ada Quill",
    language="en",
    identifier="urn:uuid:3b2f1c9e-6c1d-4a51-9d5a-0a4a3f3d7e11",
    modified=datetime(2026, 5, 17, 8, 30, tzinfo=UTC),
    sections=(),
    description="A harbour waits for a ship that left before it was built.",
    written_by="a-model-7",
)


def chapter(markdown: str, *, title: str = "The Storm", number: int = 3) -> Section:
    return Section("chapter", Part.BODY, f"chapters/{number:02d}.md", title, markdown, number)


def front(kind: str, markdown: str, title: str) -> Section:
    return Section(kind, Part.FRONT, f"{kind}.md", title, markdown)


def back(kind: str, markdown: str, title: str) -> Section:
    return Section(kind, Part.BACK, f"{kind}.md", title, markdown)


def book(*sections: Section, language: str = "en") -> Manuscript:
    return replace(BOOK, sections=sections, language=language)


def every_construct() -> Manuscript:
    """All that Markdown can say, in a book whose names are as awkward as they get."""
    text = (CASES / "whole" / "every-construct.md").read_text("utf-8")
    hostile = (CASES / "whole" / "hostile.md").read_text("utf-8")
    return replace(
        BOOK,
        title='Salt & <Water>: a "History" 🌊',
        author="O'Neill & Sons <publishers>",
        description='It\'s <b>"bold"</b> & brief.',
        sections=(
            front("dedication", "For *you*.", "Dedication"),
            front("foreword", "# Foreword\n\nOnce.", "Foreword"),
            front("no-such-kind", "Odd.", "Odd & <ends>"),
            Section("prologue", Part.BODY, "p.md", "Prologue", "Before."),
            chapter(text, title="Chapter 1: The Storm", number=1),
            chapter(text, title="", number=2),
            chapter(hostile, title='"</title><script>alert(1)</script>', number=3),
            chapter("", title="第四章 — " + "very " * 60 + "long 🌊", number=4),
            back("afterword", "After.", "Afterword"),
            back("acknowledgments", "Thanks.", "Thanks"),
            back("bibliography", "- A book", "Books"),
        ),
    )


def files(epub: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        texts = [n for n in archive.namelist() if "/images/" not in n and "EPUB/cover." not in n]
        return {name: archive.read(name).decode() for name in texts}


def page(epub: bytes, name: str) -> str:
    return files(epub)[f"EPUB/text/{name}.xhtml"]
