"""A book out of an EPUB: its documents in reading order, as they say themselves what they are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.book import Part, Section
from l2mac_write.errors import UsageError
from l2mac_write.importers import binding, contents, markdown, traces
from l2mac_write.importers.blocks import BLANK, Heading, Reader
from l2mac_write.importers.elements import document, kinds, xml
from l2mac_write.importers.escaping import escaped
from l2mac_write.importers.imported import Imported
from l2mac_write.importers.links import Links
from l2mac_write.importers.looks import looks, spell_out
from l2mac_write.importers.notes import notes
from l2mac_write.importers.parcel import Parcel
from l2mac_write.importers.pictures import Pictures

CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
ONLY_FONTS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
NAMED = {"title": "title", "creator": "author", "language": "language", "publisher": "publisher",
         "rights": "rights", "description": "description", "subject": "subjects"}  # fmt: skip
SEVERAL = frozenset({"subjects"})
COLLECTED = {"belongs-to-collection": "series", "group-position": "volume",
             "calibre:series": "series", "calibre:series_index": "volume"}  # fmt: skip
OURS = "titlepage halftitlepage toc landmarks cover imprint copyright-page loi lot"
BEFORE = "abstract dedication epigraph foreword introduction preface"
WITHIN = "chapter conclusion epilogue part prologue volume"
AFTER = "acknowledgments afterword appendix bibliography colophon credits errata glossary index"
MADE, FRONT = frozenset(OURS.split()), frozenset(BEFORE.split())
BODY, BACK = frozenset(WITHIN.split()), frozenset(AFTER.split())
PAGES = frozenset({"application/xhtml+xml", "text/html"})


@dataclass(frozen=True, slots=True)
class Document:
    """`kind` is a word of the EPUB vocabulary, or empty where it says nothing."""

    name: str
    kind: str
    part: Part
    blocks: tuple[Heading | str, ...]

    @property
    def title(self) -> str:
        first = self.blocks[0] if self.blocks else ""
        return markdown.bare(first.title) if isinstance(first, Heading) else ""


def read(parcel: Parcel, level: int = 0) -> Imported:
    """By its documents where these say what they are, unless a level of headings is asked for.

    Raises `UsageError` for one that is broken or encrypted.
    """
    _insist_on_plain_text(parcel)
    opf = _package(parcel)
    package = xml(parcel.read(opf), opf)
    folder = posixpath.dirname(opf)
    roots = dict(_roots(parcel, package, folder))
    _spell_out(roots.values(), parcel)
    names = parcel.names
    pictures = Pictures(lambda path: parcel.read(path) if path in names else None)
    found, documents = _documents(roots, pictures)
    if not documents:
        raise UsageError(f"`{parcel.name}` holds no text.")
    said = _said(package)
    if not level and 2 * sum(bool(one.kind) for one in documents) >= len(documents):
        sections = binding.bound(_sections(documents), found)
        return Imported(sections, said, pictures.taken)
    if not any(one.title for one in documents):
        documents = [*_called(documents, contents.names(parcel, package, folder))]
    every = [block for one in documents for block in one.blocks]
    read = binding.cut(parcel.name, every, found, level)
    return Imported(read.sections, {**read.said, **said}, pictures.taken)


def _spell_out(roots: Iterable[etree._Element], parcel: Parcel) -> None:
    """The emphasis that its style sheets give."""
    sheets = (name for name in sorted(parcel.names) if name.lower().endswith(".css"))
    known = looks(parcel.read(name).decode(errors="replace") for name in sheets)
    for root in roots:
        traces.removed(root)
        spell_out(root, known)


def _called(documents: Iterable[Document], names: Mapping[str, str]) -> Iterator[Document]:
    """With the titles that the contents give them; a first line that says the same is the title."""
    for one in documents:
        title, blocks = names.get(one.name, ""), one.blocks
        if title and isinstance(blocks[0], str):
            is_said = markdown.bare(blocks[0]).casefold() == title.casefold()
            blocks = (Heading(1, escaped(title)), *blocks[is_said:])
        yield replace(one, blocks=blocks)


def _insist_on_plain_text(parcel: Parcel) -> None:
    if ENCRYPTION not in parcel.names:
        return
    for element in xml(parcel.read(ENCRYPTION), ENCRYPTION).iter("{*}EncryptionMethod"):
        if element.get("Algorithm") not in ONLY_FONTS:
            raise UsageError(f"`{parcel.name}` is encrypted: only who sold it can take that off.")


def _package(parcel: Parcel) -> str:
    roots = [*xml(parcel.read(CONTAINER), CONTAINER).iter("{*}rootfile")]
    if not roots:
        raise UsageError(f"`{parcel.name}` is broken: its container names no book.")
    return str(roots[0].get("full-path", ""))


def _roots(
    parcel: Parcel, package: etree._Element, folder: str
) -> Iterator[tuple[str, etree._Element]]:
    items = {str(item.get("id")): item for item in package.iter(f"{OPF}item")}
    for reference in package.iter(f"{OPF}itemref"):
        item = items.get(str(reference.get("idref")))
        if item is None or item.get("media-type") not in PAGES:
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(str(item.get("href")))))
        if "nav" not in str(item.get("properties", "")).split():
            yield name, document(parcel.read(name), name)


def _documents(
    roots: Mapping[str, etree._Element], pictures: Pictures
) -> tuple[dict[int, str], list[Document]]:
    known, every = notes(roots), []
    found: dict[int, str] = {}
    for name, root in roots.items():
        kind, part = _kind(root)
        if kind in MADE:
            continue
        reader = Reader(
            known,
            Links(root).address,
            lambda address, beside=name: pictures.path(address, beside),  # type: ignore[misc]
            found,
        )
        body = root.find("body") if root.find("body") is not None else root
        blocks = tuple(dropwhile(lambda block: block == BLANK, reader.blocks(body)))
        if blocks:
            every.append(Document(name, kind, part, blocks))
    return found, every


def _kind(root: etree._Element) -> tuple[str, Part]:
    """What the document is, told by the first element that says so."""
    body = root.find("body") if root.find("body") is not None else root
    above = [body, *body.iterchildren(), *(e for c in body.iterchildren() for e in c)]
    said = [(kinds(one), one.get("id")) for one in above if isinstance(one.tag, str)]
    if any(name == "book-colophon" for _, name in said):
        return "imprint", Part.BACK
    known = MADE | FRONT | BODY | BACK
    kind = next((min(words & known) for words, _ in said if words & known), "")
    where = frozenset().union(*(words for words, _ in said))
    if kind in BODY or "bodymatter" in where:
        return kind, Part.BODY
    back = kind in BACK or "backmatter" in where
    is_front = kind in FRONT or "frontmatter" in where
    return kind, Part.BACK if back else Part.FRONT if is_front else Part.BODY


def _sections(documents: Sequence[Document]) -> Iterator[Section]:
    """A document each; one that says nothing and has no title goes on with the one before."""
    section: Section | None = None
    parts = 0
    for one in documents:
        if section and not one.kind and not one.title:
            section = replace(section, markdown=f"{section.markdown}\n\n{binding.text(one.blocks)}")
            continue
        if section:
            yield section
        kind = "part" if one.kind == "volume" else one.kind or "chapter"
        parts += kind == "part"
        section = Section(
            kind=kind,
            part=one.part,
            path=posixpath.splitext(posixpath.basename(one.name))[0] + ".md",
            title=one.title,
            markdown=binding.text(one.blocks[bool(one.title) :]),
            number=parts if kind == "part" else 0,
            within=parts > 0 and kind != "part" and one.part is Part.BODY,
        )
    if section:
        yield section


def _said(package: etree._Element) -> dict[str, str]:
    """What there may be several of, a line each."""
    said: dict[str, str] = {}
    for element in package.iter(etree.Element):
        name = _named(element)
        words = " ".join((element.text or element.get("content") or "").split())
        if element.tag == f"{DC}identifier" and words.lower().startswith("urn:isbn:"):
            name, words = "isbn", words[9:]
        if name and words not in {"", "C", "und"}:  # what programs write who do not know
            before = said.get(name, "")
            said[name] = f"{before}\n{words}".strip() if name in SEVERAL else before or words
    return said


def _named(element: etree._Element) -> str:
    if element.tag == f"{OPF}meta":
        return COLLECTED.get(element.get("property") or element.get("name") or "", "")
    return NAMED.get(element.tag.removeprefix(DC), "") if element.tag.startswith(DC) else ""
