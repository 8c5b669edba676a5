"""Makes the files of a bound book that a reader gets, and hears what they cannot show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from l2mac_write.book import Manuscript
from l2mac_write.errors import ExtraMissing, PrintFailed, SettingsError, Unprintable, UsageError
from l2mac_write.exporters import EXPORTERS, FOLDERS
from l2mac_write.exporters.looks import looks
from l2mac_write.store.exported import write_folder, write_whole
from l2mac_write.templating import themed
from l2mac_write.text.naming import slug

ALL = "all"


@dataclass(frozen=True, slots=True)
class Exported:
    """The files or folders that were made; `warnings` say in sentences what is missing in them."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...] = ()


def export(
    manuscript: Manuscript, kinds: Iterable[str], folder: Path, to: Path | None = None
) -> Exported:
    """The book in each of these formats, in `folder`, or where `to` says.

    `folder` is its own for exports, `to` names the file, or the folder of several. Of `all` formats those are left out, with a
    warning, that need something which is not installed, or that cannot show the book.
    """
    heard: dict[str, None] = {}
    asked = known(kinds)
    several = len(asked) > 1 or ALL in asked
    if to and asked:
        _insist_on_its_name(to, asked)
    name = slug(manuscript.title)
    made = []
    with _dressed(replace(manuscript, warn=heard.setdefault), folder.parent) as dressed:
        for kind in (*EXPORTERS, *FOLDERS) if ALL in asked else asked:
            place = to if to and not several else (to or folder) / f"{name}{_ending(kind)}"
            try:
                made.append(_make(kind, dressed, place.absolute()))
            except (ExtraMissing, PrintFailed, Unprintable) as error:
                if ALL not in asked:
                    raise
                heard.setdefault(f"There is no {kind}: {error}")
    return Exported(tuple(made), tuple(heard))


@contextmanager
def _dressed(manuscript: Manuscript, root: Path) -> Iterator[Manuscript]:
    """The book in the theme of its edition, where that is a folder in the book's own."""
    theme = manuscript.edition.theme
    if not theme or theme in looks() or not (place := root / theme).is_dir():
        yield manuscript
        return
    if not place.resolve().is_relative_to(root.resolve()) or any(map(_is_link, place.rglob("*"))):
        raise SettingsError(f"the theme `{theme}` is not within the book, or has links in it.")
    with themed(place):
        yield replace(manuscript, edition=replace(manuscript.edition, theme=""))


def _is_link(path: Path) -> bool:
    return path.is_symlink()


def known(kinds: Iterable[str]) -> tuple[str, ...]:
    """Each once. Raises `UsageError` for a format that there is not."""
    every = (*EXPORTERS, *FOLDERS)
    asked = tuple(dict.fromkeys(kinds))
    for kind in asked:
        if kind not in {*every, ALL}:
            raise UsageError(f"there is no format `{kind}`; there are: {', '.join(every)}.")
    return asked


def told_by(to: Path | None) -> tuple[str, ...]:
    """The format that a file of this name is of; EPUB where it has no name that tells."""
    told = [kind for kind in EXPORTERS if to and to.name.lower().endswith(_ending(kind))]
    return tuple(told[-1:]) or ("epub",)


def _insist_on_its_name(to: Path, asked: Sequence[str]) -> None:
    """A reader's program goes by the ending, and would call any other file broken."""
    if len(asked) > 1 or ALL in asked:
        if to.is_file():
            raise UsageError(f"`{to}` is a file: give several formats a folder with --to.")
        return
    ends = {kind: Path(f"name{_ending(kind)}").suffix for kind in (*EXPORTERS, *asked)}
    if (ending := to.suffix.lower()) in ends.values() and ending != ends[asked[0]]:
        raise UsageError(
            f"`{to}` is the name of a file in the format {told_by(to)[0]}, not {asked[0]}: end it"
            " otherwise, or leave out --format."
        )


def _ending(kind: str) -> str:
    """Of the name: a suffix, or for a folder what it holds."""
    return EXPORTERS[kind].suffix if kind in EXPORTERS else f"-{kind}"


def _make(kind: str, manuscript: Manuscript, place: Path) -> Path:
    if kind in EXPORTERS:
        return write_whole(place, EXPORTERS[kind].export(manuscript))
    return write_folder(place, FOLDERS[kind].files(manuscript))
