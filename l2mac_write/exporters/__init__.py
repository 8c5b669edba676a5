"""A bound book as files a reader can open. A new format is one module and one line here.

Each is loaded when a book is first to be made in it: all of them load slower than one is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from l2mac_write.book import Manuscript
from l2mac_write.ports import Exporter, FolderExporter


@dataclass(frozen=True, slots=True)
class AFile:
    """Implements `ports.Exporter` by a class of that module."""

    suffix: str
    module: str
    name: str

    def export(self, manuscript: Manuscript) -> bytes:
        return bytes(_made(self.module, self.name).export(manuscript))


@dataclass(frozen=True, slots=True)
class AFolder:
    """Implements `ports.FolderExporter` by a class of that module."""

    module: str
    name: str

    def files(self, manuscript: Manuscript) -> Mapping[str, bytes]:
        return dict(_made(self.module, self.name).files(manuscript))


def _made(module: str, name: str) -> Any:
    return getattr(import_module(f"{__package__}.{module}"), name)()


EXPORTERS: Mapping[str, Exporter] = {
    "markdown": AFile(".md", "markdown", "Markdown"),
    "html": AFile(".html", "html", "Html"),
    "epub": AFile(".epub", "epub", "Epub"),
    "pdf": AFile(".pdf", "pdf", "Pdf"),
    "docx": AFile(".docx", "docx", "Docx"),
    "manuscript": AFile(".manuscript.docx", "docx", "ForEditors"),
}
FOLDERS: Mapping[str, FolderExporter] = {
    "folder": AFolder("markdown_folder", "MarkdownFolder"),
    "site": AFolder("site", "Site"),
}
"""Formats that are a folder of files."""
