"""A manuscript made of Markdown that belongs to no book: a file, or a folder of them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from l2mac_write import front_matter
from l2mac_write.book import Manuscript, Part, Section
from l2mac_write.counting import count_words
from l2mac_write.edition import edition
from l2mac_write.errors import UsageError
from l2mac_write.evaluators.language import likeliest
from l2mac_write.languages import language
from l2mac_write.manuscripts import Piece, files, headed, pieces, plain
from l2mac_write.settings import LONGEST_LINE, moment
from l2mac_write.store.images import Images

NAMESPACE = uuid.UUID("7a1e4b0e-6f0b-5b39-9d6a-3a5b5a1c2f10")
SUMMARY, EXPORTS = "SUMMARY.md", "exports/"
"""What was exported from a folder is no text of its."""
OF_THE_EDITION = frozenset({"publisher", "rights", "isbn", "cover", "description"})
SAMPLE, LONGEST_TITLE = 20_000, 300
LINK = re.compile(r"\]\(\s*<?(?:\./)?([^)<>#\s]+\.(?:md|markdown|txt))(?=[>\s#)])")
BYLINE = re.compile(r"[*_]{0,2}by ([^\n*_]{2,80}?)[*_]{0,2}", re.IGNORECASE)
MARKED = re.compile(
    r"!?\[([^\]]*)\]\([^)]*\)|(?<!`)`([^`]+)`|(?:\*\*|__)(\S[^*_]*)(?:\*\*|__)|\*(\S[^*]*)\*"
    r"|\s*\{#[^}]*\}\s*$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a book besides its chapters, empty where nobody has said it."""

    title: str = ""
    author: str = ""
    language: str = ""


def gathered(root: Path, said: Said, environ: Mapping[str, str]) -> Manuscript:
    """The book that the texts make, in the order of their names or of a `SUMMARY.md`.

    `said` counts for more than what stands above the first text, and that for more than headings.
    Raises `UsageError` for what is not there or no text, and for a language that nobody speaks.
    """
    found = {name: text for name, text in files(root).items() if not name.startswith(EXPORTS)}
    if not found:
        raise UsageError(f"`{root}` holds no text.")
    split = {name: front_matter.split(plain(text)) for name, text in found.items()}
    above = next(iter(split.values()))[0]
    texts = {name: rest for name, (_, rest) in split.items() if rest.strip()}
    told, sections = _cut(*next(iter(texts.items()))) if len(texts) == 1 else _listed(texts)
    if not sections:
        raise UsageError(f"`{root}` has no chapter: there is nothing to export.")
    known = _first_of(said, _of_front_matter(above), told, _of_surroundings(root, texts))
    folder = root if root.is_dir() else root.parent
    return Manuscript(
        title=known.title,
        author=known.author,
        language=known.language,
        identifier=uuid.uuid5(NAMESPACE, f"{known.title}\n{known.author}").urn,
        modified=moment(environ, max((folder / name).stat().st_mtime for name in texts)),
        sections=sections,
        description=above.get("description", ""),
        edition=edition({name: above[name] for name in above.keys() & OF_THE_EDITION}),
        image=Images(folder).get,
    )


def _first_of(*all_said: Said) -> Said:
    known = {
        name: next((v for one in all_said if (v := asdict(one)[name].strip())), "")
        for name in ("title", "author", "language")
    }
    for name in ("title", "author"):
        if len(known[name]) > LONGEST_LINE:
            raise UsageError(f"the {name} is longer than {LONGEST_LINE} characters.")
    return Said(known["title"], known["author"], language(known["language"]).tag)


def _of_front_matter(above: Mapping[str, str]) -> Said:
    return Said(
        above.get("title", ""),
        above.get("author", ""),
        above.get("lang", "") or above.get("language", ""),
    )


def _of_surroundings(root: Path, texts: Mapping[str, str]) -> Said:
    name = root.resolve().stem.replace("-", " ").replace("_", " ").strip()
    sample = "\n".join(text[:SAMPLE] for text in texts.values())[:SAMPLE]
    return Said(name[:1].upper() + name[1:], "", likeliest(sample))


def _listed(texts: Mapping[str, str]) -> tuple[Said, tuple[Section, ...]]:
    """Each text is a chapter, called by the heading that it begins with, or else by its name."""
    order = [name for name in LINK.findall(texts.get(SUMMARY, "")) if name in texts]
    rest = [name for name in texts if name != SUMMARY or not order]
    return Said(), tuple(_chapter(name, texts[name]) for name in dict.fromkeys((*order, *rest)))


def _chapter(name: str, text: str) -> Section:
    title, rest = headed(text)
    if not title or len(title) > LONGEST_TITLE:
        title, rest = PurePosixPath(name).stem.replace("-", " ").replace("_", " "), text
    return Section("chapter", Part.BODY, name, _bare(title), rest)


def _cut(name: str, text: str) -> tuple[Said, tuple[Section, ...]]:
    """One text, cut at its chapters; what stands above them is its title, a preface, or parts."""
    every = [p for p in pieces(name, text) if p.title or count_words(p.text)]
    first = next((at for at, piece in enumerate(every) if not piece.above), len(every))
    title, author, body = "", "", every
    if first and len(every) > first:
        title, author, body = _title_of(every)
    return Said(title, author), tuple(_sections(body))


def _title_of(every: list[Piece]) -> tuple[str, str, list[Piece]]:
    """The heading above all others, and who it says has written it."""
    top = every[0]
    if len(top.title) > LONGEST_TITLE:
        return "", "", every
    by = BYLINE.fullmatch(top.text)
    if by or not top.text:
        return _bare(top.title), by[1].strip() if by else "", every[1:]
    return _bare(top.title), "", [_untitled(top), *every[1:]]


def _untitled(piece: Piece) -> Piece:
    return Piece(piece.path, piece.file, "", piece.text, piece.start, above=True)


def _sections(body: list[Piece]) -> Iterator[Section]:
    parts = 0
    for at, piece in enumerate(body):
        if not piece.above:
            yield Section(
                "chapter", Part.BODY, piece.path, _bare(piece.title), piece.text, within=parts > 0
            )
        elif piece.title and any(not later.above for later in body[at + 1 :]):
            parts += 1
            yield Section("part", Part.BODY, piece.path, _bare(piece.title), piece.text, parts)
        else:
            yield Section("preface", Part.FRONT, piece.path, "", piece.text)


def _bare(title: str) -> str:
    """The words of a heading without the marks of Markdown."""
    return MARKED.sub(lambda found: "".join(filter(None, found.groups())), title).strip()
