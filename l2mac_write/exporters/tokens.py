"""A section's Markdown as the one token stream that every format is made from.

The parser is markdown-it-py with raw HTML off. What models do to Markdown out of habit is undone
here, once, so that no format has to know about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from l2mac_write.book import Section
from l2mac_write.exporters import (
    aside,
    attributes,
    calls,
    directions,
    divisions,
    figures,
    habits,
    links,
    numbering,
    quotations,
    tables,
    tasks,
    verses,
)
from l2mac_write.exporters.around import Around, only_letters
from l2mac_write.exporters.emphasis import emphasis_plugin
from l2mac_write.exporters.habits import Block, is_heading, plain
from l2mac_write.exporters.labels import labels
from l2mac_write.text import front_matter

NOT_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
NEW_LINE = re.compile(r"\r\n?|[\u2028\u2029\x85]")
TILDES = re.compile(r"(?:\A|(?<=\n\n))~{3,}[ \t]*(?=\n[ \t]*\n|\n*\Z)")
NESTING = 100
STRONG = Token("strong_open", "strong", 1)
STRONG_END = Token("strong_close", "strong", -1)
Lines: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: `number` counts from 1, `references` says how often the text points here."""

    number: int
    references: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Stream:
    """One section, parsed: its blocks in order, then its notes.

    A block that keeps its place in the source has a `map`, a pair of line numbers of `source`;
    `apart` are the places of what yields no block: footnotes and link definitions. Where there is
    `raw` HTML, it says what links and images in it may stay.
    """

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    source: tuple[str, ...]
    apart: tuple[Lines, ...]
    raw: links.Guard | None = None


def stream(section: Section, around: Around | None = None) -> Stream:
    """Links to other sections and images are there where what is `around` it is known."""
    raw = around is not None and around.manuscript.edition.raw_html
    source = _source(section, raw=raw)
    env: EnvType = {}
    parser = _parser(html=raw)
    parsed = _without_inner_headings(tables.without_empty_headings(parser.parse(source, env)))
    tokens, definitions = _without_footnotes(parsed)
    blocks = _told(_blocks(tokens), section, around)
    if section.numbered:
        numbering.number_headings(blocks, section.number)
    every = [*(t for block in blocks for t in block), *(t for d in definitions for t in d.tokens)]
    verses.say(every)
    attributes.settled(every, (str(b[0].attrs["id"]) for b in filter(habits.is_heading, blocks)))
    names = aside.set_apart(every) if raw else None
    named = {only_letters(name): habits.spared(name) for name in names or ()}
    guard = links.Guard(section, {**named, **_anchors(blocks, every)}, around)
    guard.let_pass(every)
    tasks.tick(every)
    if around:
        directions.say(every, around.manuscript.language)
    return Stream(
        blocks=tuple(map(figures.set_apart, blocks)),
        notes=_notes(definitions, every),
        source=tuple(source.split("\n")),
        apart=(
            *(d.place for d in definitions if d.place),
            *((r["map"][0], r["map"][1]) for r in env.get("references", {}).values()),
        ),
        raw=guard if names is not None and aside.is_in(every) else None,
    )


def _source(section: Section, *, raw: bool) -> str:
    text = divisions.undivided(front_matter.split(clean(section.markdown))[1])
    return tables.with_room(aside.unmarked(text) if raw else text)


def _told(blocks: Sequence[Block], section: Section, around: Around | None) -> Sequence[Block]:
    """Each for what it is: without what models do to it, and with what its author calls it."""
    words = labels(around.manuscript.language if around else "en")
    undone = habits.undone(attributes.of_headings(blocks), section)
    return [calls.labelled(block, words) for block in quotations.attributed(undone)]


def anchors(section: Section) -> Mapping[str, str]:
    """Its headings and whatever else has a name, by the letters that a link may find them with."""
    parsed = stream(section)
    every = [*(t for b in parsed.blocks for t in b), *(t for n in parsed.notes for t in n.tokens)]
    return _anchors(parsed.blocks, every)


