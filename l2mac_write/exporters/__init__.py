"""A bound book as files a reader can open. A new format is one module and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from l2mac_write.exporters.docx import Docx, ForEditors
from l2mac_write.exporters.epub import Epub
from l2mac_write.exporters.html import Html
from l2mac_write.exporters.markdown import Markdown
from l2mac_write.exporters.markdown_folder import MarkdownFolder
from l2mac_write.exporters.pdf import Pdf
from l2mac_write.exporters.site import Site
from l2mac_write.ports import Exporter, FolderExporter

EXPORTERS: Mapping[str, Exporter] = {
    "markdown": Markdown(),
    "html": Html(),
    "epub": Epub(),
    "pdf": Pdf(),
    "docx": Docx(),
    "manuscript": ForEditors(),
}
FOLDERS: Mapping[str, FolderExporter] = {
    "folder": MarkdownFolder(),
    "site": Site(),
}
"""Formats that are a folder of files."""
