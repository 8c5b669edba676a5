"""One CommonMark file in the author's own words and marks.

The book's title is the only first-level heading, every section a second-level one, but for the
chapters of a part, which stand one below it. Blocks are copied from their source, so that what is
imported again is what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from markdown_it.token import Token

from l2mac_write.book import Headword, Manuscript, Section
from l2mac_write.exporters.habits import Block, is_heading, is_rule
from l2mac_write.exporters.labels import kind_named, labels, part_named
from l2mac_write.exporters.titles import says_number, unnumbered
from l2mac_write.exporters.tokens import Lines, Stream, clean, stream

DEEPEST = 6
SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)|~(?=~)|#(?=#*\s*$)")
HTML = re.compile(
    r"\\.|(?P<code>`+).*?(?P=code)(?!`)|<(?:[a-z]+:|[^\s<>@]+@)[^\s<>]*>|(?P<tag><)(?=[a-z/!?])",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")


class Markdown:
    def export(self, manuscript: Manuscript) -> bytes:
        return "\n\n".join(_book(manuscript)).encode() + b"\n"


def _book(manuscript: Manuscript) -> Iterator[str]:
    words = labels(manuscript.language)
    yield f"# {escaped(manuscript.title) or words['untitled']}"
    if author := escaped(manuscript.author):
        yield f"*{words['by'].format(author=author)}*"
    titles = entries(manuscript)
    used: set[str] = set()
    for index, section in enumerate(manuscript.sections, start=1):
        parsed = stream(section)
        names = _note_names(parsed)
        clashing = {name: f"{name}-{index}" for name in names & used}
        used |= names | set(clashing.values())
        yield f"{'#' * (2 + section.within)} {heading(section, words)}"
        yield from blocks(parsed, clashing, deeper=1 + section.within)
        if section.headwords:
            yield "\n".join(row(headword, titles) for headword in section.headwords)


def heading(section: Section, words: Mapping[str, str]) -> str:
    title = escaped(section.title)
    if section.numbered:
        return f"{section.number} {unnumbered(title or words['untitled'], section.number)}"
    if section.is_part:
        return ". ".join(filter(None, part_named(title, section.number, words)))
    numbered = words["chapter"].format(number=section.number) if section.number else ""
    return title or numbered or kind_named(section.kind, words)


def entries(manuscript: Manuscript) -> Mapping[int, str]:
    """What the chapters are called, by their places, where a glossary or an index names them."""
    words = labels(manuscript.language)
    return {at: _entry(c, words) for at, c in enumerate(manuscript.chapters, start=1)}


def _entry(chapter: Section, words: Mapping[str, str]) -> str:
    """In plain words: Markdown has no link to a chapter."""
    named = heading(chapter, words)
    is_plain = chapter.numbered or not chapter.number or not escaped(chapter.title)
    return named if is_plain or says_number(chapter.title) else f"{chapter.number}. {named}"


def row(headword: Headword, titles: Mapping[int, str]) -> str:
    places = "; ".join(titles[place] for place in headword.chapters)
    name, meaning = escaped(headword.name), escaped(headword.meaning)
    return f"- **{name}**: {f'{meaning} ({places})' if meaning else places}"


def escaped(title: str) -> str:
    """The title on one line, as plain words whatever characters it holds."""
    return SPECIAL.sub(lambda found: f"\\{found[0]}", " ".join(clean(title).split()))


def _note_names(parsed: Stream) -> set[str]:
    return {
        name
        for start, end in parsed.apart
        for source in parsed.source[start:end]
        for name in FOOTNOTE.findall(source)
    }


def blocks(parsed: Stream, clashing: Mapping[str, str], *, deeper: int) -> Iterator[str]:
    code = _lines_of_code(parsed)
    for block in parsed.blocks:
        if is_heading(block):
            text = " ".join(block[1].content.split())
            level = min(int(block[0].tag[1]) + deeper, DEEPEST)
            yield f"{'#' * level} {_line(text, clashing)}"
        elif is_rule(block):
            yield "* * *"
        elif block[0].map:
            place = (block[0].map[0], block[0].map[1])
            yield _source(parsed, place, code, clashing) + _closing_fence(block, parsed)
    for place in sorted(parsed.apart):
        yield _source(parsed, place, code, clashing)


def _source(parsed: Stream, place: Lines, code: set[int], clashing: Mapping[str, str]) -> str:
    lines = (
        parsed.source[at] if at in code else _line(parsed.source[at], clashing)
        for at in range(*place)
    )
    return "\n".join(lines).strip("\n").rstrip()


def _line(text: str, clashing: Mapping[str, str]) -> str:
    """Raw HTML is text in every format, so its angle is escaped; clashing notes are renamed."""
    shown = HTML.sub(lambda found: f"\\{found[0]}" if found["tag"] else found[0], text)
    return FOOTNOTE.sub(lambda found: f"[^{clashing.get(found[1], found[1])}]", shown)


def _lines_of_code(parsed: Stream) -> set[int]:
    return {
        at
        for token in _all_tokens(parsed)
        if token.type in {"fence", "code_block"} and token.map
        for at in range(*token.map)
    }


def _all_tokens(parsed: Stream) -> Iterable[Token]:
    for block in parsed.blocks:
        yield from block
    for note in parsed.notes:
        yield from note.tokens


def _closing_fence(block: Block, parsed: Stream) -> str:
    """A fence left open would swallow all the chapters that follow."""
    fence = block[0]
    if fence.type != "fence" or not fence.map:
        return ""
    lines = [text.strip() for text in parsed.source[slice(*fence.map)] if text.strip()]
    closed = len(lines) > 1 and re.fullmatch(
        re.escape(fence.markup) + f"{fence.markup[0]}*", lines[-1]
    )
    return "" if closed else f"\n{fence.markup}"
