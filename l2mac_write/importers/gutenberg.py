"""What Project Gutenberg puts around a book: a head that names it, and a licence at its end."""

from __future__ import annotations

import re
from collections.abc import Mapping

START = re.compile(
    r"(?s)\A(?P<head>.{0,20000}?)\n[ \t]*\*{3} ?START OF TH(?:E|IS) PROJECT GUTENBERG EBOOK.*?\*{3}[ \t]*\n"
)
END = re.compile(
    r"(?s)\n[ \t]*(?:\*{3} ?END OF TH(?:E|IS) PROJECT GUTENBERG EBOOK|End of (?:the |this )?Project "
    r"Gutenberg(?:'s|’s| E)).*\Z"
)
CREDIT = re.compile(
    r"\A\s*(?:Produced by|E-?text prepared by|Transcribed from) [^\n]*(?:\n[^\n]+)*"
)
SAID = re.compile(r"(?m)^(Title|Author|Language): (.+)$")
PLACEHOLDER = re.compile(r"(?m)^[ \t]*\[Illustration\][ \t]*\n")
NOTE = re.compile(
    r"(?m)(?:\A|(?<=\n\n))[ \t]*\[(?:Footnote )?(\d{1,3})(?:\]|:)[ \t]+(\S[^\n]*(?:\n[^\n]+)*)"
)


def unframed(text: str) -> tuple[Mapping[str, str], str]:
    """What the head says of the book, and the book alone; a text from elsewhere as it is."""
    start = START.match(text)
    if not start:
        return {}, text
    said = {key.lower(): value.strip() for key, value in SAID.findall(start["head"])}
    book = CREDIT.sub("", END.sub("\n", text[start.end() :]))
    return said, PLACEHOLDER.sub("", book).strip("\n") + "\n"


def with_notes(text: str) -> str:
    """The text of a chapter, its `[1]` and the `[1] words` below them as footnotes of Markdown."""
    notes = {note[1]: note for note in NOTE.finditer(text)}
    told = {n for n in notes if re.search(rf"(?<=[^\s\[])\[{n}\]", text)}
    if not told:
        return text
    text = NOTE.sub(lambda note: _definition(note) if note[1] in told else note[0], text)
    return re.sub(
        r"(?<=[^\s\[])\[(\d{1,3})\](?!:)",
        lambda found: f"[^{found[1]}]" if found[1] in told else found[0],
        text,
    )


def _definition(note: re.Match[str]) -> str:
    words = note[2].rstrip()
    is_closed = "[Footnote" in note[0] and words.endswith("]")
    lines = (words[:-1] if is_closed else words).split("\n")
    return "\n    ".join((f"[^{note[1]}]: {lines[0]}", *lines[1:]))
