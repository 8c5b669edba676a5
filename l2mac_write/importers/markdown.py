"""Sections out of Markdown or plain text: one file, cut at its chapters, or a file for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from l2mac_write.book import Part, Section
from l2mac_write.errors import UsageError
from l2mac_write.importers.headlines import meant
from l2mac_write.importers.imported import Imported
from l2mac_write.importers.manuscripts import Piece, headed, pieces, plain
from l2mac_write.importers.unmarked import marked, opens_a_part
from l2mac_write.text import front_matter
from l2mac_write.text.counting import count_words

SUMMARY = "SUMMARY.md"
LONGEST_TITLE = 300
LINK = re.compile(r"\]\(\s*<?(?:\./)?([^)<>#\s]+\.(?:md|markdown|txt))(?=[>\s#)])")
BYLINE = re.compile(r"[*_]{0,2}(?:by|von|par|por|di|door) ([^\n*_]{2,80}?)[*_]{0,2}", re.IGNORECASE)
MARKED = re.compile(
    r"\\([!-/:-@\[-`{-~])|!?\[([^\]]*)\]\([^)]*\)|(?<!`)`([^`]+)`|(?:\*\*|__)(\S[^*_]*)(?:\*\*|__)"
    r"|\*(\S[^*]*)\*|\s*\{#[^}]*\}\s*$"
)
NOTE = re.compile(r"(?<!\\)\[\^[^\]\s]+\]")


def read(texts: Mapping[str, str], level: int = 0) -> Imported:
    """The book that the texts make, in their order or that of a `SUMMARY.md`.

    One text is cut at its headings of the level that looks like its chapters'; each is, at those of
    `level`, where somebody knows.
    What stands above `SUMMARY.md`, or else above the first text, is what the book says of itself.
    """
    split = {name: front_matter.split(plain(text)) for name, text in texts.items()}
    above = next(iter(split.values()), ({}, ""))[0]
    above = split[SUMMARY][0] if SUMMARY in split else above
    found = {name: rest for name, (_, rest) in split.items() if rest.strip()}
    if level or len(found) == 1:
        cuts = [_cut(*one, level) for one in found.items()]
        told = cuts[0][0] if cuts else {}
        return Imported(tuple(section for _, cut in cuts for section in cut), {**told, **above})
    return Imported(_listed(found, {name: said for name, (said, _) in split.items()}), above)


def bare(title: str) -> str:
    """The words of a heading without the marks of Markdown; a note that it has stays in the text."""
    words = MARKED.sub(lambda found: "".join(filter(None, found.groups())), title)
    return NOTE.sub("", words).strip()


def _listed(
    texts: Mapping[str, str], above: Mapping[str, Mapping[str, str]]
) -> tuple[Section, ...]:
    """Each text is a section, called as it says, by its first heading, or by its name."""
    order = [name for name in LINK.findall(texts.get(SUMMARY, "")) if name in texts]
    rest = [name for name in texts if name != SUMMARY or not order]
    return tuple(
        _section(name, texts[name], above[name]) for name in dict.fromkeys((*order, *rest))
    )


def _section(name: str, text: str, said: Mapping[str, str]) -> Section:
    title, rest = headed(text)
    if not title or len(title) > LONGEST_TITLE:
        title, rest = PurePosixPath(name).stem.replace("-", " ").replace("_", " "), text
    if "kind" not in said:
        return Section("chapter", Part.BODY, name, bare(title), rest)
    part, number = said.get("part", Part.BODY), said.get("number", "0")
    return Section(
        kind=said["kind"],
        part=Part(part) if part in {*Part} else Part.BODY,
        path=name,
        title=said.get("title", ""),
        markdown=rest,
        number=int(number) if number.isascii() and number.isdecimal() else 0,
        within="within" in said,
    )


def _cut(name: str, text: str, level: int) -> tuple[dict[str, str], tuple[Section, ...]]:
    """One text, cut at its chapters; what stands above them is its title, a preface, or parts."""
    text = meant(text)
    text, found = (text, level) if level else marked(text)
    text = meant(text)
    every = [p for p in pieces(name, text, found) if p.title or count_words(p.text)]
    first = next((at for at, piece in enumerate(every) if not piece.above), len(every))
    if level and every and first == len(every):
        raise UsageError(f"`{name}` has no heading of level {level}: no chapter begins there.")
    said: dict[str, str] = {}
    if first and len(every) > first:
        said, every = _title_of(every)
    return said, tuple(_sections(every))


def _title_of(every: list[Piece]) -> tuple[dict[str, str], list[Piece]]:
    """The heading above all others, and who it says has written it."""
    top, later = every[0], (piece for piece in every[1:] if piece.above)
    if len(top.title) > LONGEST_TITLE or (opens_a_part(top.title) and any(later)):
        return {}, every
    title, (first, _, rest) = bare(top.title), top.text.partition("\n\n")
    by = BYLINE.fullmatch(first)
    said = {"title": title, "author": by[1].strip() if by else ""}
    text = rest.strip() if by else top.text
    sections = [replace(top, title="", text=text), *every[1:]] if text else every[1:]
    return {key: words for key, words in said.items() if words}, sections


def _sections(body: list[Piece]) -> Iterator[Section]:
    parts = 0
    for at, piece in enumerate(body):
        title = bare(piece.title)
        if not piece.above:
            yield Section("chapter", Part.BODY, piece.path, title, piece.text, within=parts > 0)
        elif piece.title and any(not later.above for later in body[at + 1 :]):
            parts += 1
            yield Section("part", Part.BODY, piece.path, title, piece.text, parts)
        else:
            yield Section("preface", Part.FRONT, piece.path, "", piece.text)
