"""What a person has put into a book besides its texts: locks, images, and what it was adopted from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from l2mac_write.store.images import Images
from l2mac_write.store.paths import IMAGES
from l2mac_write.store.places import PRIVATE, SOURCES

LOCKS, EXPORTS = "locks.toml", "exports"


def given(root: Path) -> Iterator[tuple[str, bytes]]:
    """Each file as it is now, by its path; of it no version is kept. Links are not followed."""
    images = Images(root)
    for folder, folders, names in os.walk(root):
        place = Path(folder).relative_to(root)
        folders[:] = sorted(n for n in folders if place.parts or n not in {PRIVATE, EXPORTS})
        for path in (place / name for name in sorted(names)):
            if path.parts[0] == SOURCES or path.as_posix() == LOCKS:
                content = None if (root / path).is_symlink() else (root / path).read_bytes()
            else:
                content = images.get(path.as_posix()) if path.suffix.lower() in IMAGES else None
            if content is not None:
                yield path.as_posix(), content
