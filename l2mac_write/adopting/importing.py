"""Takes in a manuscript that comes from elsewhere, told by what it holds and not by its name."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

from l2mac_write.errors import UsageError
from l2mac_write.importers import docx, epub, html, texts
from l2mac_write.importers.imported import Imported
from l2mac_write.importers.listed import without_contents
from l2mac_write.importers.manuscripts import files
from l2mac_write.importers.parcel import Parcel, content_of, opened
from l2mac_write.importers.scenes import parted
from l2mac_write.store.images import Images

ZIP, OLD_WORD, PDF = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
LOOKS_LIKE_HTML = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]",
                             re.IGNORECASE | re.DOTALL)  # fmt: skip
HTML = frozenset({".html", ".htm", ".xhtml"})
LIST_LEFT_OUT = "Its list of contents was left out: each export makes one of its own."


def imported(path: Path, level: int = 0) -> Imported:
    """What the file or folder holds. Raises `UsageError` for what is none of what we can read.

    It is cut into chapters as it says itself, or at its headings of that level.
    """
    read = _settled(_read(path, level))
    if not any(section.title or section.markdown.strip() for section in read.sections):
        raise UsageError(f"`{path}` holds no text.")
    return read


def _settled(read: Imported) -> Imported:
    """With rules between its scenes, and without a list of its chapters, of which each book has its own."""
    kept = without_contents(read.sections)
    left_out = (LIST_LEFT_OUT,) if kept != read.sections else ()
    return replace(read, sections=parted(kept), remarks=(*read.remarks, *left_out))


def _read(path: Path, level: int) -> Imported:
    if path.is_dir():
        return texts.read(files(path), level)
    content = content_of(path)
    if content.startswith(ZIP):
        return _unpacked(content, path.name, level)
    if content.startswith(OLD_WORD):
        raise UsageError(
            f"`{path}` is an old or protected Word document: save it as .docx without a password."
        )
    if content.startswith(PDF):
        raise UsageError(f"`{path}` is a PDF, whose text has no order: import what it was made of.")
    if path.suffix.lower() in HTML or LOOKS_LIKE_HTML.match(content):
        return html.read(content, path.name, Images(path.parent).get, level)
    return texts.read(files(path), level)


def _unpacked(content: bytes, name: str, level: int) -> Imported:
    parcel = opened(content, name)
    if epub.CONTAINER in parcel.names:
        return epub.read(parcel, level)
    if docx.DOCUMENT in parcel.names:
        return docx.read(parcel, level)
    pages = [one for one in sorted(parcel.names) if _is_page(one)]
    if len(pages) == 1:
        return _of_page(parcel, pages[0], level)
    raise UsageError(
        f"`{name}` is a ZIP file, but neither an EPUB nor a Word document, nor a page of HTML."
    )


def _is_page(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in HTML and not name.startswith("__MACOSX/")


def _of_page(parcel: Parcel, page: str, level: int) -> Imported:
    """As Google Docs packs one, with its images in a folder beside it."""
    folder, names = posixpath.dirname(page), parcel.names

    def beside(address: str) -> bytes | None:
        place = posixpath.normpath(posixpath.join(folder, address))
        return parcel.read(place) if place in names else None

    return html.read(parcel.read(page), PurePosixPath(page).name, beside, level)
