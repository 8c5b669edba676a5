"""Takes in a manuscript that comes from elsewhere, told by what it holds and not by its name."""

from __future__ import annotations

import re
from pathlib import Path

from l2mac_write.errors import UsageError
from l2mac_write.importers import docx, epub, html, markdown
from l2mac_write.importers.imported import Imported
from l2mac_write.importers.manuscripts import files
from l2mac_write.importers.parcel import content_of, opened
from l2mac_write.store.images import Images

ZIP, OLD_WORD, PDF = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
LOOKS_LIKE_HTML = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]",
                             re.IGNORECASE | re.DOTALL)  # fmt: skip
HTML = frozenset({".html", ".htm", ".xhtml"})


def imported(path: Path, level: int = 0) -> Imported:
    """What the file or folder holds. Raises `UsageError` for what is none of what we can read.

    It is cut into chapters as it says itself, or at its headings of that level.
    """
    read = _read(path, level)
    if not any(section.title or section.markdown.strip() for section in read.sections):
        raise UsageError(f"`{path}` holds no text.")
    return read


def _read(path: Path, level: int) -> Imported:
    if path.is_dir():
        return markdown.read(files(path), level)
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
    return markdown.read(files(path), level)


def _unpacked(content: bytes, name: str, level: int) -> Imported:
    parcel = opened(content, name)
    if epub.CONTAINER in parcel.names:
        return epub.read(parcel, level)
    if docx.DOCUMENT in parcel.names:
        return docx.read(parcel, level)
    raise UsageError(f"`{name}` is a ZIP file, but neither an EPUB nor a Word document.")
