"""The images that the pages of a book show, each once, under names that every reader can open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from l2mac_write.book import Manuscript
from l2mac_write.exporters.around import Image
from l2mac_write.exporters.habits import unused
from l2mac_write.exporters.pictures import safe
from l2mac_write.text.naming import slug

FOLDER = "images/"
ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}


@dataclass(frozen=True, slots=True)
class Shelf:
    manuscript: Manuscript
    names: dict[Image, str] = field(default_factory=dict)

    def place(self, image: Image) -> str:
        """Its path in the folder of the export; from now on it is on the shelf."""
        if image not in self.names:
            stem = unused(slug(PurePosixPath(image.path).stem), map(_stem, self.names.values()))
            self.names[image] = stem + ENDINGS[image.media]
        return FOLDER + self.names[image]

    def files(self) -> Iterator[tuple[str, str, bytes]]:
        """Path, media type and content of each."""
        for image, name in self.names.items():
            yield FOLDER + name, image.media, safe(self.manuscript.image(image.path) or b"")


def _stem(name: str) -> str:
    return name.rpartition(".")[0]
