"""What the pages of a bound book are called, before any format draws them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from l2mac_write.book import Manuscript, Part, Section
from l2mac_write.exporters.around import Around
from l2mac_write.exporters.aside import Aside
from l2mac_write.exporters.frames import Frame
from l2mac_write.exporters.habits import TOP, is_heading, plain, unused
from l2mac_write.exporters.labels import direction, kind_named, labels, part_named, tag
from l2mac_write.exporters.markup import fragment
from l2mac_write.exporters.raw_html import cleaned
from l2mac_write.exporters.titles import says_number, says_this_number, split_title, unnumbered
from l2mac_write.exporters.tokens import NOT_TEXT, anchors, clean, stream
from l2mac_write.exporters.typesetting import set_type
from l2mac_write.exporters.typography import typeset
from l2mac_write.text.naming import slug

OURS = ("cover", "cover-image", "title-page", "imprint", "contents", "text", "book-colophon")
KINDS = (
    "abstract acknowledgments afterword appendix bibliography chapter colophon conclusion credits "
    "dedication epigraph epilogue errata foreword glossary index introduction part preface "
    "prologue"
)
ROLES = frozenset(KINDS.split())


@dataclass(frozen=True, slots=True)
class Page:
    """One section as it is shown: a small `label` such as `Chapter 3`, and a title.

    `entry` is its line in a table of contents, `kind` is empty for a kind that has no role.
    `below` are id and words of the headings that stand there too, in a document.
    """

    id: str
    kind: str
    part: Part
    label: str
    title: str
    entry: str
    section: Section
    below: tuple[tuple[str, str], ...] = ()


def pages(manuscript: Manuscript) -> tuple[Page, ...]:
    names: list[str] = list(OURS)
    bound = []
    for section in manuscript.sections:
        names.append(unused(_name(section), names))
        bound.append(_page(section, names[-1], manuscript.language))
    return tuple(bound)


def outline(bound: Iterable[Page]) -> tuple[tuple[Page, tuple[Page, ...]], ...]:
    """Each page that stands by itself in the contents, with those that are within it."""
    rows: list[tuple[Page, list[Page]]] = []
    for page in bound:
        if page.section.within and rows:
            rows[-1][1].append(page)
        else:
            rows.append((page, []))
    return tuple((page, tuple(within)) for page, within in rows)


def around(manuscript: Manuscript, bound: Iterable[Page]) -> Around:
    """What the pages may refer to of one another."""
    return Around(manuscript, tuple(page.id for page in bound), anchors)


def body(page: Page, around: Around, frame: Frame) -> Markup:
    """The page's text as markup. Nothing is kept, so that a long book needs little memory."""
    parsed = stream(page.section, around)
    for tokens in (*parsed.blocks, *(note.tokens for note in parsed.notes)):
        set_type(tokens, around.manuscript.language)
    if parsed.raw is None:
        return fragment(parsed, frame)
    frame = replace(frame, aside=(drawn := Aside()))
    clean = cleaned(fragment(parsed, frame), parsed.raw, frame)
    return Markup(NOT_TEXT.sub("", drawn.again(clean)))  # noqa: S704 (cleaned here)


def has_colophon(manuscript: Manuscript) -> bool:
    return any(section.kind == "colophon" for section in manuscript.sections)


def line(words: str, language: str) -> str:
    """A title or a name: one line, no control characters, set properly."""
    return typeset(" ".join(clean(words).split()), language)


def title_of(manuscript: Manuscript) -> str:
    return line(manuscript.title, manuscript.language) or labels(manuscript.language)["untitled"]


def common(manuscript: Manuscript) -> Mapping[str, object]:
    """What every page of HTML and EPUB may say of the book."""
    language, edition = manuscript.language, manuscript.edition
    volume = f" {edition.volume:g}" if edition.volume else ""
    return {
        "title": title_of(manuscript),
        "author": line(manuscript.author, language),
        "series": line(f"{edition.series}{volume}", language) if edition.series else "",
        "language": tag(language),
        "direction": direction(language),
        "labels": labels(language),
        "kind": manuscript.kind,
    }


def chapters_by_place(bound: Iterable[Page]) -> Mapping[int, Page]:
    """As a glossary or an index turns to them."""
    chapters = (page for page in bound if page.part is Part.BODY and not page.section.is_part)
    return dict(enumerate(chapters, start=1))


def _page(section: Section, name: str, language: str) -> Page:
    label, title, entry = _called(section, language)
    kind = section.kind if section.kind in ROLES else ""
    below = tuple(_below(section, name, language)) if section.numbered else ()
    return Page(name, kind, section.part, label, title, entry, section, below)


def _below(section: Section, name: str, language: str) -> Iterator[tuple[str, str]]:
    for block in stream(section).blocks:
        if is_heading(block) and block[0].tag == f"h{TOP}":
            yield f"{name}-{block[0].attrs['id']}", line(plain(block), language)


def _called(section: Section, language: str) -> tuple[str, str, str]:
    """Label, title and entry. A number that the title says already is not said again."""
    whole, words = line(section.title, language), labels(language)
    if section.numbered:
        return _counted(section, whole or words["untitled"])
    if section.is_part:
        label, title = part_named(whole, section.number, words)
        return label, title, ". ".join(filter(None, (label, title)))
    numbered = words["chapter"].format(number=section.number) if section.number else ""
    if not whole:
        named = numbered or kind_named(section.kind, words)
        return "", named, named
    said, rest = split_title(whole)
    if said and says_this_number(said, section.number):
        return numbered, rest, f"{section.number}. {rest}"
    if numbered and not says_number(whole):
        return numbered, whole, f"{section.number}. {whole}"
    return said, rest, whole


def _counted(section: Section, whole: str) -> tuple[str, str, str]:
    title = unnumbered(whole, section.number)
    return str(section.number), title, f"{section.number} {title}"


def _name(section: Section) -> str:
    numbered = section.kind if section.is_part else "chapter"
    return f"{numbered}-{section.number}" if section.number else slug(section.kind)


def imprint(manuscript: Manuscript) -> tuple[str, ...]:
    """What stands behind the title page, one line each; nothing where nobody said anything."""
    edition = manuscript.edition
    said = (edition.rights, edition.publisher, edition.isbn and f"ISBN {edition.isbn}")
    return tuple(line(words, manuscript.language) for words in said if words)


def colophon(manuscript: Manuscript) -> tuple[str, ...]:
    """How this edition came to be, one sentence a line."""
    words = labels(manuscript.language)
    return (
        words["made"],
        *_written(words, manuscript),
        words["dated"].format(date=f"{manuscript.modified:%Y-%m-%d}"),
    )


def _written(words: Mapping[str, str], manuscript: Manuscript) -> tuple[str, ...]:
    model = " ".join(clean(manuscript.written_by).split())
    return (words["written"].format(model=model),) if model else ()
