"""A manuscript made of Markdown that belongs to no book: a file, or a folder of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from l2mac_write.book import Manuscript
from l2mac_write.edition import edition
from l2mac_write.errors import UsageError
from l2mac_write.evaluators.language import likeliest
from l2mac_write.importers import markdown
from l2mac_write.importers.manuscripts import files
from l2mac_write.settings import LONGEST_LINE, moment
from l2mac_write.store.images import Images
from l2mac_write.text.languages import language

NAMESPACE = uuid.UUID("7a1e4b0e-6f0b-5b39-9d6a-3a5b5a1c2f10")
EXPORTS = "exports/"
"""What was exported from a folder is no text of its."""
OF_THE_EDITION = frozenset({"publisher", "rights", "isbn", "cover", "description"})
SAMPLE = 20_000


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
    read = markdown.read(found)
    if not read.sections:
        raise UsageError(f"`{root}` has no chapter: there is nothing to export.")
    above = read.said
    known = _first_of(said, _of_front_matter(above), _of_surroundings(root, found))
    folder = root if root.is_dir() else root.parent
    return Manuscript(
        title=known.title,
        author=known.author,
        language=known.language,
        identifier=uuid.uuid5(NAMESPACE, f"{known.title}\n{known.author}").urn,
        modified=moment(environ, max((folder / name).stat().st_mtime for name in found)),
        sections=read.sections,
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


def titled(root: Path) -> str:
    """A title made of the name of the file or folder."""
    name = root.resolve().stem.replace("-", " ").replace("_", " ").strip()
    return name[:1].upper() + name[1:]


def _of_surroundings(root: Path, texts: Mapping[str, str]) -> Said:
    sample = "\n".join(text[:SAMPLE] for text in texts.values())[:SAMPLE]
    return Said(titled(root), "", likeliest(sample))
