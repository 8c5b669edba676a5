"""A manuscript that is there becomes a book, with not a word of it changed; a model may read it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from l2mac_write import library, wiring
from l2mac_write.adopting.importing import imported
from l2mac_write.adopting.kind import Kind, kind_of
from l2mac_write.adopting.rehousing import House
from l2mac_write.adopting.saying import settled
from l2mac_write.adopting.unnumbered import counted
from l2mac_write.book import Part, Section
from l2mac_write.errors import PathRefused, UsageError
from l2mac_write.evaluators.portrait import portrait
from l2mac_write.events import Listener, nobody
from l2mac_write.findings import Text
from l2mac_write.importers.imported import Imported
from l2mac_write.importers.manuscripts import files
from l2mac_write.importers.pictures import Pictures
from l2mac_write.machine import unbinding
from l2mac_write.machine.binding import ABOUT
from l2mac_write.machine.expanding import instructions
from l2mac_write.machine.overtaken import overtaken
from l2mac_write.opened import Book
from l2mac_write.plan import PLAN, Plan
from l2mac_write.plan_file import load
from l2mac_write.plan_writing import dump
from l2mac_write.programs.begun import ADOPTED, begun
from l2mac_write.settings import Settings, to_toml
from l2mac_write.store.exported import write_whole
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.images import Images
from l2mac_write.store.making import insist_on_room, made
from l2mac_write.store.paths import checked_image
from l2mac_write.store.places import PRIVATE, SOURCES
from l2mac_write.store.troubles import in_sentences
from l2mac_write.templating import render
from l2mac_write.text.languages import unit


@dataclass(frozen=True, slots=True)
class Adoption:
    """What a manuscript becomes: `texts` and `images` by their paths in the book.

    `sections` say what each text of the bound book is; `sources` are the files that it came from.
    `remarks` are sentences about what was left out of it, and what it was taken for.
    """

    settings: Settings
    plan: Plan
    sections: tuple[Section, ...]
    texts: Mapping[str, str]
    images: Mapping[str, bytes]
    sources: Mapping[str, Path]
    remarks: tuple[str, ...] = ()


def preview(
    path: Path | str, *, split: int | None = None, **settings: str | float | None
) -> Adoption:
    """What `adopt` would make of a manuscript; writes nothing.

    It is cut into chapters as it says itself, or at its headings of the level `split`.
    """
    root = Path(path)
    if (root / PRIVATE).is_dir():
        raise UsageError(f"`{root}` is a book of this program already: there is nothing to adopt.")
    read = imported(root, split or 0)
    pictures = _pictures(root, read)
    wanted = settled(root, read, settings)
    plan, kind = _planned(root, read, wanted)
    told = (kind.told(wanted.language),) if wanted.kind == "book" else ()
    house = House(read.sections, tuple(unbinding.paths(read.sections, plan)), pictures)
    sections = tuple(map(house.moved, range(len(read.sections))))
    return Adoption(
        settings=wanted,
        plan=plan,
        sections=sections,
        texts={PLAN: dump(plan), **dict(_texts(sections, read))},
        images={place: content for place, content in pictures.taken.items() if _may_be(place)},
        sources=_sources(root, pictures),
        remarks=(*read.remarks, *told),
    )


def adopt(
    path: Path | str,
    to: Path | str,
    *,
    split: int | None = None,
    read: bool = False,
    tell: Listener = nobody,
    **settings: str | float | None,
) -> Book:
    """Make a book in the new folder `to` of a manuscript: Markdown, EPUB, Word or HTML.

    Its chapters are a person's own, and no model ever changes them. With `read`, or where a
    `model` is named, one reads them at once: what each does, what it makes true, what happens in
    it; `resume` does that later. Other settings are title, author, language, kind and those of a
    run. Raises `UsageError` for what is no manuscript, and leaves nothing behind then.
    """
    return settle(
        preview(path, split=split, **settings), path, to, read=read, tell=tell, **settings
    )


def settle(
    adoption: Adoption,
    path: Path | str,
    to: Path | str,
    *,
    read: bool = False,
    tell: Listener = nobody,
    **settings: str | float | None,
) -> Book:
    """The same with what was seen in a preview."""
    root = Path(to)
    _insist_they_are_apart(Path(path), root)
    insist_on_room(root)
    is_read = read or bool(settings.get("model"))
    if is_read:
        _insist_it_can_read(adoption.settings, tell)
    with made(root) as place:
        _write(adoption, place)
    of_a_run = {name: settings.get(name) for name in library.OF_A_RUN}
    return library.resume(root, tell=tell, until="", **of_a_run) if is_read else Book(root)


def _insist_it_can_read(settings: Settings, tell: Listener) -> None:
    name = wiring.model_named(settings.model, os.environ)
    model = wiring.able(replace(settings, model=name), os.environ, tell)
    model.close()
    if model.abilities.guided:
        raise UsageError(
            f"`{model.model}` is too small to read a book. Choose another --model, or adopt it"
            " without one."
        )


def _insist_they_are_apart(source: Path, root: Path) -> None:
    here, there = source.resolve(), root.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        raise UsageError(
            f"`{root}` and `{source}` lie one in the other. Name a folder for the book elsewhere"
            " with --to."
        )


def _pictures(root: Path, read: Imported) -> Pictures:
    """Those that were read with the manuscript, and those that lie beside its texts."""
    beside = Images(root if root.is_dir() else root.parent).get
    return Pictures(lambda place: read.images.get(place) or beside(place))


def _planned(root: Path, read: Imported, settings: Settings) -> tuple[Plan, Kind]:
    bodies = [
        Text(section.path, section.markdown)
        for section in read.sections
        if section.part is Part.BODY and section.markdown
    ]
    told = portrait(bodies, settings.language)
    kind = kind_of(bodies, told)
    style = render("adopting/style.txt.j2", told=asdict(told), unit=unit(settings.language))
    try:
        plan = unbinding.planned(
            settings.title,
            read.sections,
            premise=read.said.get("description", ""),
            style=" ".join(style.split()),
        )
        plan = counted(plan, [s for s in read.sections if unbinding.is_chapter(s)])
        return load(dump(replace(plan, fiction=kind.is_fiction))), kind
    except UsageError as error:
        raise UsageError(f"`{root}`: {error}") from error


def _texts(sections: Iterable[Section], read: Imported) -> Iterator[tuple[str, str]]:
    """Those of parts only where they say something."""
    if about := read.said.get("description", ""):
        yield ABOUT, f"{about}\n"
    for section in sections:
        if section.kind != "part" or section.markdown.strip():
            yield section.path, unbinding.file_of(section)


def _may_be(place: str) -> bool:
    try:
        return bool(checked_image(place))
    except PathRefused:
        return False


def _sources(root: Path, pictures: Pictures) -> Mapping[str, Path]:
    """The files that were read, and the images that lay beside them."""
    folder = root if root.is_dir() else root.parent
    within = f"{root.resolve().name}/" if root.is_dir() else ""
    texts = files(root) if root.is_dir() else (root.name,)
    shown = (place for place, name in pictures.names.items() if name and (folder / place).is_file())
    return {f"{within}{name}": folder / name for name in (*texts, *shown)}


def _write(adoption: Adoption, place: Path) -> None:
    """All of it on disk first, where the journal finds it as it finds any edit of a person's."""
    with closing(BookFolder.create(place)) as folder:
        folder.begin_settings(to_toml(adoption.settings))
        for path, text in adoption.texts.items():
            _put(place / path, text.encode())
        for path, content in adoption.images.items():
            _put(place / path, content)
        for name, source in adoption.sources.items():
            with in_sentences(source):
                _put(place / SOURCES / name, source.read_bytes())
        folder.adopt()
        folder.remember(ADOPTED, "yes")
        program = begun(adoption.settings, folder.meta)
        every = instructions(program, adoption.plan, adoption.settings.brief)
        folder.end(overtaken(every, program, adoption.texts))


def _put(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, content)
