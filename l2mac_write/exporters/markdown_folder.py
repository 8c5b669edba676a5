"""A folder of CommonMark: a file for each section under its own name, and its images.

What a file is to its book stands above its text. `SUMMARY.md` gives the order of the files, and
above it stands what the book says of itself, so that an import gives the same book.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from l2mac_write.book import Manuscript, Part, Section
from l2mac_write.exporters import pages
from l2mac_write.exporters.around import Around
from l2mac_write.exporters.habits import unused
from l2mac_write.exporters.labels import labels, tag
from l2mac_write.exporters.markdown import blocks, entries, escaped, heading, row
from l2mac_write.exporters.tokens import Stream, clean, stream, with_children

SUMMARY = "SUMMARY.md"


class MarkdownFolder:
    def files(self, manuscript: Manuscript) -> Mapping[str, bytes]:
        bound = pages.pages(manuscript)
        rest, names = pages.around(manuscript, bound), _names(bound)
        made = {SUMMARY: _text(_summary(manuscript, names)).encode()}
        for page, name in zip(bound, names, strict=True):
            parsed = stream(page.section, rest)
            made[name] = _text(_file(page.section, parsed, manuscript)).encode()
            made.update(_images(parsed, rest))
        return made


def _names(bound: Iterable[pages.Page]) -> tuple[str, ...]:
    """Their own, so that links between them hold; one that was cut from a file has none."""
    names: list[str] = [SUMMARY]
    for page in bound:
        own = page.section.path
        is_file = own.endswith(".md") and own not in names
        names.append(own if is_file else unused(page.id, [n.removesuffix(".md") for n in names]))
        names[-1] = names[-1].removesuffix(".md") + ".md"
    return tuple(names[1:])


def _text(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _summary(manuscript: Manuscript, names: Iterable[str]) -> Iterator[str]:
    edition, words = manuscript.edition, labels(manuscript.language)
    yield _above(
        title=manuscript.title,
        author=manuscript.author,
        language=tag(manuscript.language),
        description=manuscript.description,
        publisher=edition.publisher,
        rights=edition.rights,
        isbn=edition.isbn,
    )
    yield f"# {escaped(manuscript.title) or words['untitled']}"
    yield "\n".join(
        f"{'  ' * section.within}- [{heading(section, words)}]({name})"
        for section, name in zip(manuscript.sections, names, strict=True)
    )


def _file(section: Section, parsed: Stream, manuscript: Manuscript) -> Iterator[str]:
    number = section.number if section.number and section.kind != "chapter" else 0
    part = "" if section.part is Part.BODY else str(section.part)
    yield _above(
        title=section.title,
        kind=section.kind,
        part=part,
        number=str(number or ""),
        within="part" if section.within else "",
    )
    yield f"# {heading(section, labels(manuscript.language))}"
    yield from blocks(parsed, {}, deeper=0)
    if section.headwords:
        titles = entries(manuscript)
        yield "\n".join(row(headword, titles) for headword in section.headwords)


def _above(**said: str) -> str:
    """One line each; JSON's strings are YAML too."""
    lines = (
        f"{name}: {json.dumps(' '.join(clean(value).split()), ensure_ascii=False)}"
        for name, value in said.items()
        if value.strip() or name == "title"
    )
    return "\n".join(("---", *lines, "---"))


def _images(parsed: Stream, rest: Around) -> Iterator[tuple[str, bytes]]:
    every = [*parsed.blocks, *(note.tokens for note in parsed.notes)]
    for token in (one for block in every for one in with_children(block)):
        if token.type == "image" and (image := token.meta.get("image")):
            yield image.path, rest.manuscript.image(image.path) or b""