def _anchors(blocks: Iterable[Block], every: Iterable[Token]) -> Mapping[str, str]:
    named = [str(token.attrs["id"]) for token in with_children(every) if "id" in token.attrs]
    said = {
        only_letters(plain(b)): str(b[0].attrs["id"]) for b in [*filter(is_heading, blocks)][::-1]
    }
    return {**said, **{only_letters(name): name for name in reversed(named)}}


def with_children(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def clean(text: str) -> str:
    """Without what no XML may hold: control characters, lone surrogates, byte order marks."""
    return TILDES.sub("***", NOT_TEXT.sub("", NEW_LINE.sub("\n", text)))


@dataclass(frozen=True, slots=True)
class _Definition:
    label: str
    tokens: tuple[Token, ...]
    place: Lines | None


@cache
def _parser(*, html: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html, "maxNesting": NESTING})
    parser.validateLink = links.is_address  # type: ignore[method-assign]  # made to be replaced
    parser.enable(["table", "strikethrough"])
    emphasis_plugin(parser)
    parser.use(deflist_plugin).use(attrs_block_plugin)
    parser.use(attrs_plugin, after=("link_close", "span_close"), spans=True)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    return parser.use(footnote_plugin, inline=False, move_to_end=False)


def _without_footnotes(tokens: Iterable[Token]) -> tuple[list[Token], list[_Definition]]:
    """The text, and the footnotes' definitions wherever they stood, even inside one another."""
    text: list[Token] = []
    definitions: list[_Definition] = []
    open_ones: list[tuple[Token, list[Token]]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            open_ones.append((token, []))
        elif token.type == "footnote_reference_close":
            definitions.append(_definition(*open_ones.pop()))
        else:
            (open_ones[-1][1] if open_ones else text).append(token)
    return text, definitions


def _definition(opening: Token, tokens: Sequence[Token]) -> _Definition:
    at_top = opening.level == 0 and opening.map
    place = (opening.map[0], opening.map[1]) if at_top and opening.map else None
    return _Definition(opening.meta["label"], tuple(tokens), place)


def _without_inner_headings(tokens: Iterable[Token]) -> Iterable[Token]:
    """A heading inside a list, a quotation or a note is a bold line, not part of the outline."""
    inside = False
    for token in tokens:
        if token.level > 0 and token.type in {"heading_open", "heading_close"}:
            inside = token.nesting > 0
            yield token.copy(type=token.type.replace("heading", "paragraph"), tag="p")
        elif inside:
            yield token.copy(children=[STRONG, *(token.children or ()), STRONG_END])
        else:
            yield token


def _blocks(tokens: Iterable[Token]) -> list[Block]:
    blocks: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if depth == 0:
            blocks.append([])
        blocks[-1].append(token)
        depth += token.nesting
    return [tuple(block) for block in blocks]


def _notes(definitions: Sequence[_Definition], tokens: Iterable[Token]) -> tuple[Note, ...]:
    """In the order of their first reference; a note that nothing refers to is kept at the end."""
    counts = _number_references(tokens)
    first = {d.label: d for d in reversed(definitions)}
    referred = [(first[label], count) for label, count in counts.items()]
    others = [(d, 0) for d in definitions if first[d.label] is not d or d.label not in counts]
    return tuple(
        Note(number, count, figures.set_apart(definition.tokens))
        for number, (definition, count) in enumerate([*referred, *others], start=1)
    )


def _number_references(tokens: Iterable[Token]) -> Mapping[str, int]:
    """Tells each reference its note's number and how many came before; counts them by label."""
    counts: dict[str, int] = {}
    for child in (child for token in tokens for child in token.children or ()):
        if child.type == "footnote_ref":
            label = child.meta["label"]
            counts[label] = counts.get(label, 0) + 1
            child.meta = {"note": [*counts].index(label) + 1, "nth": counts[label]}
    return counts
