"""A tree of HTML as blocks of Markdown, in which each heading stands by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.importers import layout
from l2mac_write.importers.elements import children, classes
from l2mac_write.importers.escaping import fenced
from l2mac_write.importers.inline import SPANS
from l2mac_write.importers.notes import Notes, is_wrapper
from l2mac_write.importers.runs import BREAK, Run, markdown
from l2mac_write.importers.scenes import RULE

BLOCKS = frozenset(
    """p div section article aside header footer main nav figure figcaption h1 h2 h3 h4 h5 h6 ul ol
    li dl dt dd table blockquote pre hr address details summary center body html form fieldset
    caption""".split()  # noqa: SIM905
)
MARKS = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "s": "s", "del": "s",
         "strike": "s", "cite": "em", "dfn": "em", "var": "em"}  # fmt: skip
BLANK = ""
"""A paragraph without words; it is kept where it may part two scenes."""
DEEPEST = 60
HIDDEN = re.compile(r"display\s*:\s*none")
LEADING = re.compile(r"^\s*(?:\\?\[?(?:\d{1,4}|\\?\*)\\?\]?)?[.):\]]?\s+|^[.):]\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    title: str


@dataclass(slots=True)
class Reader:
    """`link` says what an address is in the book that is made, or nothing; `image` the same."""

    notes: Notes
    link: Callable[[str], str]
    image: Callable[[str], str]
    found: dict[int, str] = field(default_factory=dict)
    inside_note: bool = False

    def blocks(self, element: etree._Element, depth: int = 0) -> Iterator[Heading | str]:
        """What stands in it; text between blocks is a paragraph of its own."""
        runs: list[Run] = []
        for child in children(element):
            if isinstance(child, str) or not self._is_block(child):
                runs += self._runs(child, (), depth)
                continue
            yield from _paragraph(runs)
            runs = []
            yield from self._block(child, depth + 1)
        yield from _paragraph(runs)

    def _is_block(self, element: etree._Element) -> bool:
        return element.tag in BLOCKS or any(inner.tag in BLOCKS for inner in element.iter())

    def _block(self, element: etree._Element, depth: int) -> Iterator[Heading | str]:
        held = [] if self.inside_note else self._notes_in(element)
        for note in held:
            self.keep(note, depth)
        if held:
            return
        if depth > DEEPEST:
            yield from _paragraph([Run("".join(element.itertext()))])
            return
        yield from RULES.get(element.tag, Reader.blocks)(self, element, depth)

    def _notes_in(self, element: etree._Element) -> list[etree._Element]:
        """The note that it is, or all of those that it was made for."""
        if element in self.notes.numbers:
            return [element]
        if not is_wrapper(element):
            return []
        return [note for note in element.iter(etree.Element) if note in self.notes.numbers]

    def keep(self, element: etree._Element, depth: int) -> None:
        number = self.notes.numbers[element]
        if number in self.found:
            return
        inner = Reader(self.notes, self.link, self.image, self.found, inside_note=True)
        self.found[number] = ""
        self.found[number] = LEADING.sub("", inner.words(element, depth), count=1).strip()

    def _runs(
        self, child: etree._Element | str, marks: tuple[str, ...], depth: int
    ) -> Iterator[Run]:
        if isinstance(child, str):
            yield Run(child, marks)
        elif depth > DEEPEST:
            yield Run("".join(child.itertext()), marks)
        elif rule := SPANS.get(child.tag):
            yield from rule(self, child, marks)
        elif not _is_number_of_note(child):
            yield from self.inner(child, self._marked(child, marks), depth)

    def inner(self, element: etree._Element, marks: tuple[str, ...], depth: int) -> Iterator[Run]:
        for inner in children(element):
            yield from self._runs(inner, marks, depth + 1)

    def _marked(self, element: etree._Element, marks: tuple[str, ...]) -> tuple[str, ...]:
        new = MARKS.get(element.tag, "")
        return (*marks, new) if new and new not in marks else marks

    def words(self, element: etree._Element, depth: int) -> str:
        return "\n\n".join(filter(None, map(_words, self.blocks(element, depth))))


def _words(block: Heading | str) -> str:
    """A heading within something else is a bold line."""
    if isinstance(block, str):
        return block
    return f"**{block.title}**"


def _paragraph(runs: Iterable[Run]) -> Iterator[str]:
    """Two line breaks end one, as a blank line does; three are as wide as an empty one."""
    paragraph: list[Run] = []
    breaks = 0
    for run in runs:
        breaks = breaks + 1 if run.text == BREAK else breaks * run.is_blank
        if breaks < 2:  # noqa: PLR2004 (a line, and one that is blank)
            paragraph.append(run)
            continue
        yield from _words_of(paragraph)
        paragraph = []
        if breaks == 3:  # noqa: PLR2004 (a second blank line)
            yield BLANK
    yield from _words_of(paragraph)


def _words_of(runs: Sequence[Run]) -> Iterator[str]:
    if words := markdown(runs):
        yield words


def _is_number_of_note(element: etree._Element) -> bool:
    parent = element.getparent()
    return "number" in classes(element) and parent is not None and parent.tag == "aside"


def _heading(reader: Reader, element: etree._Element, depth: int) -> Iterator[Heading | str]:
    """Without a label such as `Chapter 3` that is marked as one: its place says that."""
    labels = [e for e in element.iter("span") if "label" in classes(e)]
    whole = markdown([*reader.inner(element, (), depth)])
    for label in labels:
        label.clear(keep_tail=True)
    title = markdown([*reader.inner(element, (), depth)]) if labels else whole
    if title or whole:
        one_line = (title or whole).removeprefix(BREAK).replace(BREAK, ": ")
        yield Heading(int(element.tag[1]), " ".join(one_line.split()))


def _of_words(reader: Reader, element: etree._Element, depth: int) -> Iterator[Heading | str]:
    found = [*reader.blocks(element, depth)]
    is_blank = not found and element.find(".//img") is None
    yield from [BLANK] if is_blank else found


def _rule(_: Reader, element: etree._Element, __: int) -> Iterator[Heading | str]:
    """One that nobody sees only says where a page ends."""
    if not HIDDEN.search(element.get("style", "")):
        yield RULE


def _quote(reader: Reader, element: etree._Element, depth: int) -> Iterator[Heading | str]:
    if words := reader.words(element, depth):
        yield layout.set_in(words, "> ")


def _list(reader: Reader, element: etree._Element, depth: int) -> Iterator[Heading | str]:
    previous = element.getprevious()
    is_next = previous is not None and previous.tag == element.tag
    marks = layout.marks(is_ordered=element.tag == "ol", start=element.get("start"), again=is_next)
    items = []
    for item in element.iterchildren("li"):
        if item in reader.notes.numbers and not reader.inside_note:
            reader.keep(item, depth)
        else:
            items.append(layout.item(reader.words(item, depth), next(marks)))
    if items:
        yield layout.items(items, loose=any(item.find("p") is not None for item in element))


def _code(_: Reader, element: etree._Element, __: int) -> Iterator[Heading | str]:
    for br in element.iter("br"):
        br.text = "\n"
    yield fenced("".join(element.itertext()))


def _definitions(reader: Reader, element: etree._Element, depth: int) -> Iterator[Heading | str]:
    lines = []
    for child in element.iter("dt", "dd"):
        if child.tag == "dt":
            lines.append("\n" + markdown([*reader.inner(child, (), depth)]))
        else:
            lines.append(layout.item(reader.words(child, depth), ": "))
    yield "\n".join(lines).strip("\n")


def _table(reader: Reader, element: etree._Element, depth: int) -> Iterator[Heading | str]:
    rows = [[*row.iterchildren("td", "th")] for row in element.iter("tr")]
    if words := [[reader.words(cell, depth) for cell in row] for row in rows]:
        yield layout.table(words, [_side(cell) for cell in rows[0]])


def _side(cell: etree._Element) -> str:
    said = f"{cell.get('class', '')} {cell.get('style', '')} {cell.get('align', '')}"
    return next((side for side in layout.RULERS if side in said), "")


def _figure(reader: Reader, element: etree._Element, depth: int) -> Iterator[Heading | str]:
    """A caption of plain words is its image's title, as it was when it was typed."""
    images, captions = [*element.iter("img")], [*element.iter("figcaption")]
    if len(images) == len(captions) == 1 and not len(captions[0]):
        images[0].set("title", " ".join((captions[0].text or "").split()))
        captions[0].getparent().remove(captions[0])
    yield from reader.blocks(element, depth)


Blocks = Callable[[Reader, Any, int], Iterator[Heading | str]]
RULES: Mapping[str, Blocks] = {
    **{f"h{level}": _heading for level in range(1, 7)},
    "p": _of_words,
    "hr": _rule,
    "blockquote": _quote,
    "ul": _list,
    "ol": _list,
    "pre": _code,
    "dl": _definitions,
    "figure": _figure,
    "table": _table,
}
